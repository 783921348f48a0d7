import {isRecord} from '../domain/stored/fields.js';
import {SETTING_KEYS} from './setting-kinds.js';

/** Turns `[table]` with `key` into `table.key`. If the table itself is a setting, it stays a value and is refused as one. */
export function flatten(table: Readonly<Record<string, unknown>>, prefix = ''): Readonly<Record<string, unknown>> {
  const flat: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(table)) {
    const key = prefix + name;
    const holdsSettings = SETTING_KEYS.some((name) => name.startsWith(`${key}.`));
    if (isRecord(value) && !(value instanceof Date) && holdsSettings) Object.assign(flat, flatten(value, `${key}.`));
    else flat[key] = value;
  }
  return flat;
}

/** A value in the file may be a number. A table or a list is never valid and is refused as a value. */
export function textOf(written: unknown): string {
  return typeof written === 'string' || typeof written === 'number' || typeof written === 'bigint'
    ? String(written)
    : JSON.stringify(written);
}
