import type {CutEvent, Segment} from './segment.js';

/** How much before a size cut a model gets as context, counted from the cut. */
const OVERLAP_MS = 5 * 60_000;
const OVERLAP_TOKENS = 500;

/** The context before a size cut, for a summarizer that uses it: whole events with text, in order. It cannot be cited. */
export function overlapOf<E extends CutEvent>({cutFrom = []}: Pick<Segment<E>, 'cutFrom'>): readonly E[] {
  const last = cutFrom.at(-1);
  if (last === undefined) return [];
  const overlap: E[] = [];
  let tokens = 0;
  for (const event of cutFrom.toReversed()) {
    tokens += event.tokens;
    if (last.time - event.time > OVERLAP_MS || tokens > OVERLAP_TOKENS) break;
    if (event.hasText) overlap.unshift(event);
  }
  return overlap;
}
