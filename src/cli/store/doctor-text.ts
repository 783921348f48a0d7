import {type Diagnosis, worstOf} from '../../operations/care/diagnose.js';
import {type Line, styled} from '../../text/line.js';
import {count} from '../../text/node-text.js';

const COLUMN = 10;
const MOST_NAMES = 4;

/** What is wrong first, each with what to do. */
export function doctorLines(diagnosis: Diagnosis): readonly Line[] {
  const {findings, lastWeek} = diagnosis;
  const wrong = findings.filter(({status}) => status !== 0);
  const well = findings.filter(({status}) => status === 0);
  const lines: Line[] = wrong.flatMap(({part, message, cure}): Line[] => [
    [styled('red', part.padEnd(COLUMN)), message],
    ...(cure === undefined ? [] : [[`${' '.repeat(COLUMN)}${cure}`]]),
  ]);
  lines.push(...well.map(({part, message}): Line => [`${part.padEnd(COLUMN)}${message}`]));
  if (worstOf(diagnosis) === 0 && lastWeek !== undefined) {
    const of = lastWeek.agents.length === 0 ? '' : ` of ${lastWeek.agents.join(', ')}`;
    const projects = lastWeek.projects.length === 0 ? '' : ` in ${namesText(lastWeek.projects)}`;
    lines.push([`All is well: ${count(lastWeek.sessions, 'session')}${of}${projects} in the last seven days.`]);
  }
  return lines;
}

function namesText(names: readonly string[]): string {
  const more = names.length - MOST_NAMES;
  return more > 1 ? `${names.slice(0, MOST_NAMES).join(', ')} and ${more} other projects` : names.join(', ');
}
