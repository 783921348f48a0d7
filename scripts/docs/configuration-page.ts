import {JOB_NAMES} from '../../src/domain/jobs/job.js';
import {variableOf} from '../../src/settings/config.js';
import {configPath} from '../../src/settings/config-path.js';
import {SETTING_KEYS, SETTING_KINDS, type SettingKey} from '../../src/settings/setting-kinds.js';
import {code, codeBlock, page, plain, table} from './markdown.js';

const JOB_KEYS = ['cron', 'time_zone', 'jitter', 'time_limit', 'on_failure'] as const;

/** docs/configuration.md: every setting with its default, its variable and its meaning. */
export function configurationPage(): string {
  const isOf = (prefix: string) => (key: SettingKey) => key.startsWith(prefix);
  const general = SETTING_KEYS.filter((key) => !key.includes('.'));
  return page('Configuration', [
    '`mem config` lists all settings and where each value comes from; `mem config set KEY VALUE` changes one and leaves the rest of the file as it is. A flag stands above the environment, the environment above `config.toml`, `config.toml` above the default. An unknown key is an error, with a suggestion.',
    table(
      ['system', 'path of config.toml'],
      [
        [
          'Linux',
          `${code(configPath({HOME: '/~'}, 'linux').slice(1))}, or ${code(configPath({XDG_CONFIG_HOME: '/X'}, 'linux').replace('/X', '$XDG_CONFIG_HOME'))}`,
        ],
        ['macOS', code(configPath({HOME: '/~'}, 'darwin').slice(1))],
      ],
    ),
    'A key with a dot stands in a table of the file:',
    codeBlock(
      [
        'min_age = "1h"',
        '',
        '[openai]',
        'model = "qwen3:8b"',
        '',
        '[jobs.rollup-day]',
        `cron = "${SETTING_KINDS['jobs.rollup-day.cron'].fallback}"`,
      ],
      'toml',
    ),
    `## General\n\n${settingTable(general)}`,
    '`time_zone` is not a key of the file: each store keeps its own. `mem config get time_zone` shows it, `mem config set time_zone ZONE` changes it and marks everything to be made again.',
    `## Summaries by a model\n\nNo value is ever the key itself, only the place of it.\n\n${settingTable(SETTING_KEYS.filter(isOf('openai.')))}`,
    `## A database for the memory\n\nSee [teams](teams.md). No value is ever the password itself, only the place of it.\n\n${settingTable(SETTING_KEYS.filter(isOf('store.')))}`,
    `## Budget\n\nA day is one of the store's time zone.\n\n${settingTable(SETTING_KEYS.filter(isOf('budget.')))}`,
    `## Conversations of agents\n\nWhat \`mem import\` reads. A file \`.memignore\` at a project's root keeps that project out, whichever agent works there.\n\n${settingTable([...SETTING_KEYS.filter(isOf('sources.')), ...SETTING_KEYS.filter(isOf('projects.')), ...SETTING_KEYS.filter(isOf('redact.'))])}`,
    `## Retention\n\nOff, unless you set an age. [Forgetting](forgetting.md) says what it takes and what it leaves.\n\n${settingTable(SETTING_KEYS.filter(isOf('retention.')))}`,
    `## Other machines\n\nSee [several machines](sync.md).\n\n${settingTable(SETTING_KEYS.filter(isOf('sync.')))}`,
    `## Jobs\n\nEach job has these settings:\n\n${table(
      ['key', 'meaning'],
      JOB_KEYS.map((key) => [code(`jobs.JOB.${key}`), plain(SETTING_KINDS[`jobs.rollup-day.${key}`].about)]),
    )}`,
    table(
      ['job', ...JOB_KEYS.map((key) => `default ${code(key)}`), 'variables'],
      JOB_NAMES.map((name) => [
        code(name),
        ...JOB_KEYS.map((key) => SETTING_KINDS[`jobs.${name}.${key}`].fallback).map((fallback) =>
          fallback === '' ? 'none' : code(fallback),
        ),
        code(`${variableOf(`jobs.${name}.`)}…`),
      ]),
    ),
    `## Other variables of the environment\n\n${table(
      ['variable', 'meaning'],
      [
        [code('MEM_HOME'), "mem's home, the folder with the inbox and the store; `--store` stands above it"],
        [code('XDG_DATA_HOME'), 'on Linux the folder in which the home `mem` lies; default: `~/.local/share`'],
        [code('XDG_CONFIG_HOME'), 'the folder in which `mem/config.toml` lies'],
        [code('NO_COLOR'), 'no colour in text, unless `--color=always`'],
        [code('FORCE_COLOR'), 'colour in text, even where it is not a terminal, unless `--color=never` or `NO_COLOR`'],
        [code('COLUMNS'), 'the width of the screen'],
      ],
    )}`,
  ]);
}

function settingTable(keys: readonly SettingKey[]): string {
  return table(
    ['key', 'default', 'variable', 'meaning'],
    keys.map((key) => {
      const {fallback, about} = SETTING_KINDS[key];
      return [code(key), fallback === '' ? 'none' : code(fallback), code(variableOf(key)), plain(about)];
    }),
  );
}
