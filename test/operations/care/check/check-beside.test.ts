import {existsSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {check} from '../../../../src/operations/care/check/check.js';
import type {CheckReport} from '../../../../src/operations/care/check/check-report.js';
import {checkAndNote} from '../../../../src/operations/care/check/last-check.js';
import type {CheckPart} from '../../../../src/operations/care/check/verdict.js';
import {forget, planForgetting} from '../../../../src/operations/forget/forget.js';
import type {Store} from '../../../../src/store/port/store.js';
import {withMembers} from '../../../store/port/wrapped-gate.js';
import {aLine, HomeRig} from '../../home-rig.js';

/** `npm run proofs` has others get in whenever the store is let go, which takes long. */
const IS_FULL = process.env['MEM_PROOFS'] === '1';

/** Sessions of two days in two months, rolled up. */
async function aHome(): Promise<HomeRig> {
  const rig = new HomeRig();
  await rig.create('Europe/Berlin');
  await rig.ingest([
    ...Array.from({length: 3}, (_, n) => aLine({timestamp: `2024-01-15T12:0${n}:00Z`, text: `We fixed gate ${n} of the tide mill.`})),
    aLine({session_id: 's2', timestamp: '2024-02-20T08:00:00Z'}),
  ]);
  await rig.rollUp();
  return rig;
}

/** Has something else happen, once, as soon as the check has looked at that part and before it opens the store the next time. */
async function checkBeside(
  rig: HomeRig,
  seen: CheckPart,
  happens: () => Promise<unknown>,
  look: typeof check = check,
): Promise<CheckReport> {
  const {mem} = rig;
  let state: 'not yet' | 'due' | 'done' = 'not yet';
  const inTurns: typeof mem.store.inTurns = async (...args) => {
    if (state === 'due') {
      state = 'done';
      await happens();
    }
    return mem.store.inTurns(...args);
  };
  const onProgress = (part: CheckPart): void => {
    if (part === seen && state === 'not yet') state = 'due';
  };
  return look({...mem, store: withMembers(mem.store, {inTurns})}, {depth: 'full', onProgress});
}

// An entry of the search index was compared with what its session-day had become by then.
test(`calls it no fault where events come and are rolled up ${IS_FULL ? 'whenever' : 'when'} it lets the store go`, async () => {
  await using rig = await aHome();
  const {mem} = rig;
  let came = 0;
  const inTurns = async <T>(patienceMs: number, work: (current: () => Store) => AsyncGenerator<void, T>): Promise<T> => {
    let store: Store | undefined;
    const turns = work(() => {
      if (store === undefined) throw new Error();
      return store;
    });
    for (let yields = 0; ; yields++) {
      const step = await mem.store.use(patienceMs, async (open) => {
        store = open;
        return turns.next();
      });
      if (step.done) return step.value;
      if (yields > 0 && !IS_FULL) continue;
      const [session, day] = came % 2 === 0 ? ['s1', '2024-01-15'] : ['s2', '2024-02-20'];
      await rig.ingest([
        aLine({session_id: session, timestamp: `${day}T12:10:00Z`, seq: 100 + came++, text: `The dyke of polder ${came}.`}),
      ]);
      await rig.rollUp();
    }
  };
  const {verdicts} = await check({...mem, store: withMembers(mem.store, {inTurns})}, {depth: 'full'});
  expect(verdicts.filter(({faults}) => faults > 0)).toEqual([]);
  expect(came).toBeGreaterThan(3);
});

// The journal is read before the nodes: what was made in between was told as missing from it, and repaired.
test('calls it no fault where a rollup beside it makes nodes', async () => {
  await using rig = await aHome();
  const {verdicts} = await checkBeside(rig, 'journal', async () => {
    await rig.ingest([aLine({session_id: 's3', timestamp: '2024-03-01T12:00:00Z'})]);
    await rig.rollUp();
  });
  expect(verdicts.filter(({faults}) => faults > 0)).toEqual([]);
  expect(await rig.pointers()).toHaveLength(verdicts.find(({part}) => part === 'nodes')?.looked ?? 0);
});

test('finds what the journal lacks also where a rollup beside it makes nodes', async () => {
  await using rig = await aHome();
  const before = await rig.pointers();
  const nodes = rig.mem.journal.list().files.find(({kind}) => kind === 'node');
  if (nodes === undefined) throw new Error();
  rmSync(nodes.path);
  const {verdicts} = await checkBeside(rig, 'journal', async () => {
    await rig.ingest([aLine({session_id: 's3', timestamp: '2024-03-01T12:00:00Z'})]);
    await rig.rollUp();
  });
  expect(verdicts.find(({part}) => part === 'journal-nodes')?.faults).toBe(before.length);
});

test('calls it no fault where a forgetting runs beside it', async () => {
  await using rig = await aHome();
  const forgetIt = async () => {
    const {events} = await planForgetting(rig.mem, {session: 's2'});
    await forget(rig.mem, {kind: 'events', events}, {signal: new AbortController().signal});
  };
  const report = await checkBeside(rig, 'journal', forgetIt, checkAndNote);
  expect(report.verdicts.filter(({faults}) => faults > 0)).toEqual([]);
  expect(rig.mem.checkNotes.read()).toMatchObject({faults: 0});
});

test('waits for who writes the journal again, and reads the file that took the place of the one that is gone', async () => {
  await using rig = await aHome();
  const {locks, journal} = rig.mem;
  const nodes = journal.list().files.find(({kind}) => kind === 'node');
  if (nodes === undefined) throw new Error();
  const other = locks.acquire('compact', {trigger: 'hand'});
  if (other.kind === 'busy') throw new Error();
  let pauses = 0;
  const pause = async () => {
    pauses++;
    if (existsSync(nodes.path)) return;
    await journal.rewrite({...nodes, path: `${nodes.path}.old`}, {});
    other.release();
  };
  const report = await checkAndNote(
    {...rig.mem, store: withMembers(rig.mem.store, {pause})},
    {
      depth: 'full',
      onProgress: (part) => void (part === 'journal' && other && existsSync(nodes.path) && renameSync(nodes.path, `${nodes.path}.old`)),
    },
  );
  expect(report.verdicts.filter(({faults}) => faults > 0)).toEqual([]);
  expect(pauses).toBe(1);
});

test('calls it no fault where a drain has just begun a file of the journal', async () => {
  await using rig = await aHome();
  const {store, journal} = rig.mem;
  const [file] = journal.list().files;
  await store.maintenance?.journal?.endFiles(rig.now);
  const begun = file?.path.replace('001.jsonl', '002.jsonl') ?? '';
  let seen = false;
  const list: typeof journal.list = () => {
    // Between two openings of the store, the second of which would remove it.
    writeFileSync(begun, '');
    seen ||= journal.list().files.some(({path}) => path === begun);
    return journal.list();
  };
  const {verdicts} = await check({...rig.mem, journal: withMembers(journal, {list})}, {depth: 'full'});
  expect(verdicts.filter(({faults}) => faults > 0)).toEqual([]);
  expect(seen).toBe(true);
});
