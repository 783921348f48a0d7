import type {CheckReport} from '../../operations/care/check/check-report.js';
import type {CheckPart, Verdict} from '../../operations/care/check/verdict.js';
import {type Line, styled} from '../../text/line.js';
import {count, thousands} from '../../text/node-text.js';

/** What a part is called, and what it consists of. */
const NAMES: Readonly<Record<CheckPart, readonly [name: string, noun: string]>> = {
  'store-files': ['files of the store', 'file'],
  'store-values': ['values', 'value'],
  events: ['events', 'event'],
  'session-days': ['session-days', 'session-day'],
  nodes: ['nodes', 'node'],
  citations: ['citations', 'citation'],
  search: ['search index', 'session-day'],
  journal: ['journal', 'member'],
  'journal-events': ['events in the journal', 'line'],
  'journal-nodes': ['nodes in the journal', 'version'],
};
const COLUMN = 24;

/** A part in a word, for a line of progress. */
export const partName = (part: CheckPart): string => NAMES[part][0];

/** A verdict a line, what is wrong below it, and what to do at the end. */
export function checkLines({verdicts, storeFault, cure, isWhole}: CheckReport): readonly Line[] {
  const lines = verdicts.flatMap(verdictLines);
  if (storeFault !== undefined) lines.unshift([styled('red', 'store'.padEnd(COLUMN)), storeFault]);
  if (!isWhole) lines.push(['Not all of it was looked at.']);
  if (cure !== undefined) lines.push([styled('red', `Something is wrong; run: ${cure}`)]);
  else if (isWhole) lines.push(['All is well.']);
  return lines;
}

function verdictLines({part, looked, faults, examples, remarks}: Verdict): Line[] {
  const [name, noun] = NAMES[part];
  const below = (text: string): Line => [`${' '.repeat(COLUMN)}${text}`];
  const more = faults - examples.length;
  const head: Line =
    faults === 0
      ? [`${name.padEnd(COLUMN)}${looked === 1 ? `1 ${noun}` : `${thousands(looked)} ${noun}s`}, all well`]
      : [styled('red', name.padEnd(COLUMN)), `${count(faults, 'fault')}`];
  return [head, ...examples.map(below), ...(more > 0 ? [below(`and ${thousands(more)} more`)] : []), ...remarks.slice(0, 3).map(below)];
}
