import {spawnSync} from 'node:child_process';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {MemError} from '../../../src/errors.js';
import {checkPath, crontabWord, fillTemplate, plistText} from '../../../src/scheduling/install/quoting.js';
import {shellWord} from '../../../src/system/shell-word.js';

/** Words as cruel as a path can be: no control characters, which are refused. */
const word = fc.string({unit: fc.constantFrom(...`'"\\%$\`#! ~*?[]{}()<>|&;=a é漢`.split('')), minLength: 1, maxLength: 12});

/** What a shell makes of words, each on a line of its own. */
function shellReads(words: readonly string[]): readonly string[] {
  const {stdout} = spawnSync('/bin/sh', ['-c', `printf '%s\\n' ${words.join(' ')}`], {encoding: 'utf8'});
  return stdout.split('\n').slice(0, -1);
}

/** What cron gives to the shell: up to the first bare `%`, the others without the backslash before them; Debian makes one of two backslashes. */
function cronReads(command: string, isDebian: boolean): string {
  let text = '';
  for (let at = 0; at < command.length; at++) {
    const [here, next] = [command[at], command[at + 1]];
    if (here === '%') return text;
    if (here === '\\' && (next === '%' || (isDebian && next === '\\'))) at++;
    text += here === '\\' && (next === '%' || (isDebian && next === '\\')) ? next : here;
  }
  return text;
}

describe('quoting', () => {
  test('a shell reads every word as it was', () => {
    fc.assert(
      fc.property(fc.array(word, {minLength: 20, maxLength: 40}), (words) => {
        expect(shellReads(words.map(shellWord))).toEqual(words);
      }),
      {numRuns: 20},
    );
  });

  test.each([true, false])('a shell reads every word of a crontab as it was (Debian: %s)', (isDebian) => {
    fc.assert(
      fc.property(fc.array(word, {minLength: 20, maxLength: 40}), (words) => {
        expect(shellReads(words.map((one) => cronReads(crontabWord(one), isDebian)))).toEqual(words);
      }),
      {numRuns: 20},
    );
  });

  test('plain paths stay as they are, so that a crontab can be read', () => {
    expect([shellWord('/home/u/.local/mem-1'), crontabWord('/home/u/.local/mem-1')]).toEqual([
      '/home/u/.local/mem-1',
      '/home/u/.local/mem-1',
    ]);
  });

  test.each(['a\nb', 'a\rb', 'a\0b', 'a\x1bb', 'a\x7fb'])('a path with a control character is refused: %j', (path) => {
    expect(() => checkPath(path, 'the home')).toThrow(MemError);
  });

  test('a template without a value for one of its names is a fault', () => {
    expect(fillTemplate('@A@-@B_C@ a@b.c', {A: '1', B_C: '$&'})).toBe('1-$& a@b.c');
    expect(() => fillTemplate('@A@', {})).toThrow('the template asks for A');
  });

  test('text in a property list keeps its marks', () => {
    expect(plistText('a & b < c > "d"')).toBe('a &amp; b &lt; c &gt; "d"');
  });
});
