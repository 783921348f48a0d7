import {opendirSync} from 'node:fs';

/** How many names in a folder match, at most `limit`: of a full folder no more is read. @throws what node:fs throws */
export function countNames(path: string, pattern: RegExp, limit: number): number {
  let count = 0;
  const folder = opendirSync(path);
  try {
    for (let entry = folder.readSync(); entry !== null && count < limit; entry = folder.readSync()) {
      if (pattern.test(entry.name)) count++;
    }
  } finally {
    folder.closeSync();
  }
  return count;
}
