import {mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir, userInfo} from 'node:os';
import {dirname, join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import type {JobSettings} from '../../src/domain/jobs/job.js';
import {loadSettings, parseSettingKey, type Setting} from '../../src/settings/config.js';
import {setTomlKey, writeConfigKeys} from '../../src/settings/config-file.js';
import {configPath} from '../../src/settings/config-path.js';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mem-config-'));
  path = join(folder, 'mem', 'config.toml');
});
afterEach(() => rmSync(folder, {recursive: true}));

function write(text: string): void {
  mkdirSync(dirname(path), {recursive: true});
  writeFileSync(path, text);
}

/** The budget, the database and the sources have tests of their own. */
const outsideJobsAndBudget = (list: readonly Setting[]): readonly Setting[] =>
  list.filter(({key}) => !/^(budget|jobs|sources|store)\./.test(key));

test('everything has a default', () => {
  const {list, ...values} = loadSettings({}, {}, path);
  expect(values).toMatchObject({
    minAgeMs: 1_800_000,
    keepVersions: undefined,
    summarizer: 'extractive',
    openai: {
      baseUrl: undefined,
      model: '',
      key: {command: undefined, file: undefined, variable: 'OPENAI_API_KEY'},
      maxPromptTokens: 3_500,
      maxAnswerTokens: 1_500,
      concurrency: 4,
      timeoutMs: 120_000,
    },
    color: 'auto',
  });
  expect(outsideJobsAndBudget(list).map(({key, text, origin}) => `${key}=${text} (${origin})`)).toEqual([
    'min_age=30m (default)',
    'keep_versions=all (default)',
    'summarizer=extractive (default)',
    'openai.base_url= (default)',
    'openai.model= (default)',
    'openai.api_key_env=OPENAI_API_KEY (default)',
    'openai.api_key_file= (default)',
    'openai.api_key_command= (default)',
    'openai.max_prompt_tokens=3500 (default)',
    'openai.max_answer_tokens=1500 (default)',
    'openai.reasoning_effort= (default)',
    'openai.concurrency=4 (default)',
    'openai.timeout=2m (default)',
    'color=auto (default)',
    'projects.alias={} (default)',
    'redact.patterns=[] (default)',
    'retention.tool_results=off (default)',
    'sync.peers=[] (default)',
    'sync.projects=[] (default)',
  ]);
});

test('a flag stands above the environment, the environment above the file, the file above the default', () => {
  write('color = "never"\nmin_age = "2h"\nkeep_versions = 3\n');
  const settings = loadSettings({color: 'always'}, {MEM_COLOR: 'never', MEM_MIN_AGE: '1d', MEM_INBOX_KEEP: ''}, path);
  const list = outsideJobsAndBudget(settings.list).filter(({key}) => !key.startsWith('openai.'));
  expect(list.map(({key, text, origin}) => [key, text, origin])).toEqual([
    ['min_age', '1d', 'environment'],
    ['keep_versions', '3', 'config.toml'],
    ['summarizer', 'extractive', 'default'],
    ['color', 'always', 'flag'],
    ['projects.alias', '{}', 'default'],
    ['redact.patterns', '[]', 'default'],
    ['retention.tool_results', 'off', 'default'],
    ['sync.peers', '[]', 'default'],
    ['sync.projects', '[]', 'default'],
  ]);
  expect(settings).toMatchObject({minAgeMs: 86_400_000, keepVersions: 3, color: 'always'});
});

test.each([
  // Of an older mem.
  ['inbox_keep = "forever"', {}],
  ['keep_versions = "all"', {keepVersions: undefined}],
  ['min_age = "45m"', {minAgeMs: 2_700_000}],
])('reads %s', (text, expected) => {
  write(text);
  expect(loadSettings({}, {}, path)).toMatchObject(expected);
});

