import type {EpochMs} from '../../domain/event/event.js';
import type {ImportProgress} from '../../operations/sources/import-files.js';
import type {SourceTally} from '../../operations/sources/source-tally.js';
import {bar} from '../../text/bar.js';
import type {Line} from '../../text/line.js';
import {bytesText, count, thousands} from '../../text/node-text.js';

const BAR_COLUMNS = 20;

/** The date of an instant in the zone of the store. */
type DateOf = (instant: EpochMs) => string;

/** What was found in a source. */
export function sourceLines(tally: SourceTally, isDryRun: boolean, dateOf: DateOf): readonly Line[] {
  const {agent, files, filesRead, events, sessions, broken, keptOut} = tally;
  if (filesRead === 0) return [[`${agent}: ${count(files, 'file')}, nothing new`]];
  const what = `${count(events, 'event')} of ${count(sessions, 'session')} in ${count(filesRead, 'file')}${spanText(tally, dateOf)}`;
  const became = isDryRun ? 'would be read' : `${count(tally.stored, 'event')} stored, ${thousands(tally.duplicates)} known before`;
  const asides = [
    keptOut > 0 ? `${count(keptOut, 'event')} of excluded projects left out` : '',
    broken > 0 ? `${count(broken, 'broken line')} passed over` : '',
  ].filter((aside) => aside !== '');
  return [[`${agent}: ${[`${what}: ${became}`, ...asides].join('; ')}`], ...leavingLines(tally, isDryRun, dateOf)];
}

function spanText({first, last}: SourceTally, dateOf: DateOf): string {
  if (first === undefined || last === undefined) return '';
  const [from, to] = [dateOf(first), dateOf(last)];
  return from === to ? `, of ${from}` : `, from ${from} to ${to}`;
}

function leavingLines({leaving, firstLeavesAt, agent}: SourceTally, isDryRun: boolean, dateOf: DateOf): readonly Line[] {
  if (!isDryRun || leaving === 0 || firstLeavesAt === undefined) return [];
  return [[`${agent} deletes ${thousands(leaving)} of these files within 14 days, the first on ${dateOf(firstLeavesAt)}`]];
}

/** How far an import is, with an estimate. @param elapsedMs since it began */
export function progressText({agent, bytes, totalBytes, events}: ImportProgress, elapsedMs: number): string {
  const total = Math.max(totalBytes, bytes, 1);
  const left = bytes === 0 ? undefined : Math.ceil(((total - bytes) * elapsedMs) / bytes / 1000);
  const estimate = left === undefined || elapsedMs < 1000 ? '' : `, ${left} s left`;
  return `mem: ${agent} ${bar(bytes, total, BAR_COLUMNS)} ${bytesText(bytes)} of ${bytesText(total)}, ${count(events, 'event')}${estimate}`;
}
