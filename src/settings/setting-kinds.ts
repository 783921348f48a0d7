import {PAUSE_MS} from '../domain/toc/segment.js';
import {BUDGET_KINDS} from './budget-settings.js';
import {JOB_SETTING_KINDS} from './job-setting-kinds.js';
import {OPENAI_KINDS} from './openai-settings.js';
import {choice, duration, kind, type SettingKind} from './setting-kind.js';

/**
 * Every setting by its key, in the order in which they are listed. `table.key` stands in config.toml as `key` under `[table]`; in the
 * environment a key is `MEM_` and itself in upper case, with `_` for what is no letter and no digit.
 */
export const SETTING_KINDS = {
  min_age: duration('30m', 'how long ago a period must have ended before it is rolled up; 30m or more', {leastMs: PAUSE_MS}),
  keep_versions: kind<number | undefined>('all', 'how many versions of a node compact keeps: "all", or a number from 1', (text) => {
    if (text === 'all') return {value: undefined};
    return /^[1-9]\d{0,5}$/.test(text) ? {value: Number(text)} : undefined;
  }),
  inbox_keep: kind<number | undefined>('30d', 'how long stored inbox files are kept in done/: days like "30d", or "forever"', (text) => {
    if (text === 'forever') return {value: undefined};
    return /^[1-9]\d{0,4}d$/.test(text) ? {value: Number.parseInt(text, 10)} : undefined;
  }),
  summarizer: choice(
    'extractive',
    ['extractive', 'openai'],
    'what turns events into summaries: "extractive" (offline), or "openai" (a model behind an endpoint)',
  ),
  ...OPENAI_KINDS,
  ...BUDGET_KINDS,
  color: choice('auto', ['auto', 'always', 'never'], 'colour in text: "auto" (on a terminal), "always", "never"'),
  ...JOB_SETTING_KINDS,
};

export type SettingKey = keyof typeof SETTING_KINDS;
/** What a setting is once it is parsed. */
export type SettingValue<K extends SettingKey> = (typeof SETTING_KINDS)[K] extends SettingKind<infer T> ? T : never;
export const SETTING_KEYS = Object.keys(SETTING_KINDS) as readonly SettingKey[];
