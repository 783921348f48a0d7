import type {EventId} from '../../domain/event/event.js';
import type {LocalDate} from '../../domain/toc/node-id.js';
import type {Place} from '../../domain/toc/screen-want.js';
import type {BrowserState, EventsState} from './state.js';
import {placeOfRow, type TreeRow} from './tree.js';

/** What the cursor of the list stands on. */
export type Chosen = {readonly kind: 'node'; readonly place: Place} | {readonly kind: 'event'; readonly id: EventId};

/** Undefined while it is not read. */
export function chosenOf({tree, events}: BrowserState): Chosen | undefined {
  if (events !== undefined) {
    const id = eventAt(events, events.cursor);
    return id === undefined ? undefined : {kind: 'event', id};
  }
  const row = tree.rows[tree.cursor];
  if (row === undefined) return undefined;
  return row.kind === 'event' ? {kind: 'event', id: row.id} : {kind: 'node', place: row.place};
}

/** The node at the cursor of the tree, or the segment whose event it stands on. */
export function chosenPlace({tree}: BrowserState): Place | undefined {
  const row: TreeRow | undefined = tree.rows[tree.cursor];
  return row && placeOfRow(row);
}

export function eventCount({sections}: EventsState): number {
  return (sections ?? []).reduce((sum, {rows}) => sum + rows, 0);
}

/** The id of an event of the list; undefined while its date is not read. */
export function eventAt(events: EventsState, at: number): EventId | undefined {
  const found = sectionAt(events, at);
  return found && events.ids.get(found.date)?.[found.index];
}

/** The date of an event of the list, and which one it is of that date. */
export function sectionAt({sections}: EventsState, at: number): {readonly date: LocalDate; readonly index: number} | undefined {
  let index = at;
  for (const {date, rows} of sections ?? []) {
    if (index < rows) return {date, index};
    index -= rows;
  }
  return undefined;
}
