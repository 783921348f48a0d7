import {OWN_NAMES, type ProjectNames, projectNames} from '../domain/event/project-names.js';
import {JOB_NAMES, type JobSettings} from '../domain/jobs/job.js';
import type {OpenAiSettings} from '../domain/model/openai-settings.js';
import type {BudgetLimits} from '../domain/rollup/budget.js';
import {MemError} from '../errors.js';
import {closestWord} from '../language/closest-word.js';
import {ALIAS, parseAlias} from './alias-setting.js';
import {budgetLimits} from './budget-settings.js';
import {readConfigFile} from './config-file.js';
import {configPath, mayNameDatabase} from './config-path.js';
import {openAiSettings} from './openai-settings.js';
import {REDACT_PATTERNS} from './redact-setting.js';
import {RETENTION, type RetentionAge} from './retention-setting.js';
import type {SettingKind} from './setting-kind.js';
import {SETTING_KEYS, SETTING_KINDS, type SettingKey, type SettingValue} from './setting-kinds.js';
import {flatten, textOf} from './setting-texts.js';
import {type SourceSettings, sourceSettings} from './source-settings.js';
import {NO_DATABASE, type StoreSettings, storeSettings} from './store-settings.js';
import {SYNC_PEERS, SYNC_PROJECTS, type SyncSettings} from './sync-setting.js';

/** Nothing else reads the environment (only the ingest lane has its own way). */
export const environment: Readonly<Record<string, string | undefined>> = process.env;

export type Origin = 'flag' | 'environment' | 'config.toml' | 'default';

export interface Setting {
  readonly key: SettingKey;
  /** As the user wrote it. */
  readonly text: string;
  readonly origin: Origin;
  readonly about: string;
}

export interface Settings {
  readonly minAgeMs: number;
  /** Undefined keeps all. */
  readonly keepVersions: number | undefined;
  /** Undefined keeps them for ever. */
  readonly summarizer: 'extractive' | 'openai';
  readonly database: StoreSettings;
  readonly openai: OpenAiSettings;
  readonly budget: BudgetLimits;
  readonly sources: SourceSettings;
  /** Projects that are read under another name. */
  readonly projectNames: ProjectNames;
  /** The user's own patterns of secrets. The home holds those that are applied. */
  readonly redactPatterns: readonly string[];
  /** Undefined: tool results keep their texts for ever. */
  readonly toolResultsAge: RetentionAge | undefined;
  /** Folders and addresses to sync with, as they are set. */
  readonly sync: SyncSettings;
  readonly color: 'auto' | 'always' | 'never';
  /** In the order of JOB_NAMES. Their cron expressions are not parsed yet: see `checkJobs`. */
  readonly jobs: readonly JobSettings[];
  /** Each with its origin, for `mem config`. */
  readonly list: readonly Setting[];
}

/**
 * @param place where the key stands, as ` in …`; empty for a key that was typed
 * @throws MemError CONFIG_INVALID when `key` is not a setting, with the key that was probably meant
 */
export function parseSettingKey(key: string, place = ''): SettingKey {
  const known = SETTING_KEYS.find((name) => name === key);
  if (known !== undefined) return known;
  // `mem config` gets and sets the store's time zone like a setting, but it does not belong in the file.
  const meant = closestWord(key, place === '' ? [...SETTING_KEYS, 'time_zone'] : SETTING_KEYS);
  throw new MemError('CONFIG_INVALID', `there is no setting "${key}"${place}`, {
    hint: meant === undefined ? 'see the settings with: mem config' : `did you mean "${meant}"?`,
  });
}

/** @param place where the text stands, for the message @throws MemError CONFIG_INVALID */
export function parseValue<T>(key: SettingKey, kind: SettingKind<T>, text: string, place: string): T {
  const parsed = kind.parse(text);
  if (parsed === undefined)
    throw new MemError('CONFIG_INVALID', `${key} cannot be ${kind.isHidden ? 'the given value' : `"${text}"`} (${place})`, {
      hint: `${key} is ${kind.about}`,
    });
  return parsed.value;
}

/** By the name of a project, that under which it is read. */
export function aliasesIn({list}: Pick<Settings, 'list'>): Readonly<Record<string, string>> {
  return parseAlias(list.find(({key}) => key === ALIAS)?.text ?? '') ?? {};
}

/** The variable of the environment that holds a setting. */
export function variableOf(key: string): string {
  return `MEM_${key.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}`;
}

/** The settings that come from variables of this shell. Runs of a scheduler do not see them. */
export function shellOnlySettings({list}: Pick<Settings, 'list'>): readonly {readonly key: SettingKey; readonly variable: string}[] {
  return list.filter(({origin}) => origin === 'environment').map(({key}) => ({key, variable: variableOf(key)}));
}

