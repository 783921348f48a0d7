import type {IngestResult} from '../domain/event/ingest-result.js';
import type {RejectedLine} from '../domain/event/parse/rejection.js';
import {EXIT_STATUS, MemError} from '../errors.js';
import {escapeText} from './escape.js';

/** The lines of `mem ingest` on stderr about rejected input. Every name and value is escaped. */
export function ingestErrors({rejected, rejectedCount, problems}: IngestResult): readonly string[] {
  const lines: string[] = [];
  for (const [index, line] of rejected.entries()) {
    lines.push(`mem: error: ${escapeText(`${placeOf(line)} ${line.reason}`)} [${line.code}]`);
    if (rejected[index + 1]?.hint !== line.hint) lines.push(`mem: hint: ${escapeText(line.hint)}`);
  }
  const more = rejectedCount - rejected.length;
  if (more > 0) {
    lines.push(`mem: error: ${more} more bad ${more === 1 ? 'line' : 'lines'}, ${rejectedCount} in all [INPUT_BAD]`);
    lines.push('mem: hint: all of them are kept in inbox/bad; mem ingest --json lists them');
  }
  for (const problem of problems) lines.push(...memErrorLines(problem));
  return lines;
}

function placeOf({file, line}: RejectedLine): string {
  return file === '-' ? `line ${line}` : `line ${line} of ${file}`;
}

/** An error as it is written to stderr. */
export function memErrorLines(error: MemError): readonly string[] {
  const message = `mem: error: ${escapeText(error.message)} [${error.code}]`;
  return error.hint === undefined ? [message] : [message, `mem: hint: ${escapeText(error.hint)}`];
}

/** One line for a person about the accepted events. */
export function ingestNote({accepted, stored, duplicates, drainedElsewhere, queued}: IngestResult): string {
  const parts = [
    stored > 0 ? `${stored} stored` : '',
    duplicates > 0 ? `${duplicates} already known` : '',
    drainedElsewhere > 0 ? `${drainedElsewhere} taken over by another process` : '',
    queued > 0 ? `${queued} in the inbox` : '',
  ];
  const where = parts.filter((part) => part !== '').join(', ');
  return `mem: ${accepted} ${accepted === 1 ? 'event' : 'events'} accepted${where === '' ? '' : ` (${where})`}`;
}

/** Why the events are still in the inbox; undefined when nothing went wrong. */
export function drainNote({drainProblem}: IngestResult): string | undefined {
  if (drainProblem === undefined) return undefined;
  const why = drainProblem instanceof Error ? drainProblem.message : String(drainProblem);
  return `mem: note: the events are safe in the inbox, but could not be moved into the store: ${escapeText(why)}`;
}

/** The worst status; 0 when everything was accepted. */
export function ingestStatus({rejectedCount, problems}: IngestResult): number {
  return Math.max(0, rejectedCount > 0 ? EXIT_STATUS.INPUT_BAD : 0, ...problems.map((problem) => problem.exitStatus));
}

/** The report of an error that ended the ingest. A bug shows its stack: only the developers can act on it. */
export function failureReport(error: unknown): {readonly lines: readonly string[]; readonly status: number} {
  if (error instanceof MemError) return {lines: memErrorLines(error), status: error.exitStatus};
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return {
    lines: [`mem: error: a bug in mem: ${escapeText(text, {multiline: true})} [BUG]`, 'mem: hint: please report it with this text'],
    status: EXIT_STATUS.BUG,
  };
}
