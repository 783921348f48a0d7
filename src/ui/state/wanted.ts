import type {EventId} from '../../domain/event/event.js';
import {type LocalDate, TOC_LEVELS, tocLevelOf} from '../../domain/toc/node-id.js';
import type {Place, Want} from '../../domain/toc/screen-want.js';
import type {Choice} from '../docs/node-doc.js';
import {readerDoc} from '../docs/reader-doc.js';
import {clampPosition, linesFrom} from '../docs/scroll.js';
import {MARGIN, panesOf} from './panes.js';
import {chosenOf, eventAt, sectionAt} from './selection.js';
import type {BrowserState} from './state.js';
import {keyOf, type PlaceKey, parentPlace, ROOT_KEY} from './tree.js';

/** What the screen needs and has not, or has from before the last reload; the most wanted first. Empty when all is there. */
export function wantsOf(state: BrowserState): readonly Want[] {
  if (state.goal !== undefined) return [{kind: 'path', to: state.goal}];
  if (state.source !== undefined) return [{kind: 'source', id: state.source}];
  if (state.hit !== undefined) return [{kind: 'event-place', id: state.hit}];
  if (state.help !== undefined || state.prompt?.kind === 'search') return [];
  if (state.prompt?.kind === 'project') return isFresh(state, state.projects.known) ? [] : [{kind: 'projects'}];
  if (!isFresh(state, state.tree.children.get(ROOT_KEY))) return [{kind: 'path', to: chosenNode(state) ?? 'today'}];
  if (state.events !== undefined) return eventsWants(state);
  const wants = treeWants(state);
  return wants.length > 0 ? wants : sizeWants(state);
}

/** Last of all: a screen without bars says all the same. Those of the years are counted once, for they take the longest. */
function sizeWants(state: BrowserState): readonly Want[] {
  const {tree, sizes} = state;
  const belows = new Map<PlaceKey, Place | undefined>();
  const end = Math.min(tree.rows.length, tree.top + panesOf(state).height);
  for (let at = tree.top; at < end; at++) {
    const row = tree.rows[at];
    if (row === undefined || row.kind === 'event') continue;
    const parent = parentPlace(tree.rows, at);
    const known = sizes.get(keyOf(parent));
    const isKnown = parent === undefined ? known?.value.has(row.place.id) === true : isFresh(state, known);
    if (!isKnown && (parent !== undefined || known === undefined || !isFresh(state, known))) belows.set(keyOf(parent), parent);
  }
  return [...belows.values()].map((below) => ({kind: 'sizes', below}));
}

function isFresh(state: BrowserState, loaded: {readonly generation: number} | undefined): boolean {
  return loaded?.generation === state.generation;
}

function chosenNode({tree}: BrowserState): Place | undefined {
  const row = tree.rows[tree.cursor];
  return row === undefined ? undefined : row.kind === 'event' ? row.segment : row.place;
}

function treeWants(state: BrowserState): readonly Want[] {
  const {tree, nodes, previews} = state;
  const {height} = panesOf(state);
  const wants: Want[] = [];
  const places = new Map<string, Place>();
  const ids = new Set<EventId>();
  const rowsOf = new Map<string, Place>();
  const chosen = tree.rows[tree.cursor];
  // A row on the screen belongs to a place whose rows must be of this generation, too.
  for (const row of tree.rows.slice(tree.top, tree.top + height)) {
    if (row.kind === 'event') {
      if (!previews.has(row.id)) ids.add(row.id);
      rowsOf.set(keyOf(row.segment), row.segment);
    } else {
      if (!isFresh(state, nodes.get(row.key))) places.set(row.key, row.place);
      if (row.isOpen) rowsOf.set(row.key, row.place);
    }
  }
  // What is below the chosen node stands in the reader.
  if (chosen !== undefined && chosen.kind !== 'event') rowsOf.set(chosen.key, chosen.place);
  for (const [key, below] of rowsOf) if (!isFresh(state, tree.children.get(key))) wants.push({kind: 'rows', below});
  for (const row of readerRows(state)) {
    if (row.kind === 'event' && !previews.has(row.id)) ids.add(row.id);
    if (row.kind === 'child' && !isFresh(state, nodes.get(keyOf(row.place)))) places.set(keyOf(row.place), row.place);
  }
  const some = state.project === undefined ? [...places.values()] : smallest([...places.values()]);
  if (some.length > 0) wants.push({kind: 'nodes', places: some});
  if (ids.size > 0) wants.push({kind: 'previews', ids: [...ids]});
  return [...wants, ...readerWants(state)];
}

/** Where each is composed of its segments, the shortest periods first, and months and years one at a time: nobody waits for a year. */
function smallest(places: readonly Place[]): readonly Place[] {
  const order = TOC_LEVELS.toReversed();
  const tocLevel = order.find((wanted) => places.some(({id}) => tocLevelOf(id) === wanted));
  const some = places.filter(({id}) => tocLevelOf(id) === tocLevel);
  return tocLevel === 'month' || tocLevel === 'year' ? some.slice(-1) : some;
}

/** The rows in the reader that are on the screen. */
function readerRows(state: BrowserState): readonly Choice[] {
  const {reader, height} = panesOf(state);
  if (reader === undefined) return [];
  const doc = readerDoc(state, reader.width - MARGIN);
  const blocks = new Set(linesFrom(doc, clampPosition(doc, state.reader.top, height), height).map(({block}) => block));
  return [...blocks].map((block) => doc.choiceAt(block)).filter((choice) => choice !== undefined);
}

function readerWants(state: BrowserState): readonly Want[] {
  const chosen = chosenOf(state);
  if (panesOf(state).reader === undefined || chosen === undefined) return [];
  if (chosen.kind === 'event') return state.event?.id === chosen.id ? [] : [{kind: 'event', id: chosen.id}];
  if (state.reader.mode !== 'versions') return [];
  const {versions} = state;
  return versions?.id === chosen.place.id && isFresh(state, versions.loaded) ? [] : [{kind: 'versions', id: chosen.place.id}];
}

function eventsWants(state: BrowserState): readonly Want[] {
  const {events, previews} = state;
  if (events === undefined) return [];
  const {of, sections, top} = events;
  if (sections === undefined || events.generation !== state.generation) return [{kind: 'sections', of}];
  const dates = new Set<LocalDate>();
  const ids: EventId[] = [];
  for (let at = top; at < top + panesOf(state).height; at++) {
    const id = eventAt(events, at);
    const section = sectionAt(events, at);
    if (section !== undefined && !events.ids.has(section.date)) dates.add(section.date);
    if (id !== undefined && !previews.has(id)) ids.push(id);
  }
  const wants: Want[] = [...dates].map((date) => ({kind: 'event-ids', of, date}));
  if (ids.length > 0) wants.push({kind: 'previews', ids});
  return [...wants, ...readerWants(state)];
}
