import type {Line} from '../../text/line.js';

/**
 * What the reader shows, in blocks that are laid out only when they come on the screen: an event may be a mebibyte long, a day have
 * hundreds of children.
 */
export interface Doc {
  readonly blocks: number;
  /** Laid out for the reader's width. */
  readonly lines: (block: number) => readonly Line[];
  /** Whether the cursor can stand on it. */
  readonly isChoice: (block: number) => boolean;
}

/** Of lines that are there already, each a block. */
export function linesDoc(lines: readonly Line[]): Doc {
  return {blocks: lines.length, lines: (block) => [lines[block] ?? []], isChoice: () => false};
}

/** A line of a document. */
export interface Position {
  readonly block: number;
  readonly line: number;
}

export const TOP: Position = {block: 0, line: 0};

export interface PlacedLine {
  readonly block: number;
  /** The block's first line, where its cursor is drawn. */
  readonly isFirst: boolean;
  readonly line: Line;
}

/** At most `height` lines from `top` on. */
export function linesFrom(doc: Doc, top: Position, height: number): readonly PlacedLine[] {
  const placed: PlacedLine[] = [];
  for (let block = top.block; block < doc.blocks && placed.length < height; block++) {
    const lines = doc.lines(block);
    for (let line = block === top.block ? top.line : 0; line < lines.length && placed.length < height; line++)
      placed.push({block, isFirst: line === 0, line: lines[line] ?? []});
  }
  return placed;
}

/** `by` lines further down (up, when negative), but not beyond the last page. */
export function scrollBy(doc: Doc, top: Position, by: number, height: number): Position {
  const {block, line} = clampPosition(doc, top, height);
  if (by >= 0) return clampPosition(doc, stepDown(doc, {block, line}, by), height);
  return stepUp(doc, {block, line}, -by);
}

function stepDown(doc: Doc, from: Position, by: number): Position {
  let {block, line} = from;
  line += by;
  while (block < doc.blocks - 1) {
    const count = doc.lines(block).length;
    if (line < count) break;
    line -= count;
    block++;
  }
  return {block, line};
}

function stepUp(doc: Doc, from: Position, by: number): Position {
  let {block, line} = from;
  line -= by;
  while (line < 0 && block > 0) {
    block--;
    line += doc.lines(block).length;
  }
  return {block, line: Math.max(0, line)};
}

/** Where the last page begins. */
export function lastPage(doc: Doc, height: number): Position {
  if (doc.blocks === 0) return TOP;
  const block = doc.blocks - 1;
  return stepUp(doc, {block, line: doc.lines(block).length}, height);
}

/** The position, or the last page's when it lies behind that. */
export function clampPosition(doc: Doc, top: Position, height: number): Position {
  // Far from the end there is nothing to clamp, and the last page need not be laid out.
  if (top.block + height < doc.blocks) return top;
  const last = lastPage(doc, height);
  return isBefore(last, top) ? last : top;
}

/** The nearest position from which a block's first line is on the page, and the rest of it as far as it fits. */
export function showBlock(doc: Doc, top: Position, block: number, height: number): Position {
  const from = clampPosition(doc, top, height);
  if (isBefore({block, line: 0}, from)) return {block, line: 0};
  const placed = linesFrom(doc, from, height);
  const count = doc.lines(block).length;
  const seen = placed.filter((spot) => spot.block === block).length;
  if (seen === Math.min(count, height)) return from;
  if (count >= height) return {block, line: 0};
  return stepUp(doc, {block, line: count}, height);
}

export function isBefore(a: Position, b: Position): boolean {
  return a.block < b.block || (a.block === b.block && a.line < b.line);
}

/** The next choice at or behind `block` in a direction; undefined when no choice follows. */
export function choiceFrom(doc: Doc, block: number, by: 1 | -1): number | undefined {
  for (let at = block; at >= 0 && at < doc.blocks; at += by) if (doc.isChoice(at)) return at;
  return undefined;
}
