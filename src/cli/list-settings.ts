import {checkSetting, configFilePath, environment, parseSettingKey, type Settings} from '../config.js';
import {writeConfigKey} from '../config-file.js';
import {isTimeZone} from '../domain/time-zone.js';
import {MemError} from '../errors.js';
import {changeTimeZone} from '../operations/change-time-zone.js';
import type {Mem} from '../operations/mem.js';
import {readToday} from '../operations/read-today.js';
import {alignColumns, styled} from './line.js';
import type {Output} from './output.js';
import {count} from './tree-text.js';
import {widthOf} from './width.js';

/** A setting as `--json` prints it. */
export interface ShownSetting {
  readonly key: string;
  readonly value: string | null;
  readonly origin: string;
  readonly about: string;
}

const ZONE_ABOUT = 'the time zone in which the store cuts days, weeks and months';

/** Prints all settings and where each comes from. */
export async function listSettings(mem: Mem, settings: Settings, json: boolean, out: Output): Promise<void> {
  const shown = [...settings.list.map(({key, text, origin, about}) => ({key, value: text, origin, about})), await zoneSetting(mem)];
  if (json) {
    out.json({config_file: configFilePath(), home: mem.home, settings: shown}, 'indented');
    return;
  }
  out.lines([[styled('dim', 'config.toml  '), configFilePath()], [styled('dim', 'home         '), mem.home], []]);
  out.lines(
    alignColumns(
      [
        ['KEY', 'VALUE', 'FROM', 'MEANING'].map((name) => styled('dim', name)),
        ...shown.map(({key, value, origin, about}) => [styled('bold', key), value ?? '-', origin, styled('dim', about)]),
      ],
      widthOf,
    ),
  );
}

/** @throws MemError CONFIG_INVALID for an unknown key */
export async function readSetting(mem: Mem, {list}: Settings, key: string): Promise<ShownSetting> {
  if (key === 'time_zone') return zoneSetting(mem);
  const known = parseSettingKey(key);
  const found = list.find((setting) => setting.key === known);
  return {key, value: found?.text ?? null, origin: found?.origin ?? 'default', about: found?.about ?? ''};
}

async function zoneSetting(mem: Mem): Promise<ShownSetting> {
  const common = {key: 'time_zone', about: ZONE_ABOUT};
  try {
    return {...common, value: (await readToday(mem)).timeZone, origin: 'store'};
  } catch (error) {
    if (error instanceof MemError && error.code === 'NO_STORE') return {...common, value: null, origin: 'no store yet'};
    throw error;
  }
}

/** What was changed: for people as `lines`, the rest for programs. */
export interface ChangedSetting extends Record<string, unknown> {
  readonly lines: readonly string[];
}

/** Sets a key in config.toml, or the zone of the store. @throws MemError CONFIG_INVALID, USAGE, NOT_WRITTEN; of `changeTimeZone` */
export async function changeSetting(mem: Mem, key: string, value: string, dryRun: boolean): Promise<ChangedSetting> {
  if (key === 'time_zone') return changeZone(mem, parseTimeZone(value), dryRun);
  const known = parseSettingKey(key);
  checkSetting(known, value);
  const path = configFilePath();
  const stored = known === 'keep_versions' && value !== 'all' ? Number(value) : value;
  if (!dryRun) writeConfigKey(path, known, stored);
  const lines = [dryRun ? `Would set ${known} = ${JSON.stringify(stored)} in ${path}` : `${known} = ${JSON.stringify(stored)} in ${path}`];
  const variable = `MEM_${known.toUpperCase()}`;
  if (environment[variable]) lines.push(`but ${variable} is set in the environment, which stands above it`);
  return {lines, key: known, value: stored, config_file: path, dry_run: dryRun};
}

async function changeZone(mem: Mem, timeZone: string, dryRun: boolean): Promise<ChangedSetting> {
  const {from, to, events, sessionDays, nodes} = await changeTimeZone(mem, timeZone, {dryRun});
  const cost = `${count(events, 'event')}, ${count(sessionDays, 'session-day')} and ${count(nodes, 'node')} to be made again`;
  const lines = dryRun
    ? [`Would change the time zone from ${from} to ${to}: ${cost}.`]
    : [`The time zone is ${to}, no longer ${from}: ${cost}.`, 'Make them now with: mem rollup'];
  return {lines, key: 'time_zone', value: to, from, events, session_days: sessionDays, nodes, dry_run: dryRun};
}

/** @throws MemError USAGE when `text` is no IANA time zone */
export function parseTimeZone(text: string): string {
  if (isTimeZone(text)) return text;
  throw new MemError('USAGE', `"${text}" is not an IANA time zone`, {hint: 'name one such as Europe/Berlin, America/New_York or UTC'});
}
