import type {EventId} from '../../domain/event/event.js';
import {type NodeId, namesNode, type TocLevel, tocLevelOf} from '../../domain/toc/node-id.js';
import type {Place, Rows} from '../../domain/toc/screen-want.js';

/** Names a place: an id alone may stand in two places. */
export type PlaceKey = string;

export const ROOT_KEY: PlaceKey = '';

export function keyOf(place: Place | undefined): PlaceKey {
  return place === undefined ? ROOT_KEY : `${place.parent ?? ''} ${place.id}`;
}

/** A line of the tree: a node at its place, or an event of a segment. */
export type TreeRow = NodeRow | EventRow;

export interface NodeRow {
  readonly kind: TocLevel;
  readonly key: PlaceKey;
  readonly place: Place;
  readonly depth: number;
  readonly isOpen: boolean;
}

export interface EventRow {
  readonly kind: 'event';
  readonly key: PlaceKey;
  readonly id: EventId;
  readonly segment: Place;
  readonly depth: number;
}

/** What was read in one generation; an older one is drawn until it is read again. */
export interface Loaded<T> {
  readonly value: T;
  readonly generation: number;
}

export type Children = ReadonlyMap<PlaceKey, Loaded<readonly (NodeId | EventId)[]>>;

/** The rows of all places that are open, from the years down. */
export function treeRows(children: Children, open: ReadonlySet<PlaceKey>): readonly TreeRow[] {
  const rows: TreeRow[] = [];
  const visit = (below: Place | undefined, depth: number): void => {
    for (const id of children.get(keyOf(below))?.value ?? []) {
      if (!namesNode(id)) {
        if (below !== undefined) rows.push({kind: 'event', key: `${below.id} ${id}`, id, segment: below, depth});
        continue;
      }
      const place: Place = {parent: below?.id, id};
      const key = keyOf(place);
      const isOpen = open.has(key);
      rows.push({kind: tocLevelOf(place.id), key, place, depth, isOpen});
      if (isOpen) visit(place, depth + 1);
    }
  };
  visit(undefined, 0);
  return rows;
}

/** The row above it in the tree; -1 for a year. */
export function parentRow(rows: readonly TreeRow[], at: number): number {
  const depth = rows[at]?.depth ?? 0;
  for (let above = at - 1; above >= 0; above--) if ((rows[above]?.depth ?? 0) < depth) return above;
  return -1;
}

/** The place that the node of a row stands below; undefined for a year. */
export function parentPlace(rows: readonly TreeRow[], at: number): Place | undefined {
  const above = rows[parentRow(rows, at)];
  return above?.kind === 'event' ? undefined : above?.place;
}

export function mergeRows(children: Children, read: readonly Rows[], generation: number): Children {
  const merged = new Map(children);
  for (const {below, ids} of read) merged.set(keyOf(below), {value: ids, generation});
  return merged;
}

/** The place that a row belongs to: of an event its segment. */
export function placeOfRow(row: TreeRow): Place {
  return row.kind === 'event' ? row.segment : row.place;
}

/** The first row so that `cursor` is among the `height` rows on the screen, as near to `top` as can be, without blank lines at the end. */
export function topFor(cursor: number, top: number, height: number, count: number): number {
  const latest = Math.max(0, Math.min(cursor, count - height));
  const earliest = Math.max(0, cursor - height + 1);
  return Math.max(earliest, Math.min(top, latest));
}
