import {PAUSE_MS} from '../domain/toc/segment.js';
import {ALIAS, ALIAS_KIND} from './alias-setting.js';
import {BUDGET_KINDS} from './budget-settings.js';
import {JOB_SETTING_KINDS} from './job-setting-kinds.js';
import {OPENAI_KINDS} from './openai-settings.js';
import {REDACT_PATTERNS, REDACT_PATTERNS_KIND} from './redact-setting.js';
import {RETENTION, RETENTION_KIND} from './retention-setting.js';
import {choice, duration, kind, type SettingKind} from './setting-kind.js';
import {SOURCE_KINDS} from './source-settings.js';
import {STORE_KINDS} from './store-settings.js';
import {SYNC_PEERS, SYNC_PEERS_KIND, SYNC_PROJECTS, SYNC_PROJECTS_KIND} from './sync-setting.js';

/**
 * Every setting by its key, in the order of lists. In config.toml `table.key` is `key` under `[table]`. In the environment a key is
 * `MEM_` and the key in upper case, with `_` for every character that is not a letter or a digit.
 */
export const SETTING_KINDS = {
  min_age: duration('30m', 'how long ago a period must have ended before it is rolled up; 30m or more', {leastMs: PAUSE_MS}),
  keep_versions: kind<number | undefined>('all', 'how many versions of a node compact keeps: "all", or a number from 1', (text) => {
    if (text === 'all') return {value: undefined};
    return /^[1-9]\d{0,5}$/.test(text) ? {value: Number(text)} : undefined;
  }),
  summarizer: choice(
    'extractive',
    ['extractive', 'openai'],
    'what turns events into summaries: "extractive" (offline), or "openai" (a model behind an endpoint)',
  ),
  ...STORE_KINDS,
  ...OPENAI_KINDS,
  ...BUDGET_KINDS,
  color: choice('auto', ['auto', 'always', 'never'], 'colour in text: "auto" (on a terminal), "always", "never"'),
  ...SOURCE_KINDS,
  [ALIAS]: ALIAS_KIND,
  [REDACT_PATTERNS]: REDACT_PATTERNS_KIND,
  [RETENTION]: RETENTION_KIND,
  [SYNC_PEERS]: SYNC_PEERS_KIND,
  [SYNC_PROJECTS]: SYNC_PROJECTS_KIND,
  ...JOB_SETTING_KINDS,
};

export type SettingKey = keyof typeof SETTING_KINDS;
/** The type of a parsed setting. */
export type SettingValue<K extends SettingKey> = (typeof SETTING_KINDS)[K] extends SettingKind<infer T> ? T : never;
export const SETTING_KEYS = Object.keys(SETTING_KINDS) as readonly SettingKey[];
