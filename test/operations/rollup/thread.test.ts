import {execFileSync} from 'node:child_process';
import {cpSync, mkdtempSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {openRollupThread} from '../../../src/entries/open-rollup-thread.js';
import type {SessionDayThread, ThreadSetup} from '../../../src/operations/rollup/thread/session-day-thread.js';
import {EXTRACTIVE} from '../../../src/summarizers/extractive/identity.js';
import {aLine, HomeRig, type LineFields} from '../home-rig.js';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const DIST = `${ROOT}/dist`;
const DAYS = 28;
const EVENTS_A_DAY = 200;

/** More events than a thread is worth, in two sessions a day; one goes on over midnight. */
const LINES: readonly LineFields[] = Array.from({length: DAYS * EVENTS_A_DAY}, (_, at) => {
  const time = Date.UTC(2024, 0, 15, 20) + Math.floor(at / EVENTS_A_DAY) * 86_400_000 + (at % EVENTS_A_DAY) * 97_000;
  return aLine({
    session_id: `s${Math.floor(at / EVENTS_A_DAY)}-${at % 2}`,
    timestamp: new Date(time).toISOString(),
    text: `Reading ${at}: the gauge of Hoek stands at ${at % 37} metres since the weir was closed.`,
  });
});

interface Noted {
  readonly start: (setup: ThreadSetup) => SessionDayThread | undefined;
  groups: number;
  isOver: boolean;
  areFlagsRestored: boolean;
}

/** The real thread. @param before what happens to it before it gets a group */
function aThread(before: (thread: SessionDayThread) => unknown = () => undefined): Noted {
  const noted: Noted = {
    groups: 0,
    isOver: false,
    areFlagsRestored: false,
    start: (setup) => {
      const thread = openRollupThread(DIST, setup);
      if (thread === undefined) return undefined;
      return {
        get waiting() {
          return thread.waiting;
        },
        make: (group) => {
          noted.groups++;
          before(thread);
          return thread.make(group);
        },
        end: () => {
          noted.isOver = true;
          return thread.end();
        },
        restoreFlags: () => {
          noted.areFlagsRestored = true;
          thread.restoreFlags();
        },
      };
    },
  };
  return noted;
}

/** The events, and what is made of them without a thread: once for all tests. */
const filled = new HomeRig();
let without: {
  readonly outcomes: Awaited<ReturnType<HomeRig['rollUp']>>;
  readonly nodes: Awaited<ReturnType<HomeRig['latest']>>;
  readonly searchRows: readonly string[];
};

beforeAll(async () => {
  // The thread is a bundle.
  execFileSync(process.execPath, [`${ROOT}/scripts/build.mjs`]);
  await filled.create('Europe/Berlin');
  await filled.ingest(LINES);
  await using rig = aHome();
  without = {outcomes: await rig.rollUp(), nodes: await rig.latest(), searchRows: await searchRows(rig)};
});
afterAll(() => filled[Symbol.asyncDispose]());

function aHome(startThread?: Noted['start']): HomeRig {
  const home = mkdtempSync(join(tmpdir(), 'mem-home-'));
  cpSync(filled.home, home, {recursive: true, preserveTimestamps: true});
  const rig = new HomeRig({}, home);
  if (startThread) rig.mem = {...rig.mem, startThread};
  return rig;
}

async function searchRows(rig: HomeRig): Promise<readonly string[]> {
  const rows = await rig.mem.store.use(3_000, (store) => store.searchRows(''));
  return rows.map(({key, row}) => `${key} ${row.toString('hex')}`);
}

test('what a thread makes is what is made without one, byte by byte, and a large rollup has one', async () => {
  const noted = aThread();
  await using rig = aHome(noted.start);
  expect(await rig.rollUp()).toEqual(without.outcomes);
  expect(noted.groups).toBeGreaterThan(0);
  expect(await rig.latest()).toEqual(without.nodes);
  expect(await searchRows(rig)).toEqual(without.searchRows);
  expect(await rig.marks()).toBe(0);
});

test('the thread is over before periods are made: its heap is as large as the first one', async () => {
  const noted = aThread();
  await using rig = aHome(noted.start);
  const {summarizer} = rig.mem;
  const isOver: boolean[] = [];
  const summarizeChildren: typeof summarizer.summarizeChildren = (...parts) => {
    isOver.push(noted.isOver);
    return summarizer.summarizeChildren(...parts);
  };
  rig.mem = {...rig.mem, summarizer: {...summarizer, summarizeChildren}};
  await rig.rollUp();
  expect(noted.groups).toBeGreaterThan(0);
  expect(new Set(isOver)).toEqual(new Set([true]));
});

test('what a large rollup set in the process holds until the index is merged, and is taken back', async () => {
  const noted = aThread();
  await using rig = aHome(noted.start);
  const {maintenance} = rig.mem.store;
  if (maintenance === undefined) throw new Error('the rig has a store without maintenance');
  const tidy = maintenance.tidy.bind(maintenance);
  let wasAsUsual: boolean | undefined;
  maintenance.tidy = async () => {
    wasAsUsual = noted.areFlagsRestored;
    await tidy();
  };
  await rig.rollUp();
  expect(wasAsUsual).toBe(false);
  expect(noted.areFlagsRestored).toBe(true);
});

test('a thread that ends fails the rollup, which loses nothing: the next one makes the rest', async () => {
  const noted = aThread((thread) => thread.end());
  await using rig = aHome(noted.start);
  await expect(rig.rollUp()).rejects.toThrow('a thread of mem ended');
  expect(noted.areFlagsRestored).toBe(true);
  rig.mem = {...rig.mem, startThread: () => undefined};
  await rig.rollUp();
  expect(await rig.latest()).toEqual(without.nodes);
});

test('what is thrown on the thread is thrown where its answer is waited for, and the next group is made', async () => {
  const thread = openRollupThread(DIST, {timeZone: 'UTC', now: 0 as ThreadSetup['now'], summarizer: EXTRACTIVE});
  const mark = {date: '2024-01-15', sessionKey: 'k', token: 't'} as never;
  const group = (bytes: string) => ({sessionDays: [{mark, events: 1}], bytes: new TextEncoder().encode(bytes), ends: Float64Array.of(3)});
  await expect(thread?.make(group('abc'))).rejects.toThrow('not an event record');
  await expect(thread?.make({sessionDays: [], bytes: new Uint8Array(0), ends: new Float64Array(0)})).resolves.toEqual([]);
  await thread?.end();
  thread?.restoreFlags();
});

test('a small rollup starts none', async () => {
  const noted = aThread();
  await using rig = new HomeRig();
  rig.mem = {...rig.mem, startThread: noted.start};
  await rig.create('UTC');
  await rig.ingest(LINES.slice(0, 1_000));
  await rig.rollUp();
  expect(noted.groups).toBe(0);
});
