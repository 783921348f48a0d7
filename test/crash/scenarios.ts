import {cpSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {gunzipSync} from 'node:zlib';
import {instant} from '../../src/domain/time/instant.js';
import {openJournal} from '../../src/journal/folder-journal.js';
import {openStoreGate} from '../../src/store/leveldb/gate.js';
import {aUser, linesOf, PROJECT} from '../sources/claude-code/claude-lines.js';
import {asLines, type Product, type Ran} from './product.js';

/** Stands in the arguments of a run for a folder beside the home. */
export const BESIDE = 'BESIDE';

export function besideOf(home: string): string {
  return `${home}.beside`;
}

/** A run of mem that is stopped in the middle, and run again until it ends. */
export interface Scenario {
  readonly name: string;
  readonly args: readonly string[];
  readonly input: string;
  /** The texts of the events in `input`. */
  readonly sends: readonly string[];
  /** Makes the home in which it starts. @returns the texts of the events that are acknowledged in it */
  prepare(product: Product, home: string): Promise<readonly string[]>;
  readonly makesNodes?: true;
  /** It makes the store again: until it has ended there may be none, or one that is damaged. The nodes are then what they were. */
  readonly remakes?: true;
  /** Texts that are in no file of the home in the end. */
  readonly forgets?: readonly string[];
}

let seq = 0;

export function anEvent(text: string, at: string, session = 's-1'): Record<string, unknown> {
  seq++;
  return {session_id: session, event_type: 'user_message', timestamp: at, agent: 'claude-code', text, seq};
}

/** The source knows it by an id, and tells no time: sent again, it can be found by its alias only. */
export function anEventWithoutTime(text: string, session = 's-1'): Record<string, unknown> {
  return {session_id: session, event_type: 'user_message', agent: 'claude-code', text, event_id: `source-${text}`};
}

const NEW = [anEvent('the new event', '2024-01-16T09:00:00Z'), anEventWithoutTime('the new event without a time')];
const NEW_TEXTS = NEW.map(({text}) => String(text));

const BEFORE = ['2024-01-15T12:00:00Z', '2024-01-15T12:05:00Z', '2024-02-20T08:00:00Z'].map((at, n) =>
  anEvent(`Before: we repaired pump ${n} of the tide mill.`, at),
);
const LATE = [
  anEvent('Late: the gauge of the tide mill was read at noon.', '2024-01-15T11:50:00Z'),
  anEvent('Late: the other agent painted the sluice.', '2024-01-15T18:00:00Z', 's-2'),
];
export const SECOND = ['2024-01-15T18:00:00Z', '2024-02-20T09:00:00Z'].map((at, n) =>
  anEvent(`Second: vqxzjk ${n} kwpqrv was told to the other agent.`, at, 's-2'),
);
/** No part of them is in another text, so that LevelDB does not shorten them. */
const FORGOTTEN = ['vqxzjk', 'kwpqrv'];
/** Three inbox files and a half: the import stores the first while it reads on, and what is left when all is read is no whole one. */
const TRANSCRIPTS = [0, 1, 2].map((file) =>
  Array.from({length: 7}, (_, n) => `Transcript ${file}, record ${n}: ${'grain by grain '.repeat(25_000)}`),
);
const textsOf = (events: readonly Record<string, unknown>[]): string[] => events.map(({text}) => String(text));

function writeTranscript(path: string, session: number, texts: readonly string[]): void {
  const lines = texts.map((text, n) => aUser(n + 1, text, {sessionId: `session-${session}`, uuid: `${session}-${n}`}));
  mkdirSync(dirname(path), {recursive: true});
  writeFileSync(path, linesOf(...lines));
  // It rests since.
  utimesSync(path, 1_700_000_000, 1_700_000_000);
}

async function storeBefore(product: Product, home: string): Promise<void> {
  await product.runWell(home, ['ingest', '--drain'], {input: asLines(BEFORE)});
}

export const SCENARIOS: readonly Scenario[] = [
  {
    name: 'ingest',
    args: ['ingest'],
    input: asLines(NEW),
    sends: NEW_TEXTS,
    prepare: async () => [],
  },
  {
    name: 'drain into a store',
    args: ['ingest', '--json'],
    input: asLines(NEW),
    sends: NEW_TEXTS,
    prepare: async (product, home) => {
      await storeBefore(product, home);
      for (const event of LATE) await product.runWell(home, ['ingest'], {input: asLines([event])});
      return textsOf([...BEFORE, ...LATE]);
    },
  },
  {
    name: 'drain that makes the store',
    args: ['ingest', '--drain'],
    input: '',
    sends: [],
    prepare: async (product, home) => {
      for (const event of BEFORE.slice(0, 2)) await product.runWell(home, ['ingest'], {input: asLines([event])});
      return textsOf(BEFORE.slice(0, 2));
    },
  },
  {
    name: 'rollup',
    args: ['rollup'],
    input: '',
    sends: [],
    makesNodes: true,
    prepare: async (product, home) => {
      await storeBefore(product, home);
      await product.runWell(home, ['rollup']);
      await product.runWell(home, ['ingest'], {input: asLines(LATE)});
      return textsOf([...BEFORE, ...LATE]);
    },
  },
  {
    name: 'compaction',
    args: ['compact'],
    input: '',
    sends: [],
    prepare: async (product, home) => {
      await storeBefore(product, home);
      // As the end of a month does: there is something to seal, and a file that is appended to.
      await openStoreGate(home, {journal: openJournal(home)}).maintenance?.journal?.endFiles(instant(Date.now()));
      await product.runWell(home, ['ingest', '--drain'], {input: asLines(LATE)});
      return textsOf([...BEFORE, ...LATE]);
    },
  },
  {
    name: 'forget',
    args: ['forget', '--session', 's-2', '--yes'],
    input: '',
    sends: [],
    forgets: FORGOTTEN,
    prepare: async (product, home) => {
      await storeBefore(product, home);
      await product.runWell(home, ['ingest', '--drain'], {input: asLines(SECOND)});
      await product.runWell(home, ['rollup']);
      // One more waits in the inbox.
      await product.runWell(home, ['ingest'], {input: asLines([LATE[0] ?? {}])});
      return textsOf([...BEFORE, ...LATE.slice(0, 1)]);
    },
  },
  {
    name: 'import',
    args: ['import', 'claude-code', '--no-rollup'],
    input: '',
    sends: TRANSCRIPTS.flat(),
    prepare: async (product, home) => {
      for (const [n, texts] of TRANSCRIPTS.entries()) writeTranscript(join(product.folder, PROJECT, `session-${n}.jsonl`), n, texts);
      await storeBefore(product, home);
      return textsOf(BEFORE);
    },
  },
  {
    name: 'repair',
    args: ['repair'],
    input: '',
    sends: [],
    remakes: true,
    prepare: async (product, home) => {
      await storeBefore(product, home);
      await product.runWell(home, ['rollup']);
      writeFileSync(join(home, 'db', 'CURRENT'), 'nothing');
      return textsOf(BEFORE);
    },
  },
  {
    name: 'rebuild',
    args: ['rebuild'],
    input: '',
    sends: [],
    remakes: true,
    prepare: async (product, home) => {
      await storeBefore(product, home);
      await product.runWell(home, ['rollup']);
      return textsOf(BEFORE);
    },
  },
  {
    name: 'backup',
    args: ['backup', BESIDE],
    input: '',
    sends: [],
    prepare: async (product, home) => {
      await storeBefore(product, home);
      await product.runWell(home, ['backup', besideOf(home)]);
      await product.runWell(home, ['ingest'], {input: asLines(LATE)});
      return textsOf([...BEFORE, ...LATE]);
    },
  },
];

/** @throws Error where there is none of that name */
export function scenario(name: string): Scenario {
  const found = SCENARIOS.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no scenario ${name}`);
  return found;
}

/** Whether a run told its caller that the events are safe: by its exit status, or on stdout before that. */
export function isAcknowledged({status, stdout}: Ran): boolean {
  return status === 0 || /^\{"accepted":[1-9]/.test(stdout);
}

/** With what lies beside it. */
export function copyHome(from: string, to: string): void {
  rmSync(to, {recursive: true, force: true});
  rmSync(besideOf(to), {recursive: true, force: true});
  cpSync(from, to, {recursive: true, preserveTimestamps: true});
  if (existsSync(besideOf(from))) cpSync(besideOf(from), besideOf(to), {recursive: true, preserveTimestamps: true});
  keepWriter(from, to);
}

/** Whoever writes from a copy would be another writer of the journal: here the copy stands for the home itself. */
function keepWriter(from: string, to: string): void {
  const path = join(to, 'journal', 'writer');
  if (!existsSync(path)) return;
  const folder = (home: string) => String(statSync(join(home, 'journal'), {bigint: true}).ino);
  writeFileSync(path, readFileSync(path, 'utf8').replace(`"folder":"${folder(from)}"`, `"folder":"${folder(to)}"`));
}

/** Makes a home from nothing but the lines of a journal, and rolls it up. */
export async function rebuild(product: Product, from: string, to: string): Promise<void> {
  const files = openJournal(from)
    .list()
    .files.filter(({kind}) => kind === 'event');
  const input = files.map(({path}) => gunzipSync(readFileSync(path)).toString()).join('');
  await product.runWell(to, ['ingest', '--drain'], {input});
  await product.runWell(to, ['rollup']);
}
