import type {SettingChange} from '../../operations/settings/change-setting.js';
import type {Line} from '../../text/line.js';
import {count} from '../../text/node-text.js';

/** mem does not change a scheduler's entries behind the user's back. */
const TELL_SCHEDULER = 'If a schedule is installed, update it with: mem install-schedule';

/** The change that was made, or would be made. */
export function changeLines(change: SettingChange, dryRun: boolean): readonly Line[] {
  switch (change.kind) {
    case 'file': {
      const {key, value, path, variableAbove} = change;
      const setting = `${key} = ${JSON.stringify(value)} in ${path}`;
      const lines: Line[] = [[dryRun ? `Would set ${setting}` : setting]];
      if (!dryRun && key.startsWith('jobs.')) lines.push([TELL_SCHEDULER]);
      if (variableAbove !== undefined) lines.push([`but ${variableAbove} is set in the environment, which wins`]);
      return lines;
    }
    case 'model': {
      const {values, path, baseUrl, variablesAbove} = change;
      const settings = Object.entries(values).map(
        ([key, value]): Line => [`${dryRun ? 'Would set ' : ''}${key} = ${JSON.stringify(value)}`],
      );
      const above = variablesAbove.map((name): Line => [`but ${name} is set in the environment, which wins`]);
      const done: Line[] = dryRun ? [] : [[`Written to ${path}.`], [`From now on rollups send text of your events to ${baseUrl}`]];
      return [...settings, ...above, ...done, ...(dryRun ? [] : [['Try it with: mem config check']])];
    }
    case 'zone': {
      const {from, to, events, sessionDays, nodes} = change.report;
      const cost = `${count(events, 'event')}, ${count(sessionDays, 'session-day')} and ${count(nodes, 'node')} to be made again`;
      if (dryRun) return [[`Would change the time zone from ${from} to ${to}: ${cost}.`]];
      return [[`The time zone is ${to}, no longer ${from}: ${cost}.`], ['Make them now with: mem rollup'], [TELL_SCHEDULER]];
    }
    case 'same-zone':
      return [[`The time zone is already ${change.timeZone}: nothing to change.`]];
  }
}
