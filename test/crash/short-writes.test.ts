import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {asLines, type Patch, Product, temporaryFolder} from './product.js';
import {anEvent} from './scenarios.js';
import {violationsIn} from './violations.js';

const PRELOAD = join(import.meta.dirname, 'short-writes.cjs');

const ONE_WRITE: Patch = {
  file: 'inbox/durable-file.ts',
  bundles: ['ingest-lane'],
  from: 'for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at, bytes.length - at);',
  to: 'writeSync(file, bytes, 0, bytes.length);',
};

/** Ingests events of all sizes while writes are cut short. @returns what is wrong with the home after it */
async function ingestWithShortWrites(product: Product, folder: string): Promise<string[]> {
  const home = join(folder, 'home');
  const log = join(folder, 'short');
  const run = {nodeArgs: ['--require', PRELOAD], env: {MEM_TEST_SHORT_WRITES: log}};
  const texts = [1, 100, 10_000, 900_000].map((size, n) => `${n} ${'x'.repeat(size)}`);
  for (const text of texts) {
    const ran = await product.run(home, ['ingest'], {...run, input: asLines([anEvent(text, '2024-01-15T12:00:00Z')])});
    expect(ran).toMatchObject({status: 0, stderr: ''});
  }
  expect(readFileSync(log, 'utf8').split('\n').length).toBeGreaterThan(texts.length);
  await product.run(home, ['ingest', '--drain'], run);
  const sent = new Set(texts);
  const found = await violationsIn(home, {acknowledged: sent, all: sent}, {isDrained: true});
  return found.map((problem) => problem.slice(0, 60));
}

test('writes that take a part only: every event is whole', async () => {
  using folder = temporaryFolder();
  expect(await ingestWithShortWrites(Product.copy(folder.path), folder.path)).toEqual([]);
});

test('keeps the bad lines of an ingest whole when writes take a part only', async () => {
  using folder = temporaryFolder();
  const home = join(folder.path, 'home');
  const env = {MEM_TEST_SHORT_WRITES: join(folder.path, 'short')};
  const product = Product.copy(folder.path);
  const bad = `no JSON ${'y'.repeat(5000)}`;
  const ran = await product.run(home, ['ingest'], {nodeArgs: ['--require', PRELOAD], env, input: `${bad}\n`});
  expect(ran.status).toBe(65);
  const status = JSON.parse((await product.runWell(home, ['status', '--json'])).stdout);
  expect(status.inbox.bad_lines).toBe(1);
  expect(status.inbox.bad_bytes).toBeGreaterThan(5000);
});

test('a planted fault, to take a write for the whole, is found', async () => {
  using folder = temporaryFolder();
  const found = await ingestWithShortWrites(Product.withFaults(folder.path, [ONE_WRITE]), folder.path);
  expect(found.filter((problem) => problem.startsWith('lost')).length).toBeGreaterThan(0);
});
