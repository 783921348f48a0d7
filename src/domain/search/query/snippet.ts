import type {TermFinder} from '../words/term-finder.js';

const MOST_LINES = 2;
const MOST_CHARACTERS = 160;
/** So much of a long line stands before its first match. */
const LEAD_CHARACTERS = 50;
/** Only so much of a text is looked through. */
const MOST_SEARCHED = 64 * 1024;

/** A line of a text that matches, or the cut part of one. */
export interface SnippetLine {
  readonly text: string;
  /** The words that match: UTF-16 places in `text`, `end` exclusive, in order. */
  readonly marks: readonly {readonly start: number; readonly end: number}[];
}

/** The two lines of a text that show best why it was found, in their order; its first line where none matches. @param weights of the terms that are looked for */
export function snippetOf(text: string, weights: ReadonlyMap<string, number>, finder: Pick<TermFinder, 'found'>): readonly SnippetLine[] {
  const lines = text
    .slice(0, MOST_SEARCHED)
    .split(/\r?\n/)
    .map((line, at) => ({at, line, ...weigh(line, weights, finder)}))
    .filter(({line}) => line.trim() !== '');
  const best = lines.filter(({weight}) => weight > 0).sort((a, b) => b.weight - a.weight || a.at - b.at);
  const chosen = best.length > 0 ? best.slice(0, MOST_LINES).sort((a, b) => a.at - b.at) : lines.slice(0, 1);
  return chosen.map(({line, marks}) => cutLine(line, marks));
}

function weigh(line: string, weights: ReadonlyMap<string, number>, finder: Pick<TermFinder, 'found'>) {
  const marks: {start: number; end: number}[] = [];
  const seen = new Set<string>();
  let weight = 0;
  for (const {term, start, end} of finder.found(line)) {
    const own = weights.get(term);
    if (own === undefined) continue;
    if (!seen.has(term)) weight += own;
    seen.add(term);
    const last = marks.at(-1);
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else marks.push({start, end});
  }
  return {weight, marks};
}

function cutLine(line: string, marks: readonly {start: number; end: number}[]): SnippetLine {
  const first = marks[0]?.start ?? 0;
  const from =
    line.length <= MOST_CHARACTERS ? 0 : wordStart(line, Math.max(0, Math.min(first - LEAD_CHARACTERS, line.length - MOST_CHARACTERS)));
  const to = wholeEnd(line, Math.min(line.length, from + MOST_CHARACTERS));
  const before = from > 0 ? '…' : '';
  const cut = line.slice(from, to);
  const lead = cut.length - cut.trimStart().length;
  const shift = before.length - from - lead;
  const body = cut.trim();
  const end = before.length + body.length;
  return {
    text: `${before}${body}${to < line.length ? '…' : ''}`,
    marks: marks
      .map(({start, end: markEnd}) => ({start: Math.max(before.length, start + shift), end: Math.min(end, markEnd + shift)}))
      .filter((mark) => mark.start < mark.end),
  };
}

/** The beginning of a word near a place, so that no character is cut in two. */
function wordStart(line: string, at: number): number {
  if (at === 0) return 0;
  const space = line.indexOf(' ', at);
  if (space >= 0 && space < at + LEAD_CHARACTERS) return space + 1;
  return isLowSurrogate(line, at) ? at + 1 : at;
}

function wholeEnd(line: string, at: number): number {
  return isLowSurrogate(line, at) ? at - 1 : at;
}

function isLowSurrogate(line: string, at: number): boolean {
  const code = line.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff;
}
