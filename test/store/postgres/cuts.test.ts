import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {openPostgresGate} from '../../../src/store/postgres/gate.js';
import {A_HEADER} from '../leveldb/store-rig.js';
import {Cluster, loginAt, postgresPrograms} from './cluster.js';
import {cutOnce, holdingsOf, homeBehind, LINES} from './cut-work.js';
import {Relay} from './relay.js';

const isProofs = process.env['MEM_PROOFS'] === '1';
/** Messages at which the short form cuts; the long form takes each. */
const SOME = {drain: [4, 7], rollup: [5, 45]};

describe.skipIf(postgresPrograms() === undefined)('a connection that is cut', () => {
  let cluster: Cluster;
  let relay: Relay;
  beforeAll(async () => {
    cluster = await Cluster.start();
    relay = await Relay.start(cluster);
    await openPostgresGate(loginAt(cluster.url('admin'))).create(A_HEADER);
  });
  afterAll(async () => {
    await relay[Symbol.asyncDispose]();
    await cluster[Symbol.asyncDispose]();
  });

  test('at any message of a drain or a rollup loses and doubles nothing, and the next run makes all of it', async () => {
    await using whole = await homeBehind(cluster, relay);
    await whole.ingest(LINES);
    await whole.rollUp();
    const expected = await holdingsOf(whole);
    const counts = {cut: 0, thrown: 0};
    for (const work of ['drain', 'rollup'] as const) {
      for (const how of ['before', 'after'] as const) {
        let isOver = false;
        for (let n = 0; !isOver; n++) {
          const at = isProofs ? n + 1 : SOME[work][n];
          if (at === undefined) break;
          const done = await cutOnce(cluster, relay, {work, how, at});
          isOver = done === undefined;
          if (done === undefined) continue;
          counts.cut++;
          const {outcome, holdings, waiting} = done;
          if (outcome.error !== undefined) counts.thrown++;
          // Undefined: another connection was opened before anything was done.
          expect([undefined, 'STORE_AWAY'], JSON.stringify(outcome)).toContain(outcome.error);
          if (work === 'drain' && outcome.error !== undefined) expect(waiting, JSON.stringify(outcome)).toBe(1);
          expect(holdings, JSON.stringify(outcome)).toEqual(expected);
        }
      }
    }
    process.stderr.write(`cut connections: ${counts.cut}, of which ${counts.thrown} ended the work; all was there afterwards\n`);
    expect(counts.thrown).toBeGreaterThan(isProofs ? 100 : 7);
  });
});
