import type {CutEvent, Segment} from './segment.js';

/** Of what comes before a size cut so much is given to a model as context, counted from its end. */
const OVERLAP_MS = 5 * 60_000;
const OVERLAP_TOKENS = 500;

/** What comes before a segment across a size cut, for a summarizer that uses it: whole events with text, in order. It cannot be cited. */
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
