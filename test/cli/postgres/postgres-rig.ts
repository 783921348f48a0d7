import {mkdir, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {afterAll, beforeAll} from 'vitest';
import {wordsMarker} from '../../../src/domain/event/tombstone.js';
import {TOC_LEVELS} from '../../../src/domain/toc/node-id.js';
import {openJournal} from '../../../src/journal/folder-journal.js';
import {exportEvents} from '../../../src/operations/care/export-events.js';
import type {Mem} from '../../../src/operations/mem.js';
import type {StoreGate} from '../../../src/store/port/store.js';
import {openPostgresGate} from '../../../src/store/postgres/gate.js';
import {redactKey, redactKeys, writeRedactKeys} from '../../../src/system/redact-key.js';
import {A_HEADER} from '../../store/leveldb/store-rig.js';
import {Cluster, loginAt} from '../../store/postgres/cluster.js';
import {MemRig} from '../mem-rig.js';
import {asMem, ingestHere, initHere, memAt, rollUpHere} from '../prepare.js';

export const FORTNIGHT = new URL('../../../examples/fortnight.jsonl', import.meta.url).pathname;

/** A home on a database. As one with its own store it is prepared in the test's process; what a drain does to its journal only mem does. */
export interface DatabaseRig extends MemRig {
  readonly url: string;
}

/** A server for the tests of a file, with mem's tables, and homes on it. */
export function useCluster(): {
  readonly cluster: () => Cluster;
  /** A home on a memory; by default on a new one. */
  readonly onDatabase: (url?: string, timeZone?: string) => Promise<DatabaseRig>;
  readonly newUrl: () => string;
} {
  let running: Cluster | undefined;
  const cluster = (): Cluster => {
    if (running === undefined) throw new Error('the server was not started');
    return running;
  };
  const newUrl = (): string => cluster().url(cluster().newLogin());
  beforeAll(async () => {
    running = await Cluster.start();
    // Only an administrator may make the tables.
    await openPostgresGate(loginAt(running.url('admin'))).create(A_HEADER);
  });
  afterAll(() => running?.[Symbol.asyncDispose]());
  return {cluster, newUrl, onDatabase: (url = newUrl(), timeZone) => initOn(url, timeZone)};
}

/** What `mem init --store-url` does to a new home, in this process. */
export async function initOn(url: string, timeZone = 'Europe/Berlin'): Promise<DatabaseRig> {
  const rig = await MemRig.create();
  const place = {home: rig.home, tz: rig.env['TZ']};
  await initHere(place, timeZone, openOn(rig, url));
  const folder = join(rig.folder, '.config', 'mem');
  await asMem(async () => {
    await mkdir(folder, {recursive: true});
    await writeFile(join(folder, 'config.toml'), `[store]\nurl = ${JSON.stringify(url)}\n`);
  });
  return Object.assign(rig, {
    url,
    ingest: (events: readonly object[] | string) => {
      const lines = typeof events === 'string' ? events : events.map((event) => `${JSON.stringify(event)}\n`).join('');
      return ingestHere(place, lines, openOn(rig, url));
    },
    rollUp: () => rollUpHere(place, openOn(rig, url)),
  });
}

/** All that operations work on, where the memory of a home lies in a database. */
function openOn({home, env}: MemRig, url: string): Mem {
  const store = openPostgresGate(loginAt(url), {
    journal: openJournal(home),
    markWords: wordsMarker(() => redactKey(home)),
    homeKeys: {
      read: () => redactKeys(home).map((key) => key.toString('latin1')),
      write: (keys) => writeRedactKeys(home, keys),
    },
  });
  return {...memAt({home, tz: env['TZ']}), store};
}

/** What `mem export` prints, read in this process. @param url where the memory lies; default: in the home */
export async function exportedFrom(rig: MemRig, url?: string): Promise<string> {
  const mem = url === undefined ? memAt({home: rig.home, tz: rig.env['TZ']}) : openOn(rig, url);
  let text = '';
  for await (const page of exportEvents(mem, {})) text += page.map((line) => `${line}\n`).join('');
  return text;
}

/** All versions of all nodes as they are stored. */
export function versionsIn(gate: StoreGate): Promise<readonly unknown[]> {
  return gate.use(5_000, async (store) => {
    const all = [];
    for (const level of TOC_LEVELS) {
      const pointers = await store.pointers(level, {});
      all.push(pointers, ...(await store.versionsOf(pointers.map(({id}) => id))));
    }
    return all;
  });
}
