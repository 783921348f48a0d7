import {setTimeout as wait} from 'node:timers/promises';

const HOUR_MS = 3_600_000;
/** Nothing that is said to be of today takes as long as this. */
const NEAR_MS = 60_000;
/** The hours in UTC with which a day may begin in the zones of the tests: Berlin's in summer and in winter, and that of UTC. */
const FIRST_HOURS = [22, 23, 0];

/** Waits until midnight is over, if it is near: what a test begins today it must end today. */
export async function awayFromMidnight(): Promise<void> {
  const left = HOUR_MS - (Date.now() % HOUR_MS);
  if (left < NEAR_MS && FIRST_HOURS.includes(new Date(Date.now() + left).getUTCHours())) await wait(left + 1);
}
