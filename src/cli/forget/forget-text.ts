import type {EpochMs} from '../../domain/event/event.js';
import type {ForgetPlan} from '../../operations/forget/forget.js';
import type {RetentionPlan} from '../../operations/forget/retention.js';
import type {SecretScan} from '../../operations/forget/secrets.js';
import type {TakenOut} from '../../operations/forget/take-out.js';
import {escapeText} from '../../text/escape.js';
import {type Line, styled} from '../../text/line.js';
import {bytesText, count} from '../../text/node-text.js';

const SAMPLE_CHARACTERS = 100;
/** So many events are named for each rule. */
const MOST_IDS = 3;

/** What goes, ten of its texts, and what stays elsewhere. */
export function planLines(
  {events, copies, sessions, nodes, bytes, samples, unreachable}: ForgetPlan,
  stamp: (instant: EpochMs) => string,
): readonly Line[] {
  if (events.length === 0) return [['Nothing fits: nothing is to be forgotten.']];
  const same = copies === 0 ? '' : `, ${copies} of them ${copies === 1 ? 'a copy' : 'copies'} that say the same`;
  const lines: Line[] = [
    [`Events: ${events.length} of ${count(sessions, 'session')}${same} (${bytesText(bytes)})`],
    [`Nodes: ${nodes}, with all versions; made again of what is left`],
    [],
  ];
  for (const {time, text} of samples) lines.push([styled('dim', stamp(time).slice(0, 16).replace('T', ' ')), '  ', sampleOf(text)]);
  if (events.length > samples.length && samples.length > 0) lines.push([styled('dim', `… and ${events.length - samples.length} more`)]);
  return [...lines, [], ['Out of the reach of mem:'], ...unreachable.map(({what}): Line => [`  ${escapeText(what)}`])];
}

function sampleOf(text: string): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  const characters = [...line];
  return escapeText(characters.length > SAMPLE_CHARACTERS ? `${characters.slice(0, SAMPLE_CHARACTERS - 1).join('')}…` : line);
}

/** How many secrets each rule found, and where; never what they are. */
export function secretLines({scanned, secrets, events}: SecretScan): readonly Line[] {
  if (secrets.length === 0) return [[`No secrets in ${count(scanned, 'event')}, by the rules of now.`]];
  const lines = secrets.map(({rule, count: found, eventIds}): Line => {
    const some = eventIds.slice(0, MOST_IDS).join(', ');
    return [styled('red', rule.padEnd(18)), `${String(found).padStart(6)}  ${some}${eventIds.length > MOST_IDS ? ', …' : ''}`];
  });
  return [...lines, [`Secrets in ${events.length} of ${count(scanned, 'event')}.`]];
}

export function retentionLines(
  {before, events, bytes, waiting}: RetentionPlan,
  age: string,
  stamp: (instant: EpochMs) => string,
): readonly Line[] {
  const lines: Line[] = [
    [`Tool results older than ${age}, of dates before ${stamp(before).slice(0, 10)}: ${events} to be emptied (${bytesText(bytes)})`],
    ['Events, facts and nodes stay; no model is asked.'],
  ];
  if (waiting > 0) lines.push([`${count(waiting, 'session-day')} that no rollup has read yet ${waiting === 1 ? 'waits' : 'wait'}.`]);
  return lines;
}

export function takenLines(verb: string, {events, nodes, filesLeft}: TakenOut): readonly Line[] {
  const made = nodes === 0 ? '' : `, and ${count(nodes, 'node')} with all versions`;
  const lines: Line[] = [[`${verb}: ${count(events, 'event')}${made}.`]];
  if (filesLeft > 0) lines.push([`Left as they are: ${count(filesLeft, 'file')} of the inbox that only a newer mem can read.`]);
  return lines;
}
