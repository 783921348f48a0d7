import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {lackingSshd, SshRig} from '../sync/ssh/ssh-rig.js';
import {random} from './killed-run.js';
import {type Line, SyncRounds} from './sync-rounds.js';

const IS_FULL = process.env['MEM_PROOFS'] === '1';
/** Lines of events that are used before those that are made up. */
const {MEM_SYNC_EVENTS: FILE} = process.env;
const reason = lackingSshd();
if (reason !== undefined) process.stderr.write(`skipped: rounds of sync over a real sshd; ${reason}\n`);

const THINGS = ['pump', 'sluice', 'gauge', 'wheel', 'lamp'];

/** A note of one of fifty sessions on sixty days. */
function madeUp(n: number): Line {
  const at = new Date(Date.UTC(2024, 0, 1 + (n % 60), 8, (n * 7) % 600, n % 60)).toISOString();
  return {
    event_id: `note-${n}`,
    session_id: `s-${n % 50}`,
    agent: 'claude-code',
    project: `harbour-${n % 3}`,
    event_type: n % 2 === 0 ? 'user_message' : 'assistant_message',
    timestamp: at,
    text: `Note ${n}: the ${THINGS[n % 5]} was looked at, and the ${THINGS[random(5)]} of ${at.slice(0, 10)} is next.`,
  };
}

function linesOf(count: number): readonly Line[] {
  const real =
    FILE === undefined
      ? []
      : readFileSync(FILE, 'utf8')
          .trimEnd()
          .split('\n')
          .slice(0, count)
          .map((line): Line => JSON.parse(line));
  return [...real, ...Array.from({length: count - real.length}, (_, n) => madeUp(n))];
}

test.skipIf(reason !== undefined)(
  'three homes with parts of one history, synced over a folder and ssh and killed in between, have the same memory in the end',
  async () => {
    await using ssh = await SshRig.create();
    const [first = {}, ...rest] = linesOf(IS_FULL ? 30_000 : 300);
    const size = IS_FULL ? {rounds: 10, kills: 20, killedWithinMs: 4_000} : {rounds: 2, kills: 2, killedWithinMs: 400};
    await using rounds = await SyncRounds.create(first, {ssh, ...size});
    await rounds.run(rest);
    const around = await rounds.settle();
    expect(rounds.problems).toEqual([]);
    const events = await rounds.exported(0);
    const nodes = await rounds.nodes(0);
    expect(nodes.length).toBeGreaterThan(10);
    for (const n of [1, 2]) {
      expect(await rounds.exported(n)).toBe(events);
      expect(await rounds.nodes(n)).toEqual(nodes);
    }
    for (const id of rounds.forgotten) expect(events).not.toContain(id);
    if (!IS_FULL) return;
    for (const n of [0, 1, 2]) await rounds.check(n);
    expect(rounds.kills).toBeGreaterThan(4);
    process.stderr.write(
      `sync: ${events.split('\n').length - 1} events and ${nodes.length} nodes in three homes, ${rounds.forgotten.size} forgotten, ${rounds.kills} kills, settled in ${around}\n`,
    );
  },
);
