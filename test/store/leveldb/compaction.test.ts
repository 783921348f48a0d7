import {join} from 'node:path';
import {expect, test} from 'vitest';
import {compactionSteps, settle} from '../../../src/store/leveldb/compaction.js';
import {type Db, openDb} from '../../../src/store/leveldb/db.js';
import {openStoreGate} from '../../../src/store/leveldb/gate.js';
import {PATIENCE_MS} from '../../patience.js';
import {A_HEADER, anEvent, at, stored, temporaryHome} from './store-rig.js';

/** Level-0 files, one number per look; the last one stays. */
function files(...counts: number[]): {levelZeroFiles(): number; readonly looks: () => number} {
  let looks = 0;
  return {levelZeroFiles: () => counts[Math.min(looks++, counts.length - 1)] ?? 0, looks: () => looks};
}

test('waits for nothing while there are few level-0 files', async () => {
  const few = files(7);
  await settle(few, PATIENCE_MS);
  expect(few.looks()).toBe(1);
});

test('waits until there are fewer than four level-0 files', async () => {
  const many = files(8, 6, 4, 3);
  await settle(many, PATIENCE_MS);
  expect(many.looks()).toBe(4);
});

test('waits no longer than it may', async () => {
  const stuck = files(50);
  await settle(stuck, 20);
  expect(stuck.looks()).toBeLessThan(8);
});

test('cuts the events into steps that are small, touch, and hold every key', async () => {
  using home = temporaryHome();
  const gate = openStoreGate(home.path);
  await gate.create(A_HEADER);
  const events = [1000, 1400, 1999].map((time) => anEvent({time: at(time)}));
  await gate.use(0, (store) => store.commit(events.map(stored), at(1), {sync: false}));
  const db = await openDb(join(home.path, 'db'));
  let asked = 0;
  // As if a hundred milliseconds held more than a step may, at first.
  const heavy: Db = {
    location: db.location,
    isShared: false,
    exclusively: (work) => work(),
    getMany: (keys) => db.getMany(keys),
    cursor: (range, options) => db.cursor(range, options),
    write: (fill, options) => db.write(fill, options),
    levelZeroFiles: () => db.levelZeroFiles(),
    approximateBytes: async () => (++asked < 9 ? 2 ** 26 : 2 ** 20),
    compact: (range) => db.compact(range),
    close: () => db.close(),
  };
  const steps = await compactionSteps(heavy);
  await db.close();
  expect(steps.length).toBeGreaterThan(6);
  for (const [n, {from, to}] of steps.entries()) {
    expect(from < to, `${from} ${to}`).toBe(true);
    if (n > 1 && n < steps.length - 1) expect(steps[n - 1]?.to).toBe(from);
  }
  expect(steps[0]?.from).toBe('');
  expect(steps.at(-1)?.to).toBe('\x7f');
});
