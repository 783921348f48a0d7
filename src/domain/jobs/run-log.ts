import {JOB_NAMES, type JobName} from './job.js';

/** What the log of scheduled runs says: a wake-up, or what a run has said. */
export interface LogEntry {
  readonly kind: 'woken' | 'said';
  /** RFC 3339, as it was written; of lines without a time, that of the one before. */
  readonly at: string | undefined;
  /** Of a wake-up. */
  readonly pid: number | undefined;
  /** Undefined where the line names none. */
  readonly job: JobName | undefined;
  /** May have several lines: an error with its hint, or a stack. */
  readonly text: string;
}

const STAMPED = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)) (.*)$/;
const WOKEN = /^(\d+) start ?(.*)$/;
const SAID_BY_RUNNER = /^\d+ (.*)$/;

/**
 * The entries of a log, the oldest first. The runner writes when it was woken and by what; what mem says follows with its own time; whatever
 * else (a crash of Node) has none, and is taken for what came of the wake-up before it. Runs side by side may stand between each other.
 */
export function parseRunLog(text: string): readonly LogEntry[] {
  const entries: LogEntry[] = [];
  let isOpen = false;
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const [, at, rest = ''] = STAMPED.exec(line) ?? [];
    const last = entries.at(-1);
    if (at !== undefined) entries.push(stamped(at, rest));
    else if (isOpen && last !== undefined) entries[entries.length - 1] = {...last, text: `${last.text}\n${line}`};
    else entries.push({kind: 'said', at: last?.at, pid: undefined, job: last?.kind === 'woken' ? last.job : undefined, text: line});
    isOpen = at === undefined;
  }
  return entries;
}

function stamped(at: string, rest: string): LogEntry {
  const [, pid, words = ''] = WOKEN.exec(rest) ?? [];
  if (pid !== undefined) return {kind: 'woken', at, pid: Number(pid), job: jobNamed(words), text: words};
  const [, text = rest] = SAID_BY_RUNNER.exec(rest) ?? [];
  return {kind: 'said', at, pid: undefined, job: jobNamed(text), text};
}

function jobNamed(text: string): JobName | undefined {
  return JOB_NAMES.find((name) => text === name || text.startsWith(`${name} `));
}
