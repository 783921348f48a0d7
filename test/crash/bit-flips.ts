import {cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {join, relative} from 'node:path';
import {asLines, type Product} from './product.js';
import {anEvent} from './scenarios.js';

/** What a kind of file is called by: its name, without what differs from file to file. */
export function kindOf(path: string): string {
  return path
    .replace(/^journal\/[0-9a-z]{12}\/.*\.(jsonl|nodes|forgotten)\.gz$/, 'journal/*/*.$1.gz')
    .replace(/[0-9A-HJKMNP-TV-Z]{26}/g, '*')
    .replace(/[0-9a-f]{32}-\d+/g, '*')
    .replace(/\d+/g, '*');
}

/** A home with every kind of file in it: tables and a log, files that wait, were drained or are bad, locks, counters. */
export async function aFullHome(product: Product, home: string): Promise<void> {
  const batch = (from: number) =>
    asLines(
      Array.from({length: 40}, (_, n) =>
        anEvent(`The parser of module ${from + n} drops its trailing comma, with ${SECRET}.`, `2024-01-${10 + (n % 9)}T12:00:${10 + n}Z`),
      ),
    );
  await product.runWell(home, ['ingest', '--drain'], {input: batch(0)});
  await product.runWell(home, ['rollup']);
  await product.runWell(home, ['compact']);
  await product.run(home, ['ingest', '--drain'], {input: `${batch(100)}no JSON\n`});
  await product.runWell(home, ['status']);
  await product.runWell(home, ['ingest'], {input: batch(200), env: {MEM_SUMMARIZING: '1'}});
  // In the log, which no opening has written into a table yet.
  await product.runWell(home, ['ingest', '--drain'], {input: batch(300)});
  await product.runWell(home, ['ingest'], {input: batch(400)});
  writeFileSync(join(home, 'endpoints.json'), '{"http://localhost:1/v1 m": {"format": "json_schema", "limitName": "max_tokens"}}\n');
  writeFileSync(join(home, 'inbox', 'bad-dropped'), '2\n');
  writeFileSync(join(home, 'schedule-id'), `0123abcd ${home}\n`);
}

export function filesIn(home: string): readonly string[] {
  return readdirSync(home, {recursive: true, withFileTypes: true})
    .filter((entry) => entry.isFile())
    .map((entry) => relative(home, join(entry.parentPath, entry.name)))
    .filter((path) => statSync(join(home, path)).size > 0)
    .sort();
}

/** It makes mem write the key with which it marks what it redacts. Put together, or scanners take it for a real one. */
const SECRET = ['ghp', 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'].join('_');

export interface Flip {
  readonly path: string;
  readonly bit: number;
}

/** In the home of `aFullHome`. */
const EVENTS = 160;
/** Of an abort, a segmentation fault and a bug. */
const BAD_STATUSES = [134, 139, 70];

/** Commands whose lines must be lines of the undamaged home, or none. */
const READING = [
  ['status', '--json'],
  ['toc', 'list', '--json'],
  ['events', '--json'],
] as const;

/** What the reading commands print without damage: every line that is right. */
export async function rightLines(product: Product, home: string, scratch: string): Promise<ReadonlySet<string>> {
  const copy = copyOf(home, scratch);
  const lines = new Set<string>();
  for (const args of READING.slice(1)) for (const line of linesOf((await product.runWell(copy, args)).stdout)) lines.add(line);
  rmSync(copy, {recursive: true});
  return lines;
}

/** Flips one bit in a copy of a home and uses it. @returns what was wrong with that */
export async function tryFlip(product: Product, home: string, scratch: string, right: ReadonlySet<string>, flip: Flip): Promise<string[]> {
  const copy = copyOf(home, scratch);
  const path = join(copy, flip.path);
  const bytes = readFileSync(path);
  const byte = Math.floor(flip.bit / 8);
  bytes[byte] = (bytes[byte] ?? 0) ^ (1 << (flip.bit % 8));
  writeFileSync(path, bytes);
  const faults: string[] = [];
  let wasTold = false;
  const input = asLines([anEvent('One more event.', '2024-02-01T12:00:00Z')]);
  // Nodes lie in store and journal: in the short form a flip elsewhere is not looked for in them.
  const readsNodes = process.env['MEM_PROOFS'] === '1' || /^(db|journal)\//.test(flip.path);
  const reading = READING.filter(([name]) => readsNodes || name !== 'toc');
  for (const args of [...reading, ['ingest']]) {
    const {status, signal, stdout, stderr} = await product.run(copy, args, {input: args[0] === 'ingest' ? input : ''});
    const what = `${flip.path} bit ${flip.bit}: mem ${args.join(' ')}`;
    if (status === null || BAD_STATUSES.includes(status)) faults.push(`${what} ended with ${status ?? signal}: ${stderr.slice(0, 300)}`);
    if (args[0] === 'ingest' && status !== 0) faults.push(`${what} ended with ${status}: ${stderr.slice(0, 300)}`);
    if (args[0] === 'status' && !stdout.includes('"home"')) faults.push(`${what} did not answer: ${stderr.slice(0, 300)}`);
    wasTold ||= stderr !== '' || (args[0] === 'status' && !stdout.includes('"alarms": []'));
    if (args[0] !== 'toc' && args[0] !== 'events') continue;
    const lines = linesOf(stdout);
    const wrong = lines.find((line) => !right.has(line));
    if (wrong !== undefined) faults.push(`${what} printed ${wrong.slice(0, 300)}`);
    // Of a file that waits, what is damaged goes to bad lines: the first command says so.
    const missing = args[0] === 'events' && status === 0 && !wasTold && lines.length <= EVENTS;
    if (missing) faults.push(`${what} left out ${EVENTS + 1 - lines.length} events without a word`);
  }
  rmSync(copy, {recursive: true});
  return faults;
}

/** Of an event in a file that waits and is damaged, a count does not know: the alarm tells of it. */
function linesOf(printed: string): readonly string[] {
  return printed.split('\n').map((line) => line.replace(/,"event_count":\d+(?=,"provisional")/, ''));
}

function copyOf(home: string, scratch: string): string {
  const copy = mkdtempSync(join(scratch, 'flipped-'));
  // LOCK is empty; times are kept, or `checked` would know none of the tables.
  cpSync(home, copy, {recursive: true, preserveTimestamps: true});
  return copy;
}
