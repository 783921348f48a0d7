import type {ChildSummary} from '../../../domain/toc/summary.js';

/** A day may have tens of thousands of segments. Of more than this many children only the heaviest workstreams are read. */
const MOST_CHILDREN = 600;
const MOST_WORKSTREAMS = 30;
/** Of each workstream so many children, taken from its whole length. */
const MOST_OF_WORKSTREAM = 60;

/** The children, in their places; those that are not read say nothing, but their workstreams weigh as before. */
export function withinReach(children: readonly ChildSummary[]): readonly ChildSummary[] {
  if (children.length <= MOST_CHILDREN) return children;
  const events = new Map<string, number>();
  const places = new Map<string, number[]>();
  children.forEach(({workstreams: [heaviest]}, at) => {
    const id = heaviest?.id ?? '';
    events.set(id, (events.get(id) ?? 0) + (heaviest?.events ?? 0));
    const known = places.get(id);
    if (known === undefined) places.set(id, [at]);
    else known.push(at);
  });
  const heaviest = [...events].sort((a, b) => b[1] - a[1]).slice(0, MOST_WORKSTREAMS);
  const read = new Set(heaviest.flatMap(([id]) => sampled(places.get(id) ?? [], MOST_OF_WORKSTREAM)));
  return children.map((child, at) => (read.has(at) ? child : {...child, title: '', bullets: [], keywords: [], facts: []}));
}

/** At most so many of a list, the first and the last of them. */
export function sampled<Item>(list: readonly Item[], most: number): readonly Item[] {
  if (list.length <= most) return list;
  const step = (list.length - 1) / (most - 1);
  const places = new Set(Array.from({length: most}, (_, at) => Math.round(at * step)));
  return list.filter((_, at) => places.has(at));
}
