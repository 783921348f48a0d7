import {mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {asLines, type Product} from '../product.js';
import {anEvent, copyHome, scenario} from '../scenarios.js';
import {BACKUP, HOME} from './cut.js';
import type {Step} from './recording.js';

/** Runs of mem whose writing is recorded. */
export interface PowerScenario {
  readonly name: string;
  /** How many of the states the short form looks at. */
  readonly short: number;
  /** Makes the home. @returns the texts of the events that are acknowledged in it */
  prepare(product: Product, home: string): Promise<readonly string[]>;
  steps(root: string): readonly Step[];
  /** The last step does its work after a cut, too. */
  readonly isRunAgain?: true;
  readonly makesNodes?: true;
  /** Store and journal are damaged before. */
  readonly isDamaged?: true;
  /** Once the steps have ended, nobody sees these. */
  readonly forgets?: readonly string[];
  /** How many events the backup has at least, by how many steps have ended. */
  readonly inBackup?: readonly (number | undefined)[];
}

const EVENTS = ['2024-01-15T13:00:00Z', '2024-01-16T09:00:00Z', '2024-03-01T09:00:00Z'].map((at, n) =>
  anEvent(`Power ${n}: the lock gate was greased.`, at),
);
const textOf = ({text}: Record<string, unknown>): string => String(text);
const INGESTS: readonly Step[] = EVENTS.map((event) => ({args: ['ingest'], input: asLines([event]), sends: [textOf(event)]}));
const DRAIN: Step = {args: ['ingest', '--drain']};

/** By product, the texts of the events in the home of `rolledUp`, which is made once. */
const texts = new WeakMap<Product, Promise<readonly string[]>>();

/** A home with two files of the journal, the first of which is sealed, and nodes. */
async function rolledUp(product: Product, home: string): Promise<readonly string[]> {
  const made = join(product.folder, 'rolled-up');
  const make = async (): Promise<readonly string[]> => {
    mkdirSync(made);
    const stored = await scenario('compaction').prepare(product, made);
    await product.runWell(made, ['compact']);
    await product.runWell(made, ['rollup']);
    return stored;
  };
  const making = texts.get(product) ?? make();
  texts.set(product, making);
  await making;
  copyHome(made, home);
  return making;
}

/** Neither the store nor the journal is whole, and both have what the other lacks. */
async function damaged(product: Product, home: string): Promise<readonly string[]> {
  const stored = await rolledUp(product, home);
  writeFileSync(join(home, 'db', 'CURRENT'), 'nothing');
  const writer = readdirSync(join(home, 'journal')).find((name) => name !== 'writer') ?? '';
  const sealed = readdirSync(join(home, 'journal', writer)).find((name) => /\.1\.[0-9a-f]{32}\.jsonl\.gz$/.test(name)) ?? '';
  const path = join(home, 'journal', writer, sealed);
  const bytes = readFileSync(path);
  const middle = bytes.length >> 1;
  bytes.writeUInt8(bytes.readUInt8(middle) ^ 1, middle);
  writeFileSync(path, bytes);
  return stored;
}

const own = (name: string): Pick<PowerScenario, 'name' | 'prepare' | 'steps'> => {
  const {args, input, sends, prepare} = scenario(name);
  return {name, prepare, steps: () => [{args, input, sends}]};
};

export const POWER_SCENARIOS: readonly PowerScenario[] = [
  {name: 'the first events', short: 6, prepare: async () => [], steps: () => [...INGESTS, DRAIN]},
  {
    name: 'ingests and a drain',
    short: 8,
    prepare: scenario('drain into a store').prepare,
    steps: () => [...INGESTS, DRAIN],
  },
  {...own('rollup'), short: 4, makesNodes: true, isRunAgain: true},
  {...own('compaction'), short: 5, isRunAgain: true},
  {...own('forget'), short: 5, isRunAgain: true, forgets: scenario('forget').forgets ?? []},
  {name: 'repair', short: 4, prepare: damaged, steps: () => [{args: ['repair']}], isRunAgain: true, isDamaged: true, makesNodes: true},
  {name: 'rebuild', short: 4, prepare: rolledUp, steps: () => [{args: ['rebuild']}], isRunAgain: true, makesNodes: true},
  {
    name: 'backup',
    short: 4,
    prepare: rolledUp,
    steps: (root) => [{args: ['backup', join(root, BACKUP)]}, ...INGESTS.slice(0, 1), {args: ['backup', join(root, BACKUP)]}],
    isRunAgain: true,
    inBackup: [undefined, 5, 5, 6],
  },
];

/** @throws Error where there is none of that name */
export function powerScenario(name: string): PowerScenario {
  const found = POWER_SCENARIOS.find((scenario) => scenario.name === name);
  if (found === undefined) throw new Error(`no scenario ${name}`);
  return found;
}

export const homeIn = (root: string): string => join(root, HOME);
