import {join} from 'node:path';
import {MemError} from '../../../errors.js';
import {DAMAGED_HINT} from '../checksum.js';
import {CheckedTables, stateOf} from './checked-tables.js';
import {ifThere, readIfThere} from './if-there.js';
import {readLog} from './log-file.js';
import {type Manifest, readManifest} from './manifest.js';
import {tableDamage} from './table-file.js';

const CURRENT = /^(MANIFEST-\d+)\n$/;
/** Another process may write and remove files meanwhile: what looks damaged is looked at again, until nothing has changed in between. */
const LOOKS = 20;

/**
 * Looks at all that opening the database at `location` reads, before LevelDB does: it takes a flipped bit in a log for the end of it and
 * then removes the log, and one in a table can make it end the process. Tables that were looked at before are not read again, unless
 * they have been written since.
 * @throws MemError STORE_DAMAGED
 */
export function checkFiles(location: string): CheckedTables {
  for (let look = 1; ; look++) {
    const before = currentOf(location);
    const tables = new CheckedTables(location);
    const damage = findDamage(location, before, tables);
    if (damage === undefined) return tables;
    if (look === LOOKS || (damage.isCertain && currentOf(location) === before)) throw damaged(location, damage.text);
  }
}

/**
 * Reads a table again and looks at each of its blocks, one table at a time: what a disk has lost shows nowhere else before it is read.
 * @throws MemError STORE_DAMAGED
 */
export function* scrub(location: string): Generator<void> {
  for (const {damage} of lookAtFiles(location)) {
    if (damage !== undefined) throw damaged(location, damage);
    yield;
  }
}

/** Looks at each file that the database consists of, one at a time. Files that another process writes or removes meanwhile are no damage. */
export function* lookAtFiles(location: string): Generator<{readonly damage: string | undefined}> {
  for (let look = 1; ; look++) {
    const before = currentOf(location);
    const {manifest, damage} = currentManifest(location);
    if (damage !== undefined && look < LOOKS && currentOf(location) !== before) continue;
    yield {damage};
    for (const {name, size} of manifest?.tables ?? []) {
      const found = damageOfTable(location, name, size) ?? (isThere(join(location, name)) ? undefined : `${name} is missing`);
      // A table that was merged into others since is gone for good.
      yield {damage: found !== undefined && currentOf(location) === before && isInUse(location, name) ? found : undefined};
    }
    const {logs} = new CheckedTables(location);
    for (const name of logs) yield {damage: damageOfLog(location, name, manifest?.firstLog ?? 0)};
    if (manifest !== undefined && isFirstLogMissing(location, manifest)) yield {damage: `${logName(manifest.firstLog)} is missing`};
    return;
  }
}

export interface TableInUse {
  readonly name: string;
  /** In bytes. */
  readonly size: number;
}

/** What the MANIFEST says that CURRENT names, and what keeps it from being read. Both are undefined where a newer LevelDB wrote it. */
export function currentManifest(location: string): {
  readonly manifest: {readonly tables: readonly TableInUse[]; readonly firstLog: number} | undefined;
  readonly damage: string | undefined;
} {
  const current = currentOf(location);
  if (current === undefined) return {manifest: undefined, damage: 'CURRENT is missing'};
  const name = CURRENT.exec(current)?.[1];
  if (name === undefined) return {manifest: undefined, damage: 'CURRENT does not name a MANIFEST'};
  const bytes = readIfThere(join(location, name));
  if (bytes === undefined) return {manifest: undefined, damage: `${name}, which CURRENT names, cannot be read`};
  const {records, damage} = readLog(bytes);
  if (damage !== undefined) return {manifest: undefined, damage: `${name}: ${damage}`};
  const manifest = parsed(records);
  if (manifest === undefined) return {manifest: undefined, damage: undefined};
  const tables = [...manifest.tables].map(([number, size]) => ({name: tableName(number), size}));
  return {manifest: {tables, firstLog: manifest.firstLog}, damage: undefined};
}

const isInUse = (location: string, name: string): boolean =>
  currentManifest(location).manifest?.tables.some((table) => table.name === name) ?? false;

const isThere = (path: string): boolean => ifThere(() => stateOf(path)) !== undefined;

/** LevelDB makes a log before its MANIFEST names it, and removes it after it names a later one. It opens a database without it, and says nothing. */
function isFirstLogMissing(location: string, {firstLog}: {readonly firstLog: number}): boolean {
  return !isThere(join(location, logName(firstLog))) && currentManifest(location).manifest?.firstLog === firstLog;
}

interface Damage {
  readonly text: string;
  /** False when it may be that a file was removed just now. */
  readonly isCertain: boolean;
}

const certainly = (text: string): Damage => ({text, isCertain: true});

/** The text of CURRENT; undefined when it cannot be read, which LevelDB says better. */
function currentOf(location: string): string | undefined {
  return readIfThere(join(location, 'CURRENT'))?.toString('latin1');
}

function findDamage(location: string, current: string | undefined, checked: CheckedTables): Damage | undefined {
  if (current === undefined) return undefined;
  const name = CURRENT.exec(current)?.[1];
  if (name === undefined) return certainly('CURRENT does not name a MANIFEST');
  const bytes = readIfThere(join(location, name));
  if (bytes === undefined) return {text: `${name}, which CURRENT names, cannot be read`, isCertain: false};
  const {records, damage} = readLog(bytes);
  if (damage !== undefined) return certainly(`${name}: ${damage}`);
  const manifest = parsed(records);
  return manifest && (damageOfTables(location, manifest, checked) ?? damageOfLogs(location, manifest, checked));
}

function damageOfTables(location: string, {tables}: Manifest, checked: CheckedTables): Damage | undefined {
  for (const [number, size] of tables) {
    const name = tableName(number);
    const state = ifThere(() => stateOf(join(location, name)));
    if (state === undefined || checked.has(name, state)) continue;
    const damage = damageOfTable(location, name, size);
    if (damage !== undefined) return certainly(damage);
    checked.add(name, state);
  }
  return undefined;
}

function damageOfLogs(location: string, {firstLog}: Manifest, {logs}: CheckedTables): Damage | undefined {
  for (const name of logs) {
    const damage = damageOfLog(location, name, firstLog);
    if (damage !== undefined) return certainly(damage);
  }
  return undefined;
}

function damageOfLog(location: string, name: string, firstLog: number): string | undefined {
  if (Number.parseInt(name, 10) < firstLog) return undefined;
  const {damage} = readLog(readIfThere(join(location, name)) ?? Buffer.alloc(0));
  return damage && `${name}: ${damage}`;
}

/** Undefined also when it cannot be read: it may be gone by now, and if not, LevelDB says so. */
function damageOfTable(location: string, name: string, size: number): string | undefined {
  const bytes = readIfThere(join(location, name));
  if (bytes === undefined) return undefined;
  if (bytes.length < size) return `${name} is cut short, to ${bytes.length} of ${size} bytes`;
  const damage = tableDamage(bytes.subarray(0, size));
  return damage && `${name}: ${damage}`;
}

function parsed(records: readonly Buffer[]): Manifest | undefined {
  try {
    return readManifest(records);
  } catch (error) {
    // Its checksums are right: it is of a LevelDB that this code does not know.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

const logName = (number: number): string => `${String(number).padStart(6, '0')}.log`;
const tableName = (number: number): string => `${String(number).padStart(6, '0')}.ldb`;

function damaged(location: string, reason: string): MemError {
  return new MemError('STORE_DAMAGED', `the store at ${location} is damaged: ${reason}`, {hint: DAMAGED_HINT});
}
