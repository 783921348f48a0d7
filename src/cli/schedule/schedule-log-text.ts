import type {LogEntry} from '../../domain/jobs/run-log.js';
import {type Line, styled} from '../../text/line.js';

/** The entries of the log, each with its time. Later lines of an entry are indented. */
export function logLines(entries: readonly LogEntry[]): readonly Line[] {
  return entries.flatMap(({kind, at, pid, text}) => {
    const [first = '', ...rest] = text.split('\n');
    const said = kind === 'woken' ? styled('dim', `woken (pid ${pid ?? '?'}): ${first}`) : first;
    return [[`${at ?? 'at an unknown time'}  `, said], ...rest.map((line): Line => [`  ${line}`])];
  });
}
