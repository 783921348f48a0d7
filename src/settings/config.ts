import {homedir} from 'node:os';
import {JOB_NAMES, type JobSettings} from '../domain/jobs/job.js';
import type {OpenAiSettings} from '../domain/model/openai-settings.js';
import type {BudgetLimits} from '../domain/rollup/budget.js';
import {MemError} from '../errors.js';
import {closestWord} from '../language/closest-word.js';
import {budgetLimits} from './budget-settings.js';
import {configPath, readConfigFile, writeConfigKeys} from './config-file.js';
import {openAiSettings} from './openai-settings.js';
import type {SettingKind} from './setting-kind.js';
import {SETTING_KEYS, SETTING_KINDS, type SettingKey, type SettingValue} from './setting-kinds.js';
import type {SettingsFile} from './settings-file.js';

/** The one place that reads the environment (the ingest lane has its own). */
export const environment: Readonly<Record<string, string | undefined>> = process.env;

export type Origin = 'flag' | 'environment' | 'config.toml' | 'default';

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
  readonly summarizer: 'extractive' | 'openai';
  readonly openai: OpenAiSettings;
  readonly budget: BudgetLimits;
  readonly color: 'auto' | 'always' | 'never';
  /** In the order of JOB_NAMES. Their cron expressions are not parsed yet: see `checkJobs`. */
  readonly jobs: readonly JobSettings[];
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
  const meant = closestWord(key, place === '' ? [...SETTING_KEYS, 'time_zone'] : SETTING_KEYS);
  throw new MemError('CONFIG_INVALID', `there is no setting "${key}"${place}`, {
    hint: meant === undefined ? 'see the settings with: mem config' : `did you mean "${meant}"?`,
  });
}

function parseValue<T>(key: SettingKey, kind: SettingKind<T>, text: string, place: string): T {
  const parsed = kind.parse(text);
  if (parsed === undefined)
    throw new MemError('CONFIG_INVALID', `${key} cannot be ${kind.isHidden ? 'what stands there' : `"${text}"`} (${place})`, {
      hint: `${key} is ${kind.about}`,
    });
  return parsed.value;
}

/** config.toml, for `mem config set`. */
export function openSettingsFile(env = environment, path = configFilePath()): SettingsFile {
  return {
    path,
    parse: (key, text) => {
      const known = parseSettingKey(key);
      const value = parseValue<unknown>(known, SETTING_KINDS[known], text, 'as given');
      // In the file a number and a list stand as such; a duration is a text.
      if (Array.isArray(value)) return value as readonly string[];
      return typeof value === 'number' && text === String(value) ? value : text;
    },
    write: (values) => writeConfigKeys(path, values),
    find: (key) => {
      const {list} = loadSettings({}, env, path);
      return list.find((setting) => setting.key === key)?.text ?? '';
    },
    variableAbove: (key) => {
      const name = variableOf(key);
      return env[name] ? name : undefined;
    },
  };
}

/** The variable of the environment that holds a setting. */
export function variableOf(key: string): string {
  return `MEM_${key.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}`;
}

/** The settings that variables of this shell make, and that a scheduler's runs do not see. */
export function shellOnlySettings({list}: Pick<Settings, 'list'>): readonly {readonly key: SettingKey; readonly variable: string}[] {
  return list.filter(({origin}) => origin === 'environment').map(({key}) => ({key, variable: variableOf(key)}));
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
  const file = flatten(readConfigFile(path));
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
    return {text: SETTING_KINDS[key].fallback, origin: 'default', place: 'default'};
  };
  const resolve = <K extends SettingKey>(key: K): SettingValue<K> => {
    const {text, place} = find(key);
    return parseValue(key, SETTING_KINDS[key] as SettingKind<SettingValue<K>>, text, place);
  };
  return {
    minAgeMs: resolve('min_age'),
    keepVersions: resolve('keep_versions'),
    inboxKeepDays: resolve('inbox_keep'),
    summarizer: resolve('summarizer'),
    budget: budgetLimits(resolve),
    openai: openAiSettings(resolve),
    color: resolve('color'),
    jobs: JOB_NAMES.map((name) => ({
      name,
      cron: resolve(`jobs.${name}.cron`),
      timeZone: resolve(`jobs.${name}.time_zone`),
      jitterMs: resolve(`jobs.${name}.jitter`),
      maxRunMs: resolve(`jobs.${name}.time_limit`),
    })),
    list: SETTING_KEYS.map((key) => ({key, text: find(key).text, origin: find(key).origin, about: SETTING_KINDS[key].about})),
  };
}

/** `[table]` with `key` as `table.key`, where the table is not itself a setting: then it is a value that fails as such. */
function flatten(table: Readonly<Record<string, unknown>>, prefix = ''): Readonly<Record<string, unknown>> {
  const flat: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(table)) {
    const key = prefix + name;
    const isTable = typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
    const holdsSettings = SETTING_KEYS.some((one) => one.startsWith(`${key}.`));
    if (isTable && holdsSettings) Object.assign(flat, flatten(value as Readonly<Record<string, unknown>>, `${key}.`));
    else flat[key] = value;
  }
  return flat;
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
