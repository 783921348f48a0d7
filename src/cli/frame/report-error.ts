import {EXIT_STATUS, MemError} from '../../errors.js';
import {bugJson, errorJson} from '../../json/error-json.js';
import {strictJson} from '../../json/strict-json.js';
import {escapeJson, escapeText} from '../../text/escape.js';
import {renderLine, styled} from '../../text/line.js';

export interface ReportOptions {
  readonly json: boolean;
  readonly color: boolean;
  /** The command as a user types it, for the hint of a usage error: `toc show`; empty for mem itself. */
  readonly command: string;
}

/** Writes an error to stderr in mem's form and returns its exit status. */
export function reportError(error: unknown, {json, color, command}: ReportOptions): number {
  const known = asMemError(error, command);
  if (known === undefined) return reportBug(error, json);
  if (json) {
    noteJson(errorJson(known));
    return known.exitStatus;
  }
  process.stderr.write(`${renderLine([styled('red', 'mem: error:'), ` ${known.message} [${known.code}]`], color)}\n`);
  if (known.hint !== undefined) process.stderr.write(`${renderLine([styled('cyan', 'mem: hint:'), ` ${known.hint}`], color)}\n`);
  return known.exitStatus;
}

/** Writes one JSON object on a line of stderr. */
export function noteJson(value: unknown): void {
  process.stderr.write(`${escapeJson(strictJson(value))}\n`);
}

/** Oclif's own errors are all about usage: an unknown flag, argument or command. */
function asMemError(error: unknown, command: string): MemError | undefined {
  if (error instanceof MemError) return error;
  if (!(error instanceof Error) || !('oclif' in error)) return undefined;
  return new MemError('USAGE', usageMessage(error.message), {hint: `see: mem ${command === '' ? '' : `${command} `}--help`, cause: error});
}

/** The first sentence of oclif's message, in mem's form: lower case, one line, no full stop. */
function usageMessage(message: string): string {
  const text = message
    // Oclif colours parts of the message.
    .replace(/\x1b\[[\d;]*m/g, '')
    .split('\nSee more help with')[0]
    ?.replace(/\s+/g, ' ')
    .replace(/^The following errors? occurred: /, '')
    // Advice about a flag that the user need not have given.
    .replace(/ Note: --\S+ allows? multiple values\. .*$/, '')
    .trim();
  if (text === undefined || text === '') return 'wrong usage';
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function reportBug(error: unknown, json: boolean): number {
  const message = error instanceof Error ? error.message : String(error);
  const stack = error instanceof Error ? (error.stack ?? message) : message;
  if (json) noteJson(bugJson(message, stack));
  else
    process.stderr.write(
      `mem: error: ${escapeText(message)} [BUG]\nmem: hint: this is a bug in mem; please report it with the text below\n${escapeText(stack, {multiline: true})}\n`,
    );
  return EXIT_STATUS.BUG;
}
