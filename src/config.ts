import {homedir} from 'node:os';
import {configPath, readConfigFile, writeConfigKey} from './config-file.js';
import {closestWord} from './domain/closest-word.js';
import {PAUSE_MS} from './domain/segment.js';
import {MemError} from './errors.js';
import type {SettingsFile} from './operations/change-setting.js';

/** The one place that reads the environment (the ingest lane has its own). */
export const environment: Readonly<Record<string, string | undefined>> = process.env;

const MINUTE_MS = 60_000;
const UNITS_MS: Readonly<Record<string, number>> = {s: 1_000, m: MINUTE_MS, h: 60 * MINUTE_MS, d: 24 * 60 * MINUTE_MS};

export type Origin = 'flag' | 'environment' | 'config.toml' | 'default';

interface SettingKind<T> {
  readonly fallback: string;
  readonly about: string;
  /** @returns undefined when the text is no value of it */
  parse(text: string): {readonly value: T} | undefined;
}

function kind<T>(fallback: string, about: string, parse: SettingKind<T>['parse']): SettingKind<T> {
  return {fallback, about, parse};
}

function choice<T extends string>(fallback: T, values: readonly T[], about: string): SettingKind<T> {
  return kind(fallback, about, (text) => {
    const value = values.find((one) => one === text);
    return value === undefined ? undefined : {value};
  });
}

/** Every setting: its key in config.toml; in the environment it is `MEM_` and the key in upper case. */
const KINDS = {
  min_age: kind('30m', 'how long ago a period must have ended before it is rolled up; 30m or more', (text) => {
    const [, number, unit] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
    const value = Number(number) * (UNITS_MS[unit ?? ''] ?? Number.NaN);
    return value >= PAUSE_MS ? {value} : undefined;
  }),
  keep_versions: kind<number | undefined>('all', 'how many versions of a node compact keeps: "all", or a number from 1', (text) => {
    if (text === 'all') return {value: undefined};
    return /^[1-9]\d{0,5}$/.test(text) ? {value: Number(text)} : undefined;
  }),
  inbox_keep: kind<number | undefined>('30d', 'how long stored inbox files are kept in done/: days like "30d", or "forever"', (text) => {
    if (text === 'forever') return {value: undefined};
    return /^[1-9]\d{0,4}d$/.test(text) ? {value: Number.parseInt(text, 10)} : undefined;
  }),
  summarizer: choice('extractive', ['extractive'], 'what turns events into summaries: "extractive" (offline)'),
  color: choice('auto', ['auto', 'always', 'never'], 'colour in text: "auto" (on a terminal), "always", "never"'),
};

export type SettingKey = keyof typeof KINDS;
export const SETTING_KEYS: readonly SettingKey[] = ['min_age', 'keep_versions', 'inbox_keep', 'summarizer', 'color'];

export interface Setting {
  readonly key: SettingKey;
  /** As it was written. */
  readonly text: string;
  readonly origin: Origin;
  readonly about: string;
}

export interface Settings {
  readonly minAgeMs: number;
  /** Undefined: all. */
  readonly keepVersions: number | undefined;
  /** Undefined: for ever. */
  readonly inboxKeepDays: number | undefined;
  readonly summarizer: 'extractive';
  readonly color: 'auto' | 'always' | 'never';
  /** Each with where it comes from, for `mem config`. */
  readonly list: readonly Setting[];
}

/**
 * @param place where the key stands, as ` in …`; empty for one that was typed
 * @throws MemError CONFIG_INVALID when `key` is none, with the key that was probably meant
 */
export function parseSettingKey(key: string, place = ''): SettingKey {
  const known = SETTING_KEYS.find((one) => one === key);
  if (known !== undefined) return known;
  // The store's own can be got and set as they can, but does not belong into the file.
  const all = place === '' ? [...SETTING_KEYS, 'time_zone'] : SETTING_KEYS;
  const meant = closestWord(key, all);
  throw new MemError('CONFIG_INVALID', `there is no setting "${key}"${place}`, {
    hint: meant === undefined ? `the settings are ${all.join(', ')}; see them with: mem config` : `did you mean "${meant}"?`,
  });
}

function parseValue<T>(key: SettingKey, kind: SettingKind<T>, text: string, place: string): T {
  const parsed = kind.parse(text);
  if (parsed === undefined)
    throw new MemError('CONFIG_INVALID', `${key} cannot be "${text}" (${place})`, {hint: `${key} is ${kind.about}`});
  return parsed.value;
}

/** config.toml, for `mem config set`. */
export function openSettingsFile(env = environment, path = configFilePath()): SettingsFile {
  return {
    path,
    parse: (key, text) => {
      const known = parseSettingKey(key);
      const value = parseValue<unknown>(known, KINDS[known], text, 'as given');
      // In the file a number stands as one; a duration is a text.
      return typeof value === 'number' && text === String(value) ? value : text;
    },
    write: (key, value) => writeConfigKey(path, key, value),
    variableAbove: (key) => {
      const name = variableOf(key);
      return env[name] ? name : undefined;
    },
  };
}

function variableOf(key: string): string {
  return `MEM_${key.toUpperCase()}`;
}

/** Where config.toml lies on this platform, whether or not there is one. */
export function configFilePath(): string {
  return configPath(environment, process.platform, homedir());
}

/**
 * All settings: flags before `MEM_…` before config.toml before defaults.
 * @throws MemError CONFIG_INVALID for a file that cannot be read, an unknown key, a value that is none
 */
export function loadSettings(flags: Partial<Record<SettingKey, string | undefined>>, env = environment, path = configFilePath()): Settings {
  const file = readConfigFile(path);
  for (const key of Object.keys(file)) {
    if (key === 'time_zone') {
      throw new MemError('CONFIG_INVALID', `time_zone does not belong into ${path}: the store keeps its own`, {
        hint: 'take it out, then run: mem config set time_zone ZONE',
      });
    }
    parseSettingKey(key, ` in ${path}`);
  }
  const find = (key: SettingKey): {text: string; origin: Origin; place: string} => {
    const flag = flags[key];
    if (flag !== undefined) return {text: flag, origin: 'flag', place: `--${key}`};
    const name = variableOf(key);
    const variable = env[name];
    if (variable !== undefined && variable !== '') return {text: variable, origin: 'environment', place: name};
    const written = file[key];
    if (written !== undefined) return {text: textOf(written), origin: 'config.toml', place: path};
    return {text: KINDS[key].fallback, origin: 'default', place: 'default'};
  };
  const resolve = <T>(key: SettingKey, kind: SettingKind<T>): T => {
    const {text, place} = find(key);
    return parseValue(key, kind, text, place);
  };
  return {
    minAgeMs: resolve('min_age', KINDS.min_age),
    keepVersions: resolve('keep_versions', KINDS.keep_versions),
    inboxKeepDays: resolve('inbox_keep', KINDS.inbox_keep),
    summarizer: resolve('summarizer', KINDS.summarizer),
    color: resolve('color', KINDS.color),
    list: SETTING_KEYS.map((key) => ({key, text: find(key).text, origin: find(key).origin, about: KINDS[key].about})),
  };
}

/** What stands in the file may be a number; tables and lists are no value of any setting and fail as such. */
function textOf(written: unknown): string {
  return typeof written === 'string' || typeof written === 'number' || typeof written === 'bigint'
    ? String(written)
    : JSON.stringify(written);
}

/** The time zone of this machine, as text and unchecked. */
export function ownTimeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
