import {statSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {aFullHome, type Flip, filesIn, kindOf, rightLines, tryFlip} from './bit-flips.js';
import {Product, temporaryFolder} from './product.js';

/** How many flips: one of each kind of file, or in the proofs a thousand in all and at least 50 of each kind. */
const FLIPS = Number(process.env['MEM_FLIPS'] ?? (process.env['MEM_PROOFS'] === '1' ? 1_000 : 0));
const AT_ONCE = 3;

/** Numbers below 2^31 that look like chance and are the same each time. */
function* pseudoRandom(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    yield state >>> 8;
  }
}

function flipsIn(home: string): readonly Flip[] {
  const byKind = new Map<string, string[]>();
  for (const path of filesIn(home)) byKind.set(kindOf(path), [...(byKind.get(kindOf(path)) ?? []), path]);
  const random = pseudoRandom(Number(process.env['MEM_SEED'] ?? 1));
  const each = Math.max(1, FLIPS === 0 ? 1 : Math.ceil(FLIPS / byKind.size));
  return [...byKind.values()].flatMap((paths) =>
    Array.from({length: each}, (): Flip => {
      const path = paths[random.next().value % paths.length] ?? '';
      return {path, bit: random.next().value % (statSync(join(home, path)).size * 8)};
    }),
  );
}

test('no flipped bit in any file of a home ends a command badly, shows anything wrong, or stops an ingest', async () => {
  using folder = temporaryFolder();
  const product = Product.copy(folder.path);
  const home = join(folder.path, 'home');
  await aFullHome(product, home);
  const kinds = new Set(filesIn(home).map(kindOf));
  const all = [
    'db/*.ldb',
    'db/*.log',
    'db/MANIFEST-*',
    'db/CURRENT',
    'journal/writer',
    'journal/*/*.jsonl.gz',
    'redact-key',
    'inbox/new/*.ev',
  ];
  for (const kind of all) {
    expect(kinds).toContain(kind);
  }
  const right = await rightLines(product, home, folder.path);
  const flips = [...flipsIn(home)];
  const faults: string[] = [];
  let done = 0;
  const work = async (): Promise<void> => {
    for (let flip = flips.shift(); flip; flip = flips.shift()) {
      faults.push(...(await tryFlip(product, home, folder.path, right, flip)));
      done++;
    }
  };
  await Promise.all(Array.from({length: AT_ONCE}, work));
  if (FLIPS > 0)
    process.stdout.write(`${done} flips in ${kinds.size} kinds of files (${[...kinds].join(', ')}): ${faults.length} faults\n`);
  expect(faults).toEqual([]);
});
