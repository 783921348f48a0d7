import type {SettingChange} from '../operations/settings/change-setting.js';
import type {ModelCheckReport} from '../operations/settings/check-model.js';

/** A setting as `--json` prints it. */
export interface SettingJson {
  readonly key: string;
  readonly value: string | null;
  readonly origin: string;
  readonly about: string;
}

/** The path of config.toml, and all settings. */
export function settingsJson(configFile: string, home: string, settings: readonly SettingJson[]): Record<string, unknown> {
  return {config_file: configFile, home, settings};
}

/** The change that was made, or would be made. */
export function changeJson(change: SettingChange, dryRun: boolean): Record<string, unknown> {
  switch (change.kind) {
    case 'file':
      return {key: change.key, value: change.value, config_file: change.path, dry_run: dryRun};
    case 'model':
      return {key: 'summarizer', value: 'openai', values: change.values, config_file: change.path, dry_run: dryRun};
    case 'zone': {
      const {from, to, events, sessionDays, nodes} = change.report;
      return {key: 'time_zone', value: to, from, events, session_days: sessionDays, nodes, dry_run: dryRun};
    }
    case 'same-zone': {
      const {timeZone} = change;
      return {key: 'time_zone', value: timeZone, from: timeZone, events: 0, session_days: 0, nodes: 0, dry_run: dryRun};
    }
  }
}

/** The outcome of a check; undefined: no model is configured. */
export function checkJson(report: ModelCheckReport | undefined): Record<string, unknown> {
  if (report === undefined) return {summarizer: 'extractive'};
  const {baseUrl, model, format, requests, tookMs} = report;
  const {host} = new URL(baseUrl);
  return {summarizer: 'openai', base_url: baseUrl, host, model, structured_output: format, requests, took_ms: tookMs};
}
