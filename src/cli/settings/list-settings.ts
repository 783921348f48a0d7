import {MemError} from '../../errors.js';
import {type SettingJson, settingsJson} from '../../json/settings-json.js';
import {readToday} from '../../operations/access/read-today.js';
import type {Mem} from '../../operations/mem.js';
import {ALIAS, aliasedProject} from '../../settings/alias-setting.js';
import {aliasesIn, configFilePath, parseSettingKey, type Settings} from '../../settings/config.js';
import {alignColumns, lineWidth, styled} from '../../text/line.js';
import {count} from '../../text/node-text.js';
import {widthOf, wrapText} from '../../text/width.js';
import type {Output} from '../frame/output.js';

/** The column of meanings is at least this wide. */
const MEANING_COLUMNS = 30;
const MEANING_MARGIN = 4;

const ZONE_ABOUT = 'the time zone in which the store cuts days, weeks and months';

export interface ListOptions {
  readonly json: boolean;
  /** Includes unchanged settings of jobs: they are many, and hardly anybody changes one. */
  readonly all: boolean;
}

/**
 * Prints the settings and where each comes from; as JSON always all of them.
 * @returns why the store's own setting could not be read; the others are printed all the same
 */
export async function listSettings(mem: Mem, settings: Settings, options: ListOptions, out: Output): Promise<MemError | undefined> {
  let fault: MemError | undefined;
  const zone = await zoneSetting(mem).catch((error: unknown): SettingJson => {
    if (!(error instanceof MemError)) throw error;
    fault = error;
    return {key: 'time_zone', value: null, origin: 'store, unread', about: ZONE_ABOUT};
  });
  printSettings([...settings.list.map(({key, text, origin, about}) => ({key, value: text, origin, about})), zone], mem.home, options, out);
  return fault;
}

function printSettings(list: readonly SettingJson[], home: string, {json, all}: ListOptions, out: Output): void {
  if (json) {
    out.json(settingsJson(configFilePath(), home, list), 'indented');
    return;
  }
  const shown = list.filter(({key, origin}) => all || origin !== 'default' || !key.startsWith('jobs.'));
  out.lines([[styled('dim', 'config.toml  '), configFilePath()], [styled('dim', 'home         '), home], []]);
  const rows = shown.map(({key, value, origin}) => [styled('bold', key), value ?? '-', origin, '']);
  const lines = alignColumns([['KEY', 'VALUE', 'FROM', ''].map((name) => styled('dim', name)), ...rows], widthOf);
  const indent = Math.max(...lines.slice(1).map(lineWidth));
  // Beside its setting, or below it on a narrow screen.
  const isBeside = out.columns - indent >= MEANING_COLUMNS;
  const margin = ' '.repeat(isBeside ? indent : MEANING_MARGIN);
  const wrapped = shown.map(({about}) => wrapText(about, Math.max(MEANING_COLUMNS, out.columns - margin.length)));
  const [head = [], ...settingLines] = lines;
  out.line(...(isBeside ? [...head, styled('dim', 'MEANING')] : head));
  for (const [at, line] of settingLines.entries()) {
    const meaning = wrapped[at] ?? [];
    const [first = '', ...rest] = isBeside ? meaning : ['', ...meaning];
    out.line(...line, styled('dim', first));
    for (const more of rest) out.line(margin, styled('dim', more));
  }
  const hidden = list.length - shown.length;
  if (hidden > 0)
    out.lines([[], [styled('dim', `${count(hidden, 'setting')} of jobs have their defaults; see them with: mem config --all`)]]);
}

/** @throws MemError CONFIG_INVALID for an unknown key */
export async function readSetting(mem: Mem, settings: Settings, key: string): Promise<SettingJson> {
  if (key === 'time_zone') return zoneSetting(mem);
  const project = aliasedProject(key);
  const known = project === undefined ? parseSettingKey(key) : ALIAS;
  const found = settings.list.find((setting) => setting.key === known);
  return {
    key,
    value: project === undefined ? (found?.text ?? null) : (aliasesIn(settings)[project] ?? null),
    origin: found?.origin ?? 'default',
    about: found?.about ?? '',
  };
}

async function zoneSetting(mem: Mem): Promise<SettingJson> {
  const common = {key: 'time_zone', about: ZONE_ABOUT};
  try {
    return {...common, value: (await readToday(mem)).timeZone, origin: 'store'};
  } catch (error) {
    if (error instanceof MemError && error.code === 'NO_STORE') return {...common, value: null, origin: 'no store yet'};
    throw error;
  }
}
