import {cpSync, mkdirSync, readdirSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {asLines, type Product, type Ran} from './product.js';

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
const textsOf = (events: readonly Record<string, unknown>[]): string[] => events.map(({text}) => String(text));

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
];

/** Whether a run told its caller that the events are safe: by its exit status, or on stdout before that. */
export function isAcknowledged({status, stdout}: Ran): boolean {
  return status === 0 || /^\{"accepted":[1-9]/.test(stdout);
}

export function copyHome(from: string, to: string): void {
  rmSync(to, {recursive: true, force: true});
  cpSync(from, to, {recursive: true, preserveTimestamps: true});
}

/** Makes a home from nothing but what was kept in `done/`, and rolls it up. */
export async function rebuild(product: Product, from: string, to: string): Promise<void> {
  const inbox = join(to, 'inbox', 'new');
  mkdirSync(inbox, {recursive: true});
  const done = join(from, 'inbox', 'done');
  for (const month of readdirSync(done)) cpSync(join(done, month), inbox, {recursive: true});
  await product.runWell(to, ['rollup']);
}
