import {existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {MemError} from '../../../src/errors.js';
import {openInbox} from '../../../src/inbox/folder-inbox.js';
import {openIntents} from '../../../src/intents/intent-folder.js';
import {openJournal} from '../../../src/journal/folder-journal.js';
import {drainInto} from '../../../src/operations/access/drain.js';
import {openStoreGate} from '../../../src/store/leveldb/gate.js';
import {systemClock, systemTicks} from '../../../src/system/clock.js';
import {PATIENCE_MS} from '../../patience.js';
import type {Product} from '../product.js';
import {nodesIn, violationsIn} from '../violations.js';
import type {DiskState} from './states.js';

/** What must hold of a home after a power cut. */
export interface Expected {
  readonly acknowledged: ReadonlySet<string>;
  readonly all: ReadonlySet<string>;
  /** Texts that nobody may see again. */
  readonly forgotten: readonly string[];
  /** What a rollup makes of it; undefined where it is not rolled up. */
  readonly nodes: string | undefined;
  /** The command that was cut off, which must do its work now; undefined for one that took events in. */
  readonly again: ((root: string) => readonly string[]) | undefined;
  /** The journal was damaged before, and is until a repair comes to its end. */
  readonly isBeingRepaired: boolean;
  /** At least so many events are in the backup; undefined where none has been made. */
  readonly inBackup: number | undefined;
}

/** How a home that was cut off came back. */
export interface Recovery {
  /** The command that its user was told to run; undefined where nothing had to be done. */
  readonly cure: 'repair' | 'rebuild' | undefined;
  readonly violations: readonly string[];
}

/** In the recorded folder. */
export const HOME = 'home';
export const BACKUP = 'kept';
const DAMAGED = 74;
const NO_STORE = 66;

/**
 * Writes a state to a folder and uses the home in it as its user would.
 * @param isQuick where the store opens, this process opens it, and no command is run
 */
export async function recoverFrom(
  product: Product,
  state: DiskState,
  root: string,
  expected: Expected,
  isQuick: boolean,
): Promise<Recovery> {
  rmSync(root, {recursive: true, force: true});
  mkdirSync(root, {recursive: true});
  state.tree.writeTo(root);
  const home = join(root, HOME);
  keepWriter(home);
  const isLeftAsItWas = (problem: string): boolean => expected.isBeingRepaired && /^(not in the )?journal: /.test(problem);
  if (isQuick && (await isDrained(home))) {
    const found = await violationsIn(home, expected, {isDrained: true});
    if (!found.some(isLeftAsItWas)) return {cure: undefined, violations: found};
  }
  const violations: string[] = [];
  const runWell = async (args: readonly string[]): Promise<void> => {
    const {status, stderr} = await product.run(home, args);
    if (status !== 0) violations.push(`mem ${args[0]} ended with ${status}: ${stderr.trim()}`);
  };
  if (expected.inBackup !== undefined) violations.push(...(await backupFaults(product, root, home, expected.inBackup)));
  // A reader stores what waits, first.
  const {status, stdout, stderr} = await product.run(home, ['events', '--json']);
  const found = status === DAMAGED ? [] : await violationsIn(home, expected, {isDrained: true});
  const isRepairedHalf = found.some(isLeftAsItWas);
  const cure =
    status === DAMAGED && stderr.includes('mem rebuild') ? 'rebuild' : status === DAMAGED || isRepairedHalf ? 'repair' : undefined;
  const isEmpty = status === NO_STORE && expected.acknowledged.size === 0;
  if (cure !== undefined) {
    await runWell([cure]);
    await runWell(['events']);
  } else if (status !== 0 && !isEmpty) violations.push(`mem events ended with ${status}: ${stderr.trim()}`);
  const left = cure === undefined ? found : await violationsIn(home, expected, {isDrained: true});
  // Nodes of what is being forgotten go when that is finished, for which it stands noted.
  const isPending = cure !== undefined && openIntents(home).pending().length > 0;
  violations.push(...left.filter((problem) => !isPending || !problem.startsWith('half written: toc:')));
  for (const text of expected.forgotten) if (stdout.includes(text)) violations.push(`not forgotten: ${text}`);
  if (expected.again !== undefined) {
    await runWell(expected.again(root));
    violations.push(...(await violationsIn(home, expected, {isDrained: true})).map((problem) => `run again: ${problem}`));
  }
  if (expected.nodes !== undefined) {
    await runWell(['rollup']);
    if ((await nodesIn(home)) !== expected.nodes) violations.push('the nodes are not those of a run without a cut');
  }
  return {cure, violations};
}

/** Opens the store and stores what waits. @returns false where that cannot be: a command must say why */
async function isDrained(home: string): Promise<boolean> {
  const gate = openStoreGate(home, {journal: openJournal(home)});
  if (!gate.exists()) return false;
  try {
    const inbox = openInbox({home, tz: 'UTC'});
    await gate.use(PATIENCE_MS, (store) => drainInto(store, inbox, {clock: systemClock, ticks: systemTicks}, {budgetMs: PATIENCE_MS}));
    return true;
  } catch (error) {
    if (error instanceof MemError) return false;
    throw error;
  }
}

async function backupFaults(product: Product, root: string, home: string, events: number): Promise<string[]> {
  const restored = await product.run(home, ['restore', join(root, BACKUP), '--dry-run', '--json']);
  if (restored.status !== 0) return [`mem restore ended with ${restored.status}: ${restored.stderr.trim()}`];
  const found: number = JSON.parse(restored.stdout).backup.events;
  return found < events ? [`the backup has ${found} of ${events} events`] : [];
}

/** Whoever writes from a copy would be another writer of the journal: here the copy stands for the home itself. */
function keepWriter(home: string): void {
  const path = join(home, 'journal', 'writer');
  if (!existsSync(path)) return;
  const text = readFileSync(path, 'utf8');
  writeFileSync(path, text.replace(/"folder":"\d+"/, `"folder":"${statSync(join(home, 'journal')).ino}"`));
}
