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

/** A bullet that begins with its speaker's role, in two parts. */
export function splitSpeaker(bullet: string): {readonly speaker: string; readonly said: string} {
  const [, speaker = '', said = bullet] = /^(user|assistant|tool|system): (.*)$/s.exec(bullet) ?? [];
  return {speaker, said};
}
