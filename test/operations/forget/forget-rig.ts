import {createHash} from 'node:crypto';
import type {ForgetRequest} from '../../../src/operations/forget/choose-events.js';
import {forget, planForgetting} from '../../../src/operations/forget/forget.js';
import {aLine, HomeRig} from '../home-rig.js';

export const SIGNAL = new AbortController().signal;

/** A word of sixteen letters that no other text has; of other letters than the next, since LevelDB shortens what repeats itself. */
const canary = (n: number): string => {
  const digits = BigInt(`0x${createHash('sha256').update(`canary ${n}`).digest('hex')}`);
  return Array.from({length: 16}, (_, at) => String.fromCharCode(97 + Number((digits / 26n ** BigInt(at)) % 26n))).join('');
};

/** Five sessions over forty days, with a canary in each fifth event; a rollup in the middle, another one behind it. */
export async function withCanaries(count: number): Promise<{rig: HomeRig; canaries: readonly string[]}> {
  const rig = new HomeRig();
  const canaries = Array.from({length: count}, (_, n) => canary(n));
  const lines = Array.from({length: count * 5}, (_, n) => {
    const at = new Date(Date.parse('2024-01-15T12:00:00Z') + n * 7_000_000).toISOString();
    const word = n % 5 === 0 ? ` The ${canaries[n / 5]} was moved to the ${canaries[n / 5]} depot.` : '';
    return aLine({
      session_id: `s${n % 3}`,
      timestamp: at,
      agent: 'claude-code',
      event_type: n % 2 === 0 ? 'user_message' : 'assistant_message',
      text: `We checked pump ${n} of the tide mill and wrote it down.${word}`,
    });
  });
  const half = Math.floor(lines.length / 2);
  await rig.ingest(lines.slice(0, half));
  await rig.rollUp();
  await rig.ingest(lines.slice(half));
  await rig.rollUp();
  return {rig, canaries};
}

export async function forgetAll(rig: HomeRig, request: ForgetRequest) {
  const plan = await planForgetting(rig.mem, request);
  return {plan, taken: await forget(rig.mem, {kind: 'events', events: plan.events}, {signal: SIGNAL})};
}
