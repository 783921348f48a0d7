import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {ODD_LINES} from '../fixtures/odd-lines.js';
import {MemRig} from './mem-rig.js';

const isProofs = process.env['MEM_PROOFS'] === '1';
const LINE_LIMIT = 16 * 1024 * 1024;
/** Reasons that ingest itself gives; the others are the drain's. */
const CODES = [
  'LINE_NOT_JSON',
  'LINE_NOT_UTF8',
  'LINE_TOO_LONG',
  'LINE_TOO_DEEP',
  'LINE_NOT_OBJECT',
  'JSON_ARRAY',
  'JSON_PRETTY',
  'HOOK_PAYLOAD',
  'FIELD_MISSING',
  'FIELD_INVALID',
  'TIMESTAMP_INVALID',
  'METADATA_TOO_LARGE',
];

interface Report {
  readonly accepted: number;
  readonly rejected: readonly {readonly line: number; readonly code: string; readonly reason: string}[];
}

const LINE_FEED = 10;

/** Lines that are not blank, counted apart from mem: a blank one holds nothing but white space. */
function countLines(input: Buffer): number {
  let count = 0;
  for (let at = 0; at < input.length; ) {
    const end = input.indexOf(LINE_FEED, at);
    const line = input.subarray(at, end < 0 ? input.length : end);
    if (
      line.length > 64 ||
      line
        .toString()
        .replace(/^\ufeff/, '')
        .trim() !== ''
    )
      count++;
    at = end < 0 ? input.length : end + 1;
  }
  return count;
}

/** Takes a line of the corpus and harms it: bytes set, cut out, doubled, put in; parts of other lines put behind it. */
const aMutant = fc
  .record({
    line: fc.constantFrom(...ODD_LINES.filter(({bytes}) => bytes.length < 2_000)),
    other: fc.constantFrom(...ODD_LINES.filter(({bytes}) => bytes.length < 2_000)),
    at: fc.double({min: 0, max: 1, noNaN: true}),
    length: fc.nat(12),
    byte: fc.nat(255),
    how: fc.constantFrom('set', 'cut', 'double', 'insert', 'splice', 'none'),
  })
  .map(({line, other, at, length, byte, how}) => {
    const from = Math.floor(at * line.bytes.length);
    const [head, tail] = [line.bytes.subarray(0, from), line.bytes.subarray(from)];
    switch (how) {
      case 'set':
        return Buffer.concat([head, Buffer.from([byte]), tail.subarray(1)]);
      case 'cut':
        return Buffer.concat([head, tail.subarray(length)]);
      case 'double':
        return Buffer.concat([head, tail.subarray(0, length), tail]);
      case 'insert':
        return Buffer.concat([head, Buffer.alloc(length, byte), tail]);
      case 'splice':
        return Buffer.concat([head, other.bytes]);
      default:
        return line.bytes;
    }
  });

async function ingest(input: Buffer): Promise<Report> {
  await using mem = await MemRig.create();
  const path = join(mem.folder, 'input');
  writeFileSync(path, input);
  const {status, stdout, stderr} = await mem.run(['ingest', '--json', path]);
  expect(status, stderr).toBe(65);
  return JSON.parse(stdout);
}

test('every line of 10,000 mutants and of the corpus is an event, blank, or accounted for as bad', async () => {
  const mutants = fc.sample(aMutant, {numRuns: 10_000, seed: 20_240_115});
  const corpus = ODD_LINES.map(({bytes}) => bytes);
  const input = Buffer.concat([...mutants, ...corpus].flatMap((line) => [line, Buffer.from('\n')]));
  const report = await ingest(input);
  expect(report.accepted + report.rejected.length).toBe(countLines(input));
  for (const {reason} of report.rejected) expect(reason.length).toBeGreaterThan(0);
});

test('each reason that ingest gives is given for each line that deserves it, fifty times', async () => {
  // Fifty lines of more than 16 MiB take their time; the short form sends three.
  const times = (code: string) => (code === 'LINE_TOO_LONG' && !isProofs ? 3 : 50);
  const long = Buffer.alloc(LINE_LIMIT + 1, 'x');
  const lines = CODES.flatMap((code) => {
    const some = ODD_LINES.filter(({is}) => is === code).map(({bytes}) => bytes);
    return Array.from({length: times(code)}, (_, n) => (code === 'LINE_TOO_LONG' ? long : (some[n % some.length] ?? long)));
  });
  const report = await ingest(Buffer.concat(lines.flatMap((line) => [line, Buffer.from('\n')])));
  const counts = Object.fromEntries(CODES.map((code) => [code, report.rejected.filter((line) => line.code === code).length]));
  expect(counts).toEqual(Object.fromEntries(CODES.map((code) => [code, times(code)])));
  expect(report.accepted).toBe(0);
});
