import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {asLines, Product, type Ran, temporaryFolder} from './product.js';
import {anEvent} from './scenarios.js';

/** A file to which nothing can ever be written for want of space. */
const FULL = '/dev/full';

/** Runs mem with one of its outputs on a full disk, by way of a shell. */
function runOnFull(product: Product, home: string, output: 1 | 2, args: readonly string[], input = ''): Promise<Ran> {
  return product.run(home, args, {input, prefix: ['sh', '-c', `exec "$@" ${output}>${FULL}`, 'sh']});
}

describe.skipIf(!existsSync(FULL))('an output on a full disk', () => {
  test('a command whose stdout cannot be written says so and ends with 73', async () => {
    using folder = temporaryFolder();
    const product = Product.copy(folder.path);
    const home = join(folder.path, 'home');
    await product.runWell(home, ['ingest', '--drain'], {input: asLines([anEvent('kept', '2024-01-15T12:00:00Z')])});
    const printing = [
      ['--version'],
      ['version'],
      ['help'],
      ['--help'],
      ['toc', '--help'],
      ['completion', 'bash'],
      ['config'],
      ['schedule', 'next'],
    ];
    for (const args of [['events'], ['toc', 'show'], ['status'], ['ingest', '--json'], ...printing]) {
      const {status, stderr} = await runOnFull(product, home, 1, args);
      expect({args, status}).toEqual({args, status: 73});
      const error = args.includes('--json')
        ? /^\{"code":"NOT_WRITTEN","message":"cannot write standard output: /
        : /^mem: error: cannot write standard output: no space is left on the disk \(ENOSPC\) \[NOT_WRITTEN\]\n/;
      expect(stderr).toMatch(error);
    }
  });

  test('a rollup makes its nodes although their lines cannot be written, and ends with 73', async () => {
    using folder = temporaryFolder();
    const product = Product.copy(folder.path);
    const home = join(folder.path, 'home');
    await product.runWell(home, ['ingest', '--drain'], {input: asLines([anEvent('kept', '2024-01-15T12:00:00Z')])});
    expect((await runOnFull(product, home, 1, ['rollup'])).status).toBe(73);
    expect((await product.run(home, ['rollup'])).stdout).toBe('');
  });

  test('what cannot be said on stderr changes no exit status', async () => {
    using folder = temporaryFolder();
    const product = Product.copy(folder.path);
    const home = join(folder.path, 'home');
    expect((await runOnFull(product, home, 2, ['ingest'], 'no JSON\n')).status).toBe(65);
    expect((await runOnFull(product, home, 2, ['ingest', '--drain'], 'no JSON\n')).status).toBe(65);
    expect((await runOnFull(product, home, 2, ['no-such-command'])).status).toBe(64);
  });
});
