import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {EpochMs} from '../../../src/domain/event/event.js';
import {JOB_NAMES} from '../../../src/domain/jobs/job.js';
import {pauseJobs, resumeJobs} from '../../../src/operations/schedule/pause-jobs.js';
import {aLine, HomeRig, type LineFields} from '../home-rig.js';

const isProofs = process.env['MEM_PROOFS'] === '1';
const START = Date.parse('2024-12-27T00:00:00Z');
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const anEvent = fc.record({
  minute: fc.integer({min: 0, max: 12 * 24 * 60}),
  session: fc.constantFrom('a', 'b'),
  words: fc.array(fc.constantFrom('gauge', 'tide', 'parser', 'queue', 'harbour', 'release', 'clock', 'offset'), {
    minLength: 1,
    maxLength: 8,
  }),
});

const job = fc.constantFrom(...JOB_NAMES);
/** What may happen to a store between two looks at it. */
const aStep = fc.oneof(
  {weight: 3, arbitrary: fc.record({kind: fc.constant('ingest' as const), events: fc.array(anEvent, {minLength: 1, maxLength: 6})})},
  {
    weight: 4,
    arbitrary: fc.record({kind: fc.constant('wake-up' as const), which: fc.oneof(job, fc.constantFrom('due' as const, 'missed' as const))}),
  },
  // Ends after its first node, as by a signal.
  {weight: 1, arbitrary: fc.record({kind: fc.constant('stopped' as const), which: job})},
  {weight: 1, arbitrary: fc.record({kind: fc.constant('pause' as const), job})},
  {weight: 1, arbitrary: fc.record({kind: fc.constant('resume' as const), job})},
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('clock' as const),
      minutes: fc.oneof(fc.integer({min: 1, max: 120}), fc.integer({min: -2_000, max: 9 * 1_440})),
    }),
  },
);

async function play(steps: readonly (typeof aStep extends fc.Arbitrary<infer Step> ? Step : never)[], zone: string) {
  await using rig = new HomeRig();
  rig.now = (START - DAY) as EpochMs;
  await rig.create(zone);
  rig.now = START as EpochMs;
  const log: LineFields[] = [];
  for (const step of steps) {
    switch (step.kind) {
      case 'ingest': {
        const lines = step.events.map(({minute, session, words}, at) =>
          aLine({
            event_id: `e${log.length + at}`,
            session_id: session,
            timestamp: new Date(START + minute * MINUTE).toISOString(),
            text: `${words.join(' ')}.`,
          }),
        );
        log.push(...lines);
        await rig.ingest(lines);
        break;
      }
      case 'wake-up':
        await rig.wakeUp(step.which);
        break;
      case 'stopped': {
        const stop = new AbortController();
        await rig.wakeUp(step.which, {signal: stop.signal, onOutcome: () => stop.abort()});
        break;
      }
      case 'pause':
        await pauseJobs(rig.mem, step.job, undefined);
        break;
      case 'resume':
        await resumeJobs(rig.mem, step.job);
        break;
      case 'clock':
        rig.now = (rig.now + step.minutes * MINUTE) as EpochMs;
        break;
    }
  }
  await resumeJobs(rig.mem, undefined);
  rig.now = (START + 400 * DAY + 37 * MINUTE) as EpochMs;
  await rig.wakeUp('rollup-segment');
  const incremental = await rig.latest();
  expect(await rig.marks()).toBe(0);
  expect(await rig.wakeUp('due')).toEqual([]);
  return {incremental, log, now: rig.now};
}

test('whatever runs, is paused, stopped or set back, the nodes are those of a rebuild', async () => {
  let played = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(aStep, {minLength: 5, maxLength: 18}), fc.constantFrom('UTC', 'Australia/Lord_Howe'), async (steps, zone) => {
      played += steps.length;
      const {incremental, log, now} = await play(steps, zone);
      await using rebuilt = new HomeRig();
      await rebuilt.create(zone);
      rebuilt.now = now;
      await rebuilt.ingest(log);
      await rebuilt.rollUp();
      expect(incremental).toEqual(await rebuilt.latest());
    }),
    {numRuns: isProofs ? 200 : 4, endOnFailure: true},
  );
  if (isProofs) process.stderr.write(`schedules: ${played} steps, always the nodes of a rebuild\n`);
});
