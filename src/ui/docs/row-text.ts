import type {EpochMs, EventId} from '../../domain/event/event.js';
import {timeOfUlid} from '../../domain/event/identity/crockford.js';
import {timeOfId} from '../../domain/event/identity/event-id.js';
import {monthName, weekdayName} from '../../domain/time/local-date.js';
import {type Calendar, firstDateOf, lastDateOf, shortDate} from '../../domain/time/period.js';
import {dateOf, type LocalDate, type NodeId, periodPartOf, tocLevelOf} from '../../domain/toc/node-id.js';
import type {EventPreview, Place} from '../../domain/toc/screen-want.js';
import type {ShownNode} from '../../domain/toc/shown-node.js';
import {datesOf, holdsDate, overlapOf} from '../../domain/toc/toc-snapshot.js';
import {type Line, styled} from '../../text/line.js';
import {datesText} from '../../text/node-text.js';

/** A place's name below what stands above it: `November`, `Week 47, Nov 16 – 22`, `Fri, Nov 20`; of a segment the time at which it starts. */
export function placeLabel({parent, id}: Place, calendar: Calendar, node?: ShownNode): string {
  switch (tocLevelOf(id)) {
    case 'year':
      return periodPartOf(id);
    case 'month':
      return monthName(firstDateOf(id));
    case 'week': {
      const wholeWeek = {from: firstDateOf(id), to: lastDateOf(id)};
      const week = Number(periodPartOf(id).slice(6));
      if (parent === undefined) return `Week ${week}, ${datesText(wholeWeek.from, wholeWeek.to)}`;
      const within = overlapOf(datesOf(id), datesOf(parent));
      const last = within.to === datesOf(id).to ? wholeWeek.to : lastDateOf(parent);
      return `Week ${week}, ${datesText(within.from, last)}`;
    }
    case 'day':
      return `${weekdayName(dateOf(id)).slice(0, 3)}, ${shortDate(dateOf(id))}`;
    case 'segment':
      return calendar.timeOfDay(node?.start ?? timeOfSegment(id));
  }
}

/** As its first event's id says; the node itself knows better, once it is read. */
function timeOfSegment(id: NodeId): EpochMs {
  return timeOfUlid(id.slice(-26));
}

/** Signs for what must be known of a node before its text is believed; the help explains them. */
export function signsOf(node: ShownNode): string {
  return `${node.provisional ? '~' : ''}${node.stale ? '!' : ''}${node.clipped ? '/' : ''}${node.fallback === undefined ? '' : '?'}`;
}

/** Whether a place is of the present: today, this week, this month, this year. */
export function isNow({parent, id}: Place, today: LocalDate): boolean {
  if (tocLevelOf(id) === 'segment') return false;
  return holdsDate(datesOf(id), today) && (parent === undefined || holdsDate(datesOf(parent), today));
}

/** What stands in a row behind its label. */
export function nodeRest(place: Place, node: ShownNode | undefined, isRead: boolean, today: LocalDate): Line {
  const rest: (string | ReturnType<typeof styled>)[] = [];
  if (isNow(place, today)) rest.push(' ', styled('green', 'now'));
  if (!isRead) return [...rest, styled('dim', ' …')];
  if (node === undefined) return [...rest, styled('dim', '  no text')];
  const signs = signsOf(node);
  if (signs !== '') rest.push(' ', styled('yellow', signs));
  if (node.title !== '' && node.title !== node.label) rest.push('  ', node.title);
  // A clipped week has no title of its own.
  else if (node.bullets[0] !== undefined) rest.push('  ', styled('dim', node.bullets[0].text));
  else if (node.waitingEvents > 0) rest.push(styled('dim', '  not summarized yet'));
  return rest;
}

/** When, who, and how it begins. */
export function eventRow(preview: EventPreview | undefined, id: EventId, calendar: Calendar): Line {
  const at = calendar.timeOfDay(preview?.time ?? timeOfId(id));
  if (preview === undefined) return [styled('dim', at), styled('dim', ' …')];
  const who = whoOf(preview);
  const text = preview.start.replace(/\s+/g, ' ');
  return [styled('dim', at), ' ', styled('cyan', who), '  ', text === '' ? styled('dim', preview.type) : text];
}

/** The speaker, the tool, or the role. */
export function whoOf({speaker, toolName, role}: Pick<EventPreview, 'speaker' | 'toolName' | 'role'>): string {
  return speaker || toolName || role;
}