test('the jobs are those of the design', () => {
  const minute = 60_000;
  const row = ({name, cron, timeZone, jitterMs, maxRunMs}: JobSettings) => [name, cron, timeZone, jitterMs / 1000, maxRunMs / minute];
  expect(loadSettings({}, {}, path).jobs.map(row)).toEqual([
    ['import', '0 */15 * * * *', undefined, 0, 30],
    ['sync', '0 */30 * * * *', undefined, 300, 30],
    ['rollup-segment', '0 */15 * * * *', undefined, 0, 30],
    ['rollup-day', '0 0 1 * * *', undefined, 300, 30],
    ['rollup-week', '0 0 2 * * 0', undefined, 300, 30],
    ['rollup-month', '0 0 3 1 * *', undefined, 300, 30],
    ['rollup-year', '0 0 5 1 1 *', undefined, 300, 30],
    ['retention', '0 30 4 * * *', undefined, 300, 60],
    ['compact', '0 0 4 * * 0', undefined, 600, 60],
  ]);
});

test('a job stands in a table of its own, and in the environment', () => {
  write('[jobs.rollup-day]\ncron = "30 2 * * *"\ntime_zone = "europe/berlin"\n\n[jobs.compact]\njitter = "0s"\n');
  const {jobs, list} = loadSettings({}, {MEM_JOBS_ROLLUP_DAY_JITTER: '90s', MEM_JOBS_COMPACT_TIME_LIMIT: '2h'}, path);
  expect(jobs[3]).toEqual({name: 'rollup-day', cron: '30 2 * * *', timeZone: 'Europe/Berlin', jitterMs: 90_000, maxRunMs: 1_800_000});
  expect(jobs[8]).toMatchObject({name: 'compact', jitterMs: 0, maxRunMs: 7_200_000});
  expect(list.filter(({origin}) => origin !== 'default').map(({key, origin}) => [key, origin])).toEqual([
    ['jobs.rollup-day.cron', 'config.toml'],
    ['jobs.rollup-day.time_zone', 'config.toml'],
    ['jobs.rollup-day.jitter', 'environment'],
    ['jobs.compact.jitter', 'config.toml'],
    ['jobs.compact.time_limit', 'environment'],
  ]);
});

test.each([
  ['cron', '0 1 * *'],
  ['cron', '0 0 1 * * * 2026'],
  ['cron', '0 1 * * $(true)'],
  ['cron', ''],
  ['time_zone', 'Mars/Olympus'],
  ['time_zone', '+02:00'],
  ['jitter', '13h'],
  ['jitter', '5'],
  ['time_limit', '59s'],
  ['time_limit', '25h'],
])('refuses "%s" of a job to be %j, naming it', (field, value) => {
  write(`[jobs.rollup-week]\n${field} = ${JSON.stringify(value)}\n`);
  const message = `jobs.rollup-week.${field} cannot be "${value}" (${path})`;
  expect(() => loadSettings({}, {}, path)).toThrowError(expect.objectContaining({code: 'CONFIG_INVALID', message}));
});

test.each([
  ['minage = "1h"', 'there is no setting "minage" in PATH', 'did you mean "min_age"?'],
  ['colour = "never"', 'there is no setting "colour" in PATH', 'did you mean "color"?'],
  ['[nonsense]\na = 1', 'there is no setting "nonsense" in PATH', 'see the settings with: mem config'],
  [
    'min_age = "29m"',
    'min_age cannot be "29m" (PATH)',
    'min_age is how long ago a period must have ended before it is rolled up; 30m or more',
  ],
  ['min_age = 30', 'min_age cannot be "30" (PATH)', 'min_age is how long ago a period must have ended before it is rolled up; 30m or more'],
  [
    'keep_versions = 0',
    'keep_versions cannot be "0" (PATH)',
    'keep_versions is how many versions of a node compact keeps: "all", or a number from 1',
  ],
  ['[color]\na = 1', 'color cannot be "{"a":1}" (PATH)', 'color is colour in text: "auto" (on a terminal), "always", "never"'],
  [
    'time_zone = "UTC"',
    'time_zone does not belong in PATH: the store keeps its own time zone',
    'remove it, then run: mem config set time_zone ZONE',
  ],
])('refuses %j', (text, message, hint) => {
  write(text);
  expect(() => loadSettings({}, {}, path)).toThrowError(
    expect.objectContaining({code: 'CONFIG_INVALID', message: message.replace('PATH', path), hint}),
  );
});

