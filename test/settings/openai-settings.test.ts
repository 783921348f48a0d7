import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {parseBaseUrl} from '../../src/domain/model/base-url.js';
import {chooseModel} from '../../src/operations/settings/choose-model.js';
import {loadSettings} from '../../src/settings/config.js';
import {openSettingsFile} from '../../src/settings/own-settings-file.js';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mem-openai-settings-'));
  path = join(folder, 'config.toml');
});
afterEach(() => rmSync(folder, {recursive: true}));

test.each([
  ['https://openrouter.ai/api/v1', 'https://openrouter.ai/api/v1'],
  ['https://openrouter.ai/api/v1/', 'https://openrouter.ai/api/v1'],
  ['http://localhost:11434/v1', 'http://localhost:11434/v1'],
  ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
  ['http://127.9.8.7/v1', 'http://127.9.8.7/v1'],
  ['http://[::1]:8080/v1', 'http://[::1]:8080/v1'],
  // How a URL spells 127.0.0.1.
  ['http://2130706433/v1', 'http://127.0.0.1/v1'],
])('%s is a base URL', (text, url) => {
  expect(parseBaseUrl(text)).toBe(url);
});

test.each([
  'http://example.com/v1',
  'http://192.168.1.10:11434/v1',
  'http://0.0.0.0/v1',
  'http://127.0.0.1.example.com/v1',
  'http://localhost.example.com/v1',
  'http://localhost@example.com/v1',
  'https://user:secret@example.com/v1',
  'https://user@example.com/v1',
  'https://example.com/v1?key=secret',
  'https://example.com/v1#x',
  'ftp://localhost/v1',
  'file:///etc/passwd',
  'localhost:11434/v1',
  '/v1',
])('%s is none: plain HTTP goes to this machine alone, and a URL holds no secret', (text) => {
  expect(parseBaseUrl(text)).toBeUndefined();
});

test('all of a model is set in the file, the command as a list', () => {
  writeFileSync(
    path,
    'summarizer = "openai"\n[openai]\nbase_url = "https://x.test/v1/"\nmodel = "m"\napi_key_command = ["pass", "show", "a b"]\nmax_prompt_tokens = 2000\ntimeout = "30s"\n',
  );
  expect(loadSettings({}, {MEM_OPENAI_MODEL: 'other'}, path)).toMatchObject({
    summarizer: 'openai',
    openai: {
      baseUrl: 'https://x.test/v1',
      model: 'other',
      key: {command: ['pass', 'show', 'a b'], file: undefined, variable: 'OPENAI_API_KEY'},
      maxPromptTokens: 2_000,
      timeoutMs: 30_000,
    },
  });
});

test.each([
  ['api_key_env = "sk-canary-1234"', 'openai.api_key_env'],
  ['api_key_file = "sk-canary-1234"', 'openai.api_key_file'],
  ['api_key_command = "sk-canary-1234"', 'openai.api_key_command'],
])('a key in the wrong place is not repeated: %s', (line, key) => {
  writeFileSync(path, `[openai]\n${line}\n`);
  expect(() => loadSettings({}, {}, path)).toThrowError(
    expect.objectContaining({code: 'CONFIG_INVALID', message: `${key} cannot be the given value (${path})`}),
  );
});

test.each(['["pass"', '[]', '[1]', '[""]', 'pass show x'])('%s is no command', (text) => {
  expect(() => openSettingsFile({}, path).parse('openai.api_key_command', text)).toThrowError(
    expect.objectContaining({code: 'CONFIG_INVALID'}),
  );
});

test.each(['0s', '61m', '2h', '1.5m', '2'])('%s is no time-out', (text) => {
  expect(() => openSettingsFile({}, path).parse('openai.timeout', text)).toThrowError(expect.objectContaining({code: 'CONFIG_INVALID'}));
});

test('a model is chosen in one write, and a place of the key that would hide the new one is emptied', () => {
  writeFileSync(path, '# mine\nmin_age = "1h"\n\n[openai]\napi_key_command = ["pass", "x"]\nconcurrency = 2 # few\n');
  const file = openSettingsFile({MEM_OPENAI_MODEL: 'above'}, path);
  const change = chooseModel(file, {baseUrl: 'https://x.test/v1', model: 'm', apiKeyFile: '/k'}, false);
  expect(change).toMatchObject({kind: 'model', baseUrl: 'https://x.test/v1', variablesAbove: ['MEM_OPENAI_MODEL']});
  expect(readFileSync(path, 'utf8')).toBe(
    '# mine\nmin_age = "1h"\nsummarizer = "openai"\n\n[openai]\napi_key_command = ""\nconcurrency = 2 # few\nbase_url = "https://x.test/v1"\nmodel = "m"\napi_key_file = "/k"\n',
  );
});

test.each([
  [{}, 'CONFIG_INVALID', 'the summarizer "openai" needs openai.base_url'],
  [{baseUrl: 'https://x.test'}, 'CONFIG_INVALID', 'the summarizer "openai" needs openai.model'],
  [{baseUrl: 'http://x.test', model: 'm'}, 'CONFIG_INVALID', 'openai.base_url cannot be "http://x.test" (as given)'],
  [{baseUrl: 'https://x.test', model: 'm', apiKeyEnv: 'A', apiKeyFile: '/k'}, 'USAGE', 'the key can be in one place only'],
  [
    {baseUrl: 'https://x.test', model: 'm', apiKeyFile: 'relative'},
    'CONFIG_INVALID',
    'openai.api_key_file cannot be the given value (as given)',
  ],
])('nothing is written for %j', (choice, code, message) => {
  expect(() => chooseModel(openSettingsFile({}, path), choice, false)).toThrowError(expect.objectContaining({code, message}));
  expect(() => readFileSync(path)).toThrow();
});

test('what is set already need not be said again, and a dry run writes nothing', () => {
  writeFileSync(path, '[openai]\nbase_url = "https://x.test/v1"\nmodel = "m"\n');
  const before = readFileSync(path, 'utf8');
  expect(chooseModel(openSettingsFile({}, path), {}, true).values).toEqual({summarizer: 'openai'});
  expect(readFileSync(path, 'utf8')).toBe(before);
});
