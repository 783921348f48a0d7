import {MemError} from '../../../errors.js';
import type {PartOfCheck} from '../../port/care.js';
import {unseal} from '../checksum.js';
import type {Db, Row} from '../db.js';
import {keysOfRecord} from '../keys.js';
import type {Reader} from '../read/reader.js';
import {parseAlias} from '../records.js';
import {shapeFault} from './value-shapes.js';

const ROWS = 1_000;
/** Behind every key. */
const END = '\x7f';

/** See `StoreCare.lookAtValues`. */
export async function lookAtValues(
  db: Db,
  reader: Reader,
  from: string | undefined,
): Promise<PartOfCheck & {readonly next: string | undefined}> {
  const cursor = db.cursor({from: from ?? '', to: END});
  let rows: readonly Row[];
  try {
    rows = await cursor.next(ROWS);
    await cursor.finish();
  } catch (error) {
    if (!(error instanceof MemError) || error.code !== 'STORE_DAMAGED') throw error;
    // Where the damage ends cannot be told: what lies behind it is left.
    return {looked: 0, faults: [error.message], next: undefined};
  } finally {
    await cursor.close();
  }
  const whole: Row[] = [];
  const faults: string[] = [];
  for (const [key, value] of rows) {
    const bytes = unsealed(key, value, db.location);
    const fault = typeof bytes === 'string' ? bytes : shapeFault(key, bytes);
    if (fault !== undefined) faults.push(fault);
    else if (typeof bytes !== 'string') whole.push([key, bytes]);
  }
  faults.push(...(await aliasFaults(reader, whole)));
  const last = rows.at(-1)?.[0];
  return {looked: rows.length, faults, next: last && `${last}\0`};
}

/** Its bytes, or what is wrong with its checksum or format. */
function unsealed(key: string, value: Buffer, location: string): Buffer | string {
  try {
    return unseal(key, value, location);
  } catch (error) {
    if (error instanceof MemError) return error.message;
    throw error;
  }
}

/** An event and its alias name each other. */
async function aliasFaults(reader: Reader, rows: readonly Row[]): Promise<readonly string[]> {
  const wanted: {key: string; what: string}[] = [];
  for (const [key, bytes] of rows) {
    if (key.startsWith('e')) {
      const {aliasKey} = keysOfRecord(bytes);
      if (aliasKey !== undefined) wanted.push({key: aliasKey, what: `the event "${key}" is not found by its source's id`});
    } else if (key.startsWith('a') || key.startsWith('s')) {
      wanted.push({key: parseAlias(bytes), what: `"${key}" names an event that does not exist`});
    }
  }
  const found = await reader.lookUp(wanted.map(({key}) => key)).catch(ignoreDamage);
  return wanted.flatMap(({what}, at) => (found !== undefined && found[at] === undefined ? [what] : []));
}

/** It is told where its own turn comes. */
function ignoreDamage(error: unknown): undefined {
  if (error instanceof MemError && error.code === 'STORE_DAMAGED') return undefined;
  throw error;
}
