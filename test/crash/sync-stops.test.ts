import {expect, test} from 'vitest';
import {check} from '../../src/operations/care/check/check.js';
import {exported} from '../operations/sync/sync-rig.js';
import {SyncStops} from './sync-stops.js';

const IS_FULL = process.env['MEM_PROOFS'] === '1';
/** So many seeds, from this one on. By the fifth a forgetting is cut short that only the next sync can finish. */
const {MEM_SYNC_SEED: FROM = IS_FULL ? '1' : '5'} = process.env;
const seeds = Array.from({length: IS_FULL ? 40 : 1}, (_, at) => Number(FROM) + at);

test.each(seeds)(
  'three homes that were stopped between any two steps of syncs and forgettings are alike in the end: seed %i',
  async (seed) => {
    await using stops = new SyncStops(seed);
    await stops.begin();
    for (let step = 0; step < 24; step++) await stops.step();
    await stops.settle();
    for (const rig of stops.homes) await rig.rollUp();
    const [first, ...others] = stops.homes;
    const events = await exported(first);
    const nodes = await first.latest();
    for (const id of stops.forgotten) expect(events.join()).not.toContain(id);
    for (const rig of others) {
      expect(await exported(rig)).toEqual(events);
      expect(await rig.latest()).toEqual(nodes);
    }
    for (const rig of stops.homes) {
      const {verdicts} = await check(rig.mem, {depth: 'full'});
      expect(verdicts.flatMap(({examples, remarks}) => [...examples, ...remarks])).toEqual([]);
    }
  },
);
