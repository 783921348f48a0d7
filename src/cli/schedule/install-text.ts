import {Calendar} from '../../domain/time/period.js';
import {actionOf, type EntryAction} from '../../json/install-json.js';
import type {InstallReport, NextSlot} from '../../operations/schedule/install-schedule.js';
import type {Entry, EntryChange, InstalledSchedule} from '../../scheduling/scheduler.js';
import {type Line, styled} from '../../text/line.js';
import {count} from '../../text/node-text.js';
import {durationText} from './job-text.js';
import {driftText} from './schedule-text.js';

const DONE = {create: 'wrote', change: 'changed', remove: 'removed'} as const;
/** Up to this many files of one folder are named. */
const FEW = 3;
const WOULD = {create: 'would write', change: 'would change', remove: 'would remove'} as const;

/** What was installed, and when the jobs run next. @param warnings of what this shell has and the jobs will not have */
export function installLines({installed, planned, timeZone, next}: InstallReport, warnings: readonly string[]): readonly Line[] {
  const what = `${count(installed.jobs.length, 'job')}, ${installed.label}, schedule ${installed.scheduleId}`;
  const isDone = planned.changes.length === 0 && planned.fault === undefined;
  const lines: Line[] = [[isDone ? `Already installed and up to date (${what}).` : `Installed (${what}).`]];
  lines.push(...changeLines(planned.changes, DONE).map((line): Line => [`  ${line}`]));
  if (planned.fault !== undefined) lines.push([`  switched on again: ${planned.fault}`]);
  const width = Math.max(0, ...next.map(({job}) => job.length));
  lines.push([`Next, in ${timeZone}:`], ...next.map((slot): Line => [`  ${slot.job.padEnd(width)}  ${nextText(slot, timeZone)}`]));
  return [...lines, ...noteLines(installed, warnings)];
}

function noteLines({notes, drift}: InstalledSchedule, warnings: readonly string[]): readonly Line[] {
  return [
    ...warnings.map((warning): Line => [styled('yellow', 'Warning:'), ` ${warning}`]),
    ...drift.map((fault): Line => [styled('yellow', 'Warning:'), ` ${driftText(fault)}`]),
    ...notes.map((text): Line => [styled('dim', 'Note:'), ` ${text}`]),
  ];
}

function nextText({at, jitterMs}: NextSlot, timeZone: string): string {
  if (at === undefined) return 'never';
  const jitter = jitterMs === 0 ? '' : `, up to ${durationText(jitterMs)} later`;
  return `${new Calendar(timeZone).formatMinute(at)}${jitter}`;
}

/** A line per file; many files in one folder share a line. */
function changeLines(changes: readonly EntryChange[], words: Readonly<Record<EntryAction, string>>): readonly string[] {
  const folderOf = ({name}: EntryChange): string => name.slice(0, Math.max(0, name.lastIndexOf('/')));
  const groups = new Map<string, EntryChange[]>();
  for (const change of changes) {
    const key = `${actionOf(change)} ${folderOf(change)}`;
    groups.set(key, [...(groups.get(key) ?? []), change]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined || group.length <= FEW) return group.map((change) => `${words[actionOf(change)]} ${change.name}`);
    return [`${words[actionOf(first)]} ${count(group.length, 'file')} in ${folderOf(first)}`];
  });
}

/** What an installation or its removal would do. */
export function planLines(changes: readonly EntryChange[], fault: string | undefined): readonly Line[] {
  const lines = changeLines(changes, WOULD).map((line): Line => [line]);
  if (fault !== undefined) lines.push([`would switch on again: ${fault}`]);
  return lines.length > 0 ? lines : [['Nothing to change.']];
}

/** The output of `--print`: each text below its name. */
export function entryLines(entries: readonly Entry[]): readonly Line[] {
  return entries.flatMap(({name, text}, at) => [
    ...(at === 0 ? [] : [[]]),
    [styled('bold', `==> ${name} <==`)],
    ...text
      .replace(/\n$/, '')
      .split('\n')
      .map((line): Line => [line]),
  ]);
}

export function removalLines(changes: readonly EntryChange[]): readonly Line[] {
  if (changes.length === 0) return [['Nothing is installed for this home.']];
  return [['Uninstalled.'], ...changeLines(changes, DONE).map((line): Line => [`  ${line}`])];
}
