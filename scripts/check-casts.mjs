// Counts what is left of `as T` in src/. A cast promises what nobody checks: it stands where a brand is given or where a value from outside
// is parsed, and casts.mjs says why. `node scripts/check-casts.mjs` prints a line for each fault and ends with 1.
import {readdirSync, readFileSync} from 'node:fs';
import {join, relative} from 'node:path';
import {fileURLToPath} from 'node:url';
import {CASTS, MOST_CASTS} from './casts.mjs';

/** Comments and texts, in which "as" is a word. */
const NO_CODE = /\/\*[\s\S]*?\*\/|\/\/.*$|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/gm;
const IMPORT = /^(?:import|export)\b[^;(=]*? from '';/gm;
const CAST = /[\w)\]}'"`] as (?!const\b)(?=[A-Za-z{[(])/g;
/** `as` in a mapped type renames a key: `[Name in Names as …]`. */
const KEY_RENAME = /\[\w+ in [^\]]*?\]/g;

/** How many casts a text holds; one by way of `unknown` is one. */
export function castsIn(text) {
  const code = text.replace(NO_CODE, "''").replace(IMPORT, '').replace(KEY_RENAME, '').replaceAll(' as unknown as ', ' as ');
  return code.match(CAST)?.length ?? 0;
}

/**
 * All faults in the casts below `folder`, a sentence each.
 * @param table as in casts.mjs: for each file how many casts it may hold, and why
 */
export function castFaults(folder, table = CASTS, most = MOST_CASTS) {
  const faults = [];
  const known = new Set(Object.keys(table));
  let sum = 0;
  for (const entry of readdirSync(folder, {recursive: true, withFileTypes: true})) {
    if (!entry.isFile() || !/\.tsx?$/.test(entry.name)) continue;
    const path = join(entry.parentPath, entry.name);
    const file = relative(folder, path).replaceAll('\\', '/');
    const found = castsIn(readFileSync(path, 'utf8'));
    const [allowed = 0] = table[file] ?? [];
    known.delete(file);
    sum += found;
    if (found !== allowed) faults.push(`${file} holds ${found} casts, scripts/casts.mjs says ${allowed}`);
  }
  for (const file of known) faults.push(`${file} is gone: take it out of scripts/casts.mjs`);
  if (sum > most) faults.push(`${sum} casts are more than ${most}`);
  return faults;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const faults = castFaults(join(import.meta.dirname, '../src'));
  for (const fault of faults) console.error(fault);
  process.exitCode = faults.length === 0 ? 0 : 1;
}