test('a file that is not TOML is named, and a bad variable too', () => {
  write('min_age = \n');
  expect(() => loadSettings({}, {}, path)).toThrowError(
    expect.objectContaining({code: 'CONFIG_INVALID', message: expect.stringContaining(`${path} is not TOML`)}),
  );
  write('');
  expect(() => loadSettings({}, {MEM_COLOR: 'blue'}, path)).toThrowError(
    expect.objectContaining({message: 'color cannot be "blue" (MEM_COLOR)'}),
  );
});

test('an unknown key is answered with the nearest one', () => {
  expect(() => parseSettingKey('keep_version')).toThrowError(expect.objectContaining({hint: 'did you mean "keep_versions"?'}));
});

test('the file lies where the platform keeps such files', () => {
  expect(configPath({HOME: '/home/ada'}, 'linux')).toBe('/home/ada/.config/mem/config.toml');
  expect(configPath({HOME: '/home/ada', XDG_CONFIG_HOME: '/etc/ada'}, 'linux')).toBe('/etc/ada/mem/config.toml');
  expect(configPath({HOME: '/home/ada', XDG_CONFIG_HOME: 'relative'}, 'linux')).toBe('/home/ada/.config/mem/config.toml');
  expect(configPath({HOME: '/Users/ada'}, 'darwin')).toBe('/Users/ada/Library/Application Support/mem/config.toml');
  expect(configPath({}, 'linux')).toBe(`${userInfo().homedir}/.config/mem/config.toml`);
});

test.each([
  ['', 'color = "never"\n'],
  ['# mine\nmin_age = "1h"', '# mine\nmin_age = "1h"\ncolor = "never"\n'],
  ['color="always"   # my terminal\r\nmin_age = "1h"\r\n', 'color = "never"   # my terminal\r\nmin_age = "1h"\r\n'],
  ["  color = 'a#b'#x\n", 'color = "never"#x\n'],
  ['# top\n[other]\ncolor = "always"\n', '# top\ncolor = "never"\n[other]\ncolor = "always"\n'],
])('sets a key in %j and leaves the rest as it was', (before, after) => {
  expect(setTomlKey(before, 'color', 'never')).toBe(after);
});

test.each([
  ['', '[jobs.rollup-day]\ncron = "0 1 * * *"\n'],
  ['color = "never"\n', 'color = "never"\n\n[jobs.rollup-day]\ncron = "0 1 * * *"\n'],
  ['[jobs.rollup-day]\ncron = "@daily" # early\n[other]\n', '[jobs.rollup-day]\ncron = "0 1 * * *" # early\n[other]\n'],
  ['[ jobs . "rollup-day" ]\njitter = 1\n\n[other]', '[ jobs . "rollup-day" ]\njitter = 1\ncron = "0 1 * * *"\n\n[other]\n'],
  ['[other]\ncron = 1\n', '[other]\ncron = 1\n\n[jobs.rollup-day]\ncron = "0 1 * * *"\n'],
  ['jobs = {rollup-day = {cron = "@daily"}}\n', undefined],
])('sets a key of a table in %j and leaves the rest as it was', (before, after) => {
  expect(setTomlKey(before, 'jobs.rollup-day.cron', '0 1 * * *')).toBe(after);
});

test('writes a list as one', () => {
  expect(setTomlKey('[openai]\napi_key_command = ["a", "b"]\n', 'openai.api_key_command', ['pass', 'show', 'a "key"'])).toBe(
    '[openai]\napi_key_command = [ "pass", "show", "a \\"key\\"" ]\n',
  );
});

test('does not touch a text of several lines that looks like the key', () => {
  expect(setTomlKey('a = """\ncolor = "x"\n"""\n', 'color', 'never')).toBeUndefined();
});

test('writes a new file for its owner only, and through a link', () => {
  writeConfigKeys(path, {keep_versions: 5});
  expect(readFileSync(path, 'utf8')).toBe('keep_versions = 5\n');
  expect(statSync(path).mode & 0o777).toBe(0o600);
  const link = join(folder, 'link.toml');
  symlinkSync(path, link);
  writeConfigKeys(link, {color: 'always'});
  expect(readFileSync(path, 'utf8')).toBe('keep_versions = 5\ncolor = "always"\n');
  expect(loadSettings({}, {}, link)).toMatchObject({keepVersions: 5, color: 'always'});
});
