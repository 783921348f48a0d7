import {mkdtempSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {readOwnRules, redactPatternsPath, writeOwnRules} from '../../src/system/redact-patterns.js';

const RULES = [{name: 'own-1', pattern: 'ACME-[0-9]{6}'}];

function inHome(work: (home: string, path: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'mem-patterns-'));
  try {
    work(join(folder, 'home'), redactPatternsPath(join(folder, 'home')));
  } finally {
    rmSync(folder, {recursive: true});
  }
}

test('what is written is read again, by its owner alone, and no rules need no file', () => {
  inHome((home, path) => {
    expect(readOwnRules(home)).toEqual({rules: [], fault: undefined});
    writeOwnRules(home, RULES);
    expect(readOwnRules(home)).toEqual({rules: RULES, fault: undefined});
    expect(statSync(path).mode & 0o777).toBe(0o600);
    writeOwnRules(home, []);
    expect(statSync(path, {throwIfNoEntry: false})).toBeUndefined();
  });
});

test.each([
  ['a pattern that nobody checked', (text: string) => text.replace('{6}', '+'), 'was changed by hand'],
  ['half of it', (text: string) => text.slice(0, 20), 'cannot be read'],
  ['a newer format', (text: string) => text.replace('"v":1', '"v":2'), 'is not in a format'],
  ['nothing', () => '', 'cannot be read'],
])('a file with %s counts as none, and says why', (_, change, fault) => {
  inHome((home, path) => {
    writeOwnRules(home, RULES);
    writeFileSync(path, change(readFileSync(path, 'utf8')));
    expect(readOwnRules(home)).toEqual({rules: [], fault: expect.stringContaining(fault)});
  });
});
