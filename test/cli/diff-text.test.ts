import {spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {diffLines} from '../../src/cli/schedule/diff-text.js';
import {renderLine} from '../../src/text/line.js';

const text = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');
const diff = (before: string | undefined, after: string | undefined): string =>
  text(diffLines('crontab', before, after).map((line) => renderLine(line, false)));
const hasPatch = spawnSync('patch', ['--version']).error === undefined;

test('shows what was taken away and added, with three lines around it', () => {
  const before = text(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']);
  expect(diff(before, before.replace('e\n', 'E\nEE\n'))).toBe(
    '--- crontab\n+++ crontab\n@@ -2,7 +2,8 @@\n b\n c\n d\n-e\n+E\n+EE\n f\n g\n h\n',
  );
});

test('shows a file that comes or goes as the whole of it', () => {
  expect(diff(undefined, 'a\nb\n')).toBe('--- /dev/null\n+++ crontab\n@@ -0,0 +1,2 @@\n+a\n+b\n');
  expect(diff('a\n', undefined)).toBe('--- crontab\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n');
  expect(diff('a\n', 'a\n')).toBe('');
});

test.skipIf(!hasPatch)('patch makes the one of the other by it, whatever they are (skipped where patch is not installed)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mem-diff-'));
  const lines = fc.array(fc.constantFrom('a', 'b', 'c', 'd', ''), {maxLength: 30});
  try {
    fc.assert(
      fc.property(lines, lines, (one, other) => {
        const [before, after] = [text(one), text(other)];
        fc.pre(before !== '' && after !== '' && before !== after);
        const path = join(folder, 'x');
        writeFileSync(path, before);
        const {status, stdout} = spawnSync('patch', ['--quiet', '--unified', path], {input: diff(before, after), encoding: 'utf8'});
        expect({status, stdout}).toEqual({status: 0, stdout: ''});
        expect(readFileSync(path, 'utf8')).toBe(after);
      }),
      {numRuns: 60},
    );
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
});
