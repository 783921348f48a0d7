import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {deadLinks} from '../scripts/check-links.mjs';

test("no page of the repository has a link that leads nowhere, to a file or to a page's heading", () => {
  expect(deadLinks(join(import.meta.dirname, '..'))).toEqual([]);
});

describe('the search for dead links', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'mem-links-'));
  });
  afterEach(() => rmSync(folder, {recursive: true}));

  function deadIn(files: Readonly<Record<string, string>>): readonly string[] {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), {recursive: true});
      writeFileSync(join(folder, path), text);
    }
    return deadLinks(folder);
  }

  test('finds a file that does not exist, from the folder of the page', () => {
    const pages = {'README.md': '[good](docs/a.md) ![bad](docs/b.svg)\n', 'docs/a.md': '[good](../README.md), [bad](README.md)\n'};
    expect(deadIn(pages)).toEqual([
      'README.md links to docs/b.svg, which does not exist',
      'docs/a.md links to README.md, which does not exist',
    ]);
  });

  test('finds a heading that the page does not have', () => {
    const pages = {
      'a.md': '[1](b.md#the-home) [2](b.md#what-mems-runs-say) [3](b.md#a-fence) [4](#here)\n',
      'b.md': "# The home\n\n## What mem's `runs` say\n\n```sh\n# a fence\n```\n",
    };
    expect(deadIn(pages)).toEqual([
      'a.md links to b.md#a-fence, but that page has no such heading',
      'a.md links to #here, but that page has no such heading',
    ]);
  });

  test('finds the second of two headings with the same words by its number', () => {
    const pages = {'a.md': '[1](#keys) [2](#keys-1) [3](#keys-2)\n\n# Keys\n\n# Keys\n'};
    expect(deadIn(pages)).toEqual(['a.md links to #keys-2, but that page has no such heading']);
  });

  test('leaves out what is code, and what lies elsewhere', () => {
    expect(deadIn({'a.md': '`[1](none.md)` [2](https://example.org/none.md) <a@example.org>\n\n```\n[3](none.md)\n```\n'})).toEqual([]);
  });
});
