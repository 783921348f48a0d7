import type {EventId} from '../../domain/event/event.js';
import {type LocalDate, tocLevelOf} from '../../domain/toc/node-id.js';
import type {Answer, Section, Want} from '../../domain/toc/screen-want.js';
import {whenText} from '../../text/node-text.js';
import {takeSource} from './around.js';
import {goTo} from './go-to.js';
import {panesOf} from './panes.js';
import {takeProjects} from './projects.js';
import {takeEventPlace} from './search.js';
import {sectionAt} from './selection.js';
import type {BrowserState, EventsState} from './state.js';
import {keyOf, mergeRows, placeOfRow} from './tree.js';

/** What is kept of what was read; beyond that, what is not on the screen is forgotten. */
const MOST_KEPT = 2_000;
/** The events' ids are kept for this many dates: each may have thousands. */
const MOST_DATES = 50;

/** Takes what was read for a want into the state. @param generation in which it was asked for */
export function takeAnswer(state: BrowserState, want: Want, answer: Answer, generation: number): BrowserState {
  const {kind} = answer;
  switch (kind) {
    case 'path':
      return takePath(state, answer, generation, want.kind === 'path' && want.to === 'today');
    case 'rows':
      return {...state, tree: {...state.tree, children: pruned(state, mergeRows(state.tree.children, [answer.rows], generation))}};
    case 'sizes': {
      if (want.kind !== 'sizes') return state;
      const kept = state.sizes.size > MOST_KEPT ? [] : state.sizes;
      return {...state, sizes: new Map(kept).set(keyOf(want.below), {value: answer.sizes, generation})};
    }
    case 'nodes': {
      const nodes = new Map(state.nodes.size > MOST_KEPT ? [...state.nodes].filter(([key]) => onScreen(state).has(key)) : state.nodes);
      for (const {place, node} of answer.nodes) nodes.set(keyOf(place), {value: node, generation});
      return {...state, nodes};
    }
    case 'previews': {
      const previews = new Map(state.previews.size > MOST_KEPT ? [] : state.previews);
      for (const id of want.kind === 'previews' ? want.ids : []) previews.set(id, undefined);
      for (const preview of answer.previews) previews.set(preview.id, preview);
      return {...state, previews};
    }
    case 'event':
      return want.kind === 'event' ? {...state, event: {id: want.id, event: answer.event}} : state;
    case 'sections':
      return takeSections(state, want, answer, generation);
    case 'event-ids':
      return takeEventIds(state, want, answer.ids);
    case 'source':
      return takeSource(state, answer.source);
    case 'event-place':
      return want.kind === 'event-place' ? takeEventPlace(state, want.id, answer.found) : state;
    case 'projects':
      return takeProjects(state, {projects: answer.projects, events: answer.events}, generation);
    case 'versions':
      return want.kind === 'versions' ? {...state, versions: {id: want.id, loaded: {value: answer.versions, generation}}} : state;
  }
}

function onScreen({tree, ...state}: BrowserState): ReadonlySet<string> {
  const {height} = panesOf(state);
  return new Set(tree.rows.slice(Math.max(0, tree.top - height), tree.top + 2 * height).map(({key}) => key));
}

/** Rows of places that are closed are read again when they are opened. */
function pruned({tree}: BrowserState, children: BrowserState['tree']['children']): BrowserState['tree']['children'] {
  if (children.size <= MOST_KEPT) return children;
  const row = tree.rows[tree.cursor];
  const chosen = row === undefined ? '' : keyOf(placeOfRow(row));
  return new Map([...children].filter(([key]) => key === '' || key === chosen || tree.open.has(key)));
}

function takePath(state: BrowserState, {to, rows, place}: Answer & {kind: 'path'}, generation: number, isToday: boolean): BrowserState {
  const isEmpty = rows[0]?.ids.length === 0 && state.project === undefined;
  const known = {...state, store: isEmpty ? ({kind: 'empty'} as const) : state.store, goal: undefined};
  const isStart = state.tree.rows.length === 0;
  // A goal that was given up while the way to it was read.
  if (place === undefined || (state.goal === undefined && !isStart)) {
    const children = mergeRows(state.tree.children, rows, generation);
    // Where the project has nothing, its last day is shown.
    if (isStart && !isToday && state.project !== undefined) return {...known, goal: 'today', tree: {...state.tree, children}};
    const notice = state.goal === undefined || isStart ? state.notice : `nothing was recorded ${whenText(to)}`;
    return {...known, tree: {...state.tree, children}, notice};
  }
  if (place.id === to) return {...goTo(known, rows, place), focus: 'list'};
  const isLastDay = isToday && tocLevelOf(place.id) === 'day';
  const instead = isLastDay ? 'this is the last day on which something was' : 'this is the nearest above it';
  const notice = isStart ? state.notice : `nothing was recorded ${isToday ? 'today' : whenText(to)}; ${instead}`;
  return {...goTo(known, rows, place, !isLastDay), notice, focus: 'list'};
}

function takeSections(state: BrowserState, want: Want, {sections}: Answer & {kind: 'sections'}, generation: number): BrowserState {
  const {events} = state;
  if (want.kind !== 'sections' || events === undefined || events.of !== want.of) return state;
  const known = new Map(events.sections?.map((section) => [section.date, section]));
  // A date with as many events as before has the same ones.
  const ids = new Map(
    [...events.ids].filter(([date]) => sections.some((section) => section.date === date && section.count === known.get(date)?.count)),
  );
  // What a reading of the ids found is known better than by a rollup.
  const listed = sections.map((section) => ({
    ...section,
    rows: Math.min(section.rows, Math.max(0, section.count - supersededIn(known.get(section.date)))),
  }));
  return {...state, events: {...events, sections: listed, ids, generation}};
}

function supersededIn(section: Section | undefined): number {
  return section === undefined ? 0 : section.count - section.rows;
}

function takeEventIds(state: BrowserState, want: Want, ids: readonly EventId[]): BrowserState {
  const {events} = state;
  if (want.kind !== 'event-ids' || events === undefined || events.of !== want.of) return state;
  const kept = events.ids.size < MOST_DATES ? events.ids : [...events.ids].filter(([date]) => datesOnScreen(state).has(date));
  return {...state, events: {...resized(events, want.date, ids.length), ids: new Map(kept).set(want.date, ids)}};
}

/** With so many rows of one date. The cursor and the top stay where they are, whatever goes away above them. */
function resized(events: EventsState, date: LocalDate, rows: number): EventsState {
  const {sections = [], cursor, top} = events;
  const at = sections.findIndex((section) => section.date === date);
  const old = sections[at];
  if (old === undefined || old.rows === rows) return events;
  const start = sections.slice(0, at).reduce((sum, section) => sum + section.rows, 0);
  const move = (row: number): number => {
    if (row >= start + old.rows) return row + rows - old.rows;
    return row < start ? row : Math.max(0, Math.min(row, start + rows - 1));
  };
  return {...events, sections: sections.with(at, {...old, rows}), cursor: move(cursor), top: move(top)};
}

function datesOnScreen(state: BrowserState): ReadonlySet<LocalDate> {
  const {events} = state;
  if (events === undefined) return new Set();
  const {height} = panesOf(state);
  const rows = Array.from({length: height}, (_, at) => sectionAt(events, events.top + at)?.date);
  return new Set(rows.filter((date) => date !== undefined));
}
