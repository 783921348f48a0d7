import {ROLES} from '../domain/event/event.js';
import {periodLabel} from '../domain/time/period.js';
import {dateOf, isSegmentId} from '../domain/toc/node-id.js';
import type {Report} from '../operations/report/report.js';
import {datesText} from '../text/node-text.js';

/** How many names are told in a row. */
const NAMES = 4;

export function reportTitle({what, nodes, dates}: Report): string {
  if (what === 'standup') {
    const [first, last] = [nodes[0], nodes.at(-1)];
    if (first === undefined || last === undefined) return datesText(dates.last, dates.last);
    return first === last ? first.label : datesText(dateOf(first.id), dateOf(last.id)).replace(' – ', ' and ');
  }
  return isSegmentId(what) ? (nodes[0]?.label ?? periodLabel(what)) : periodLabel(what);
}

export function namesText(names: readonly string[]): string {
  const known = names.filter((name) => name !== '');
  const more = known.length - NAMES;
  return [...known.slice(0, NAMES), ...(more > 0 ? [`${more} more`] : [])].join(', ');
}

/** A bullet that begins with who said it, in two parts. @param speaker of the event that it cites first, besides the roles */
export function splitSpeaker(bullet: string, speaker: unknown): {readonly speaker: string; readonly said: string} {
  const at = bullet.indexOf(': ');
  const who = bullet.slice(0, Math.max(0, at));
  const isSpeaker = who !== '' && (who === speaker || ROLES.some((role) => role === who));
  return isSpeaker ? {speaker: who, said: bullet.slice(at + 2)} : {speaker: '', said: bullet};
}
