import type {EventForSummary} from '../../domain/toc/summary.js';
import {classOf, kindAt, SPACE, UNSPACED, WORD} from '../../language/chars.js';
import {cutSentences, type SentenceKind} from '../../language/sentences.js';
import type {Vocabulary, Word} from '../../language/vocabulary.js';

/** How much of a text is looked at: its head and its tail. What a segment may hold is far below; one huge event is a segment, too. */
const HEAD = 24_000;
const TAIL = 8_000;
const OPENING_BRACKET = 91;
const OPENING = new Set(Array.from('`"\'([“‘«/.~$@#&-「『（', (character) => character.charCodeAt(0)));

/** A sentence with its words: text[from, to) of the event number `group`. */
export interface Sentence {
  readonly group: number;
  readonly text: string;
  readonly from: number;
  readonly to: number;
  /** Those of one block stand in one paragraph. */
  readonly block: number;
  readonly kind: SentenceKind;
  readonly words: readonly Word[];
  /** Words as a person counts them: what hangs together counts once. */
  readonly length: number;
}

/**
 * The sentences of a text that have a word. @param group the event's number @param weight how much its words count, 0 to 1
 * @param withCode see `cutSentences`
 */
export function readSentences(
  vocabulary: Vocabulary,
  {text}: Pick<EventForSummary, 'text'>,
  group: number,
  weight: number,
  withCode: boolean,
): Sentence[] {
  const sentences: Sentence[] = [];
  partsOf(text).forEach(([from, to], part) => {
    for (const raw of cutSentences(text, from, to, withCode)) {
      const start = startOfSentence(text, raw.from, raw.to);
      const words = vocabulary.scan(text, start, raw.to, group, raw.kind === 'code' ? weight * 0.3 : weight);
      if (words.length === 0) continue;
      // What stands in brackets of its own is a note beside what is said.
      const isAside = (raw.kind === 'prose' || raw.kind === 'item') && text.charCodeAt(start) === OPENING_BRACKET;
      const kind = isAside ? 'aside' : raw.kind;
      sentences.push({group, text, from: start, to: raw.to, block: raw.block + part * 1e6, kind, words, length: lengthOf(words)});
    }
  });
  return sentences;
}

/** Words as a person counts them: what hangs together counts once. */
export function lengthOf(words: readonly Word[]): number {
  let length = 0;
  for (const {joint} of words) if (joint === 'apart') length++;
  return length;
}

function partsOf(text: string): readonly (readonly [number, number])[] {
  if (text.length <= HEAD + TAIL) return [[0, text.length]];
  return [
    [0, backToSpace(text, HEAD)],
    [onToSpace(text, text.length - TAIL), text.length],
  ];
}

function startOfSentence(text: string, from: number, to: number): number {
  let at = from;
  while (at < to) {
    const kind = kindAt(text, at);
    if (kind === WORD || kind === UNSPACED) break;
    // A dash or a hash opens a flag or a number, not a sentence, when a space follows.
    if (OPENING.has(text.charCodeAt(at)) && at + 1 < to && classOf(text.charCodeAt(at + 1)) !== SPACE) break;
    at++;
  }
  return at;
}

function backToSpace(text: string, at: number): number {
  let cut = at;
  while (cut > at - 200 && classOf(text.charCodeAt(cut)) !== SPACE) cut--;
  return cut > at - 200 ? cut : at;
}

function onToSpace(text: string, at: number): number {
  let cut = at;
  while (cut < at + 200 && classOf(text.charCodeAt(cut)) !== SPACE) cut++;
  return cut < at + 200 ? cut : at;
}
