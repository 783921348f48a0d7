import {JOB_NAMES} from '../../domain/jobs/job.js';
import {canonicalTimeZone} from '../../domain/time/time-zone.js';
import {MemError} from '../../errors.js';
import type {SettingsFile, WrittenValue} from '../../settings/settings-file.js';
import {readToday} from '../access/read-today.js';
import type {Mem} from '../mem.js';
import {checkCron} from '../schedule/check-jobs.js';
import {assertHasFiles} from '../sync/home-peer.js';
import {changeTimeZone, type ZoneChangeReport} from './change-time-zone.js';
import {chooseModel, type ModelChange, type ModelChoice} from './choose-model.js';

export type SettingChange =
  | {
      readonly kind: 'file';
      readonly key: string;
      readonly value: WrittenValue;
      readonly path: string;
      readonly variableAbove: string | undefined;
    }
  | ModelChange
  | {readonly kind: 'zone'; readonly report: ZoneChangeReport}
  | {readonly kind: 'same-zone'; readonly timeZone: string};

/**
 * Sets a key in config.toml, or the store's time zone. Setting the present zone again changes nothing.
 * @param model the settings that belong to the summarizer "openai"
 * @throws MemError CONFIG_INVALID, also for a cron expression that is never due; USAGE when the value is not a time zone; NOT_WRITTEN; errors of `changeTimeZone`
 */
export async function changeSetting(
  mem: Mem,
  file: SettingsFile,
  {key, text, dryRun, model = {}}: {readonly key: string; readonly text: string; readonly dryRun: boolean; readonly model?: ModelChoice},
): Promise<SettingChange> {
  if (key === 'summarizer' && text === 'openai') return chooseModel(file, model, dryRun);
  if (Object.values(model).some((value) => value !== undefined)) {
    throw new MemError('USAGE', 'the flags of a model belong to: mem config set summarizer openai', {hint: 'see: mem config set --help'});
  }
  // The store keeps this setting.
  if (key === 'time_zone') return changeZone(mem, parseTimeZone(text), dryRun);
  const value = file.parse(key, text);
  const job = JOB_NAMES.find((name) => key === `jobs.${name}.cron`);
  // Other values are checked on their own. A cron expression needs a parser, which is loaded only for it.
  if (job !== undefined) checkCron(await mem.cronSlots(), {name: job, cron: text});
  if (key === 'redact.patterns' && Array.isArray(value)) {
    const {check, write} = await mem.ownRules();
    const rules = check(value);
    // First: what is in the file and not in the home would seem to be applied.
    if (!dryRun) write(rules);
  }
  if (key === 'sync.peers' && Array.isArray(value) && value.length > 0) {
    assertHasFiles(mem);
    (await mem.openSync()).checkPeers(value);
  }
  if (!dryRun) file.write({[key]: value});
  return {kind: 'file', key, value, path: file.path, variableAbove: file.variableAbove(key)};
}

async function changeZone(mem: Mem, timeZone: string, dryRun: boolean): Promise<SettingChange> {
  if ((await readToday(mem)).timeZone === timeZone) return {kind: 'same-zone', timeZone};
  return {kind: 'zone', report: await changeTimeZone(mem, timeZone, {dryRun})};
}

/** The zone in `text`, in the IANA database's spelling. @throws MemError USAGE when it is not an IANA time zone */
export function parseTimeZone(text: string): string {
  const timeZone = canonicalTimeZone(text);
  if (timeZone !== undefined) return timeZone;
  throw new MemError('USAGE', `"${text}" is not an IANA time zone`, {hint: 'name one such as Europe/Berlin, America/New_York or UTC'});
}
