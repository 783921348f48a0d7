import {renameSync} from 'node:fs';
import {join} from 'node:path';
import {namesIn} from '../../../system/files/names-in.js';

/*
 * A store that another one took the place of: `db.damaged-<when, in UTC>`. Nothing but a person removes it.
 */
const KEPT = /^db\.damaged-\d{8}T\d{6}Z(-\d+)?$/;

/** Renames a store's folder. @returns its new path */
export function keepFolder(home: string, location: string, now: Date): string {
  const stamp = now.toISOString().slice(0, 19).replaceAll(/[-:]/g, '');
  const taken = new Set(namesIn(home));
  let name = `db.damaged-${stamp}Z`;
  for (let n = 2; taken.has(name); n++) name = `db.damaged-${stamp}Z-${n}`;
  renameSync(location, join(home, name));
  return join(home, name);
}

/** All stores that were kept so, the oldest first. */
export function keptFolders(home: string): readonly string[] {
  return namesIn(home)
    .filter((name) => KEPT.test(name))
    .sort()
    .map((name) => join(home, name));
}

/** The newest one. */
export function newestKept(home: string): string | undefined {
  return keptFolders(home).at(-1);
}
