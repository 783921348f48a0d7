import {MemError} from '../../errors.js';
import {type Connections, codeOf} from './connection.js';
import {MIGRATIONS} from './schema.js';

const UNDEFINED_TABLE = new Set(['42P01', '3F000']);
/** `insufficient_privilege`: who may not make tables uses those that an administrator made. */
const NOT_ALLOWED = '42501';
/** Somebody else does the same at the same time. */
const AT_ONCE = new Set(['23505', '42P06', '42P07', '42710', 'XX000', '40001', '40P01']);

/** Whether a table of mem does not exist. */
export const isMissing = (error: unknown): boolean => UNDEFINED_TABLE.has(codeOf(error));

/** Makes the tables that are missing; it can run twice, also at once. @throws MemError STORE_REFUSED where the login may not */
export async function migrate(connections: Connections): Promise<void> {
  const last = MIGRATIONS.at(-1)?.number ?? 0;
  for (let repeats = 0; ; repeats++) {
    try {
      if ((await madeUpTo(connections)) >= last) return;
      for (const {number, statements} of MIGRATIONS) {
        const done = `insert into mem.migrations (number) values (${number}) on conflict (number) do nothing`;
        await connections.query(['begin', ...statements, done, 'commit'].join(';\n'));
      }
      return;
    } catch (error) {
      if (codeOf(error) === NOT_ALLOWED) {
        throw new MemError('STORE_REFUSED', `the login may not make the tables of mem at ${connections.location}`, {
          hint: 'let an administrator of the database run once: mem init --store-url URL',
          cause: error,
        });
      }
      if (!AT_ONCE.has(codeOf(error)) || repeats === 10) throw error;
    }
  }
}

async function madeUpTo(connections: Connections): Promise<number> {
  try {
    const [row] = await connections.query('select max(number) as number from mem.migrations');
    return Number(row?.['number'] ?? 0);
  } catch (error) {
    if (isMissing(error)) return 0;
    throw error;
  }
}
