import {spawnSync} from 'node:child_process';
import {readdirSync, readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';
import {COMMAND_TABLE} from '../scripts/docs/commands-page.js';
import {pages} from '../scripts/docs/pages.js';
import {SETTING_KEYS} from '../src/settings/setting-kinds.js';

const PAGES = pages();
const ROOT = fileURLToPath(new URL('..', import.meta.url));
// Small images have a `man` that only says that it was left out.
const hasMan = spawnSync('man', ['--version'], {encoding: 'utf8'}).stdout?.startsWith('man ') ?? false;
if (!hasMan) process.stderr.write('skipped: the man page in man, not installed (Debian: apt-get install man-db)\n');

function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

test.each(Object.keys(PAGES))('%s is as the code has it; otherwise run: npm run docs', (path) => {
  expect(read(path)).toBe(PAGES[path]);
});

test('the reference names every command, every flag and every setting', () => {
  const commands = read('docs/commands.md');
  for (const {name, flags} of COMMAND_TABLE) {
    const section = commands.split(/^## /m).find((text) => text.startsWith(`mem ${name}\n`)) ?? '';
    const own = flags.filter(({group}) => group !== 'GLOBAL').map((flag) => `--${flag.name}`);
    expect(
      own.filter((flag) => !section.includes(flag)),
      name,
    ).toEqual([]);
  }
  const configuration = read('docs/configuration.md').replaceAll(/`(import|sync|rollup-\w+|retention|compact)`/g, (_, job) =>
    ['cron', 'time_zone', 'jitter', 'time_limit', 'on_failure'].map((key) => `\`jobs.${job}.${key}\``).join(' '),
  );
  expect(SETTING_KEYS.filter((key) => !configuration.includes(`\`${key}\``))).toEqual([]);
});

test('every link in the generated pages leads to a page or a heading', () => {
  const headings = new Set(
    [...read('docs/commands.md').matchAll(/^## (.*)$/gm)].map(([, text = '']) => `commands.md#${text.replaceAll(' ', '-').toLowerCase()}`),
  );
  for (const page of Object.keys(PAGES).filter((path) => path.endsWith('.md'))) {
    for (const [, target = ''] of read(page).matchAll(/\]\(([^)]+)\)/g)) {
      if (target.includes('#')) expect(headings, target).toContain(target.startsWith('#') ? `commands.md${target}` : target);
      else expect(readdirSync(join(ROOT, dirname(page), dirname(target))), `${page}: ${target}`).toContain(target.replace(/^.*\//, ''));
    }
  }
});

test('man shows the man page without a warning, with every command and flag as it is typed', ({skip}) => {
  skip(!hasMan);
  const {status, stdout, stderr} = spawnSync('man', ['--warnings=w', '-l', join(ROOT, 'man/mem.1')], {
    encoding: 'utf8',
    env: {...process.env, LC_ALL: 'C.UTF-8', MANWIDTH: '200', MANPAGER: 'cat', MAN_KEEP_FORMATTING: ''},
  });
  expect({status, stderr}).toEqual({status: 0, stderr: ''});
  for (const {name, flags, examples} of COMMAND_TABLE) {
    expect(stdout).toMatch(new RegExp(`^ +mem ${name}( \\[?[A-Z]+…?\\]?)* \\[flags\\]$`, 'm'));
    for (const flag of flags) expect(stdout, name).toContain(`--${flag.name}`);
    for (const {command} of examples) expect(stdout).toContain(command);
  }
});