/** The path of config.toml on this platform, whether or not the file exists. */
export function configFilePath(): string {
  return configPath(environment, process.platform);
}

type Flags = Partial<Record<SettingKey, string | undefined>>;

/**
 * All settings: flags before `MEM_…` before config.toml before defaults.
 * @throws MemError CONFIG_INVALID for a file that cannot be read, an unknown key, an invalid value
 */
export function loadSettings(flags: Flags, env = environment, path = configFilePath()): Settings {
  return settingsFrom(flags, env, path, strictly);
}

/** The same for who must work whatever the settings are: what is wrong has its default, and each fault is told. */
export function loadValidSettings(
  flags: Flags,
  env = environment,
  path = configFilePath(),
): {readonly settings: Settings; readonly faults: readonly MemError[]} {
  const faults: MemError[] = [];
  const settings = settingsFrom(flags, env, path, (work, otherwise) => {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof MemError)) throw error;
      faults.push(error);
      return otherwise();
    }
  });
  // A fault of the database's has no default: whoever opens the memory hears of it.
  return {
    settings: {...settings, database: loadDatabaseSettings(env, path)},
    faults: faults.filter(({message}) => !message.startsWith('store.')),
  };
}

/** Where the memory is, for who reads nothing else, whatever the other settings are. A memory in another place is never taken for it. */
export function loadDatabaseSettings(env = environment, path = configFilePath()): StoreSettings {
  try {
    const file = mayNameDatabase(env, path) ? flatten(readConfigFile(path)) : {};
    return storeSettings(resolverOf(file, {}, env, path, strictly).resolve);
  } catch (error) {
    if (!(error instanceof MemError)) throw error;
    return {...NO_DATABASE, fault: error};
  }
}

/** Does `work`; where that throws, either throws or does `otherwise`. */
type Attempt = <T>(work: () => T, otherwise: () => T) => T;
const strictly: Attempt = (work) => work();

function settingsFrom(flags: Flags, env: typeof environment, path: string, attempt: Attempt): Settings {
  const file = attempt<Readonly<Record<string, unknown>>>(
    () => flatten(readConfigFile(path)),
    () => ({}),
  );
  for (const key of Object.keys(file)) {
    attempt(
      () => checkKey(key, path),
      () => undefined,
    );
  }
  const {find, resolve} = resolverOf(file, flags, env, path, attempt);
  return {
    minAgeMs: resolve('min_age'),
    keepVersions: resolve('keep_versions'),
    summarizer: resolve('summarizer'),
    database: storeSettings(resolve),
    budget: budgetLimits(resolve),
    openai: openAiSettings(resolve),
    sources: sourceSettings(resolve),
    projectNames: projectNames(resolve(ALIAS)) ?? OWN_NAMES,
    redactPatterns: resolve(REDACT_PATTERNS),
    toolResultsAge: resolve(RETENTION),
    sync: {peers: resolve(SYNC_PEERS), projects: resolve(SYNC_PROJECTS)},
    color: resolve('color'),
    jobs: JOB_NAMES.map((name) => ({
      name,
      cron: resolve(`jobs.${name}.cron`),
      timeZone: resolve(`jobs.${name}.time_zone`),
      jitterMs: resolve(`jobs.${name}.jitter`),
      maxRunMs: resolve(`jobs.${name}.time_limit`),
      onFailure: resolve(`jobs.${name}.on_failure`),
    })),
    list: SETTING_KEYS.map((key) => ({key, text: find(key).text, origin: find(key).origin, about: SETTING_KINDS[key].about})),
  };
}

/** Finds the text of a setting, or parses it. */
function resolverOf(file: Readonly<Record<string, unknown>>, flags: Flags, env: typeof environment, path: string, attempt: Attempt) {
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
    const kind = SETTING_KINDS[key] as SettingKind<SettingValue<K>>;
    return attempt(
      () => parseValue(key, kind, text, place),
      () => parseValue(key, kind, kind.fallback, 'default'),
    );
  };
  return {find, resolve};
}

function checkKey(key: string, path: string): void {
  // Of an older mem, which kept drained files for a while: the journal keeps all events.
  if (key === 'inbox_keep') return;
  if (key === 'time_zone') {
    throw new MemError('CONFIG_INVALID', `time_zone does not belong in ${path}: the store keeps its own time zone`, {
      hint: 'remove it, then run: mem config set time_zone ZONE',
    });
  }
  parseSettingKey(key, ` in ${path}`);
}

/** The time zone of this machine, as text and unchecked. */
export function ownTimeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
