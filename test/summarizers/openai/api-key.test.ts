import {chmodSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {readKey} from '../../../src/summarizers/openai/api-key.js';
import {redact} from '../../../src/summarizers/openai/hide-key.js';

const CANARY = 'sk-canary-7Hq2Zr9XwLmN';
const {signal} = new AbortController();
let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mem-key-'));
  path = join(folder, 'key');
});
afterEach(() => rmSync(folder, {recursive: true}));

const places = (changed: object) => ({command: undefined, file: undefined, variable: 'KEY', ...changed});

test('a key comes from its variable, from a file before that, from a command before both', async () => {
  writeFileSync(path, 'from-file\n', {mode: 0o600});
  const env = {KEY: 'from-variable', PATH: process.env['PATH']};
  expect(await readKey(places({}), env, signal)).toBe('from-variable');
  expect(await readKey(places({}), {KEY: ''}, signal)).toBeUndefined();
  expect(await readKey(places({file: path}), env, signal)).toBe('from-file');
  expect(await readKey(places({file: path, command: ['echo', 'from command'.replace(' ', '-')]}), env, signal)).toBe('from-command');
});

test('a file that others can read is refused, also behind a link', async () => {
  writeFileSync(path, CANARY);
  const link = join(folder, 'link');
  symlinkSync(path, link);
  for (const mode of [0o640, 0o604, 0o660, 0o610]) {
    chmodSync(path, mode);
    for (const file of [path, link]) {
      await expect(readKey(places({file}), {}, signal)).rejects.toMatchObject({
        code: 'CONFIG_INVALID',
        message: `others can read the key's file ${file}`,
        hint: `run: chmod 600 ${file}`,
      });
    }
  }
  chmodSync(path, 0o400);
  expect(await readKey(places({file: link}), {}, signal)).toBe(CANARY);
});

test.each([
  ['two words', `${CANARY} ${CANARY}`],
  ['two lines', `${CANARY}\nx: y`],
  ['a control', `${CANARY}\u0007`],
  ['nothing', ' \n'],
])('%s are no key, and not repeated', async (_, text) => {
  writeFileSync(path, text, {mode: 0o600});
  const error = await readKey(places({file: path}), {}, signal).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({code: 'CONFIG_INVALID'});
  expect(String(error) + JSON.stringify(error)).not.toContain('canary');
});

test('a folder, a file that is not there and a pipe are no files of a key', async () => {
  await expect(readKey(places({file: folder}), {}, signal)).rejects.toMatchObject({code: 'CONFIG_INVALID'});
  await expect(readKey(places({file: path}), {}, signal)).rejects.toMatchObject({message: `cannot read the key's file ${path} (ENOENT)`});
  await expect(readKey(places({file: '/dev/zero'}), {}, signal)).rejects.toMatchObject({code: 'CONFIG_INVALID'});
});

test("a command is run without a shell, without the key's variable, and marked as mem's own", async () => {
  const file = join(folder, 'environment');
  const script = 'env > "$1"; printf "%s" "$2"';
  const env = {KEY: CANARY, PATH: process.env['PATH'], OTHER: 'kept'};
  expect(await readKey(places({command: ['sh', '-c', script, 'sh', file, '$(whoami);x']}), env, signal)).toBe('$(whoami);x');
  const seen = readFileSync(file, 'utf8');
  expect(seen).toContain('MEM_SUMMARIZING=1\n');
  expect(seen).toContain('OTHER=kept\n');
  expect(seen).not.toContain(CANARY);
});

test.each([
  ['fails', ['sh', '-c', `echo ${CANARY} >&2; exit 3`], 'sh ended with 3'],
  ['cannot be started', ['/no/such/program', CANARY], '/no/such/program cannot be started'],
  ['prints without end', ['yes', CANARY], 'yes prints too much'],
])('a command that %s says so, without its arguments and without what it printed', async (_, command, reason) => {
  await expect(readKey(places({command}), {PATH: process.env['PATH']}, signal)).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
    message: `openai.api_key_command gave no key: ${reason}`,
  });
});

test('a command that does not end is stopped, also where what it started holds the pipe', async () => {
  const stop = new AbortController();
  const reading = readKey(places({command: ['sh', '-c', 'sleep 100 & wait']}), {PATH: process.env['PATH']}, stop.signal);
  stop.abort();
  await expect(reading).rejects.toMatchObject({message: 'openai.api_key_command gave no key: sh was stopped'});
});

test.each([
  [`bad key ${CANARY}!`, 'bad key [key]!'],
  ['Incorrect API key provided: sk-canar*******wLmN.', 'Incorrect API key provided: [key]'],
  ['no key here', 'no key here'],
])('%j is told as %j', (text, told) => {
  expect(redact(text, CANARY)).toBe(told);
});
