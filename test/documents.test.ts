import {spawnSync} from 'node:child_process';
import {readFileSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {MemRig} from './cli/mem-rig.js';

const ROOT = join(import.meta.dirname, '..');
/** What they show depends on the clock, or on the machine. */
const NOT_RUN = /^mem (status|install-schedule)\b/;
const MORE = '…';

interface Shown {
  readonly page: string;
  readonly command: string;
  /** Without the lines that only say that something was left out. */
  readonly lines: readonly string[];
}

/** The commands of the `console` blocks of a page, in order, with what the page says that they print. */
function shownIn(page: string): readonly Shown[] {
  const blocks = [...readFileSync(join(ROOT, page), 'utf8').matchAll(/^```console\n([\s\S]*?)^```$/gm)].map(([, text = '']) => text);
  return blocks
    .flatMap((block) => block.split(/^\$ /m).slice(1))
    .map((text): Shown => {
      const [command = '', ...lines] = text.trimEnd().split('\n');
      return {page, command, lines: lines.filter((line) => line !== MORE)};
    })
    .filter(({command}) => !NOT_RUN.test(command));
}

let mem: MemRig;
beforeAll(async () => {
  mem = await MemRig.create();
});
afterAll(() => mem[Symbol.asyncDispose]());

function run(command: string, home: string): readonly string[] {
  const script = `mem() { "$NODE" "$MEM" "$@"; }\n${command}`;
  const env = {
    ...mem.env,
    NODE: process.execPath,
    MEM: join(ROOT, 'bin', 'mem.js'),
    MEM_HOME: join(mem.folder, home),
    TZ: 'Europe/Amsterdam',
  };
  const {stdout, stderr, status} = spawnSync('sh', ['-c', script], {cwd: ROOT, env, encoding: 'utf8'});
  expect(status, stderr).toBe(0);
  return stdout.split('\n');
}

/** The first line that is not printed behind the one before it; undefined when all are. */
function firstMissing(lines: readonly string[], printed: readonly string[]): string | undefined {
  let from = 0;
  return lines.find((line) => {
    const isIt = (one: string): boolean => (line.endsWith(MORE) ? one.startsWith(line.slice(0, -1).trimEnd()) : one === line);
    const at = printed.findIndex((one, index) => index >= from && isIt(one));
    from = at + 1;
    return at < 0;
  });
}

describe.each(['README.md', 'docs/tutorial.md'])('%s', (page) => {
  test('shows what mem prints', () => {
    const shown = shownIn(page);
    expect(shown.length).toBeGreaterThanOrEqual(5);
    const wrong = shown.flatMap(({command, lines}) => {
      const missing = firstMissing(lines, run(command, page));
      return missing === undefined ? [] : [{command, missing}];
    });
    expect(wrong).toEqual([]);
  });
});

test('README.md has at most 9 KB, so that it is read', () => {
  expect(statSync(join(ROOT, 'README.md')).size).toBeLessThanOrEqual(9_000);
});
