import {cutAt} from '../../language/cut.js';
import {APART} from '../../language/words.js';
import type {Span} from './choose.js';
import type {Corpus} from './corpus.js';

const MOST_CHARACTERS = 400;

/** The words of a span as they stand in the text: white space single, marks of lists, headings and bold type dropped, clipped with "…". */
export function spanText(corpus: Corpus, span: Span, mostWords: number): string {
  const text = corpus.textFor(span.first);
  const from = corpus.from.get(span.first);
  const to = corpus.to.get(span.last);
  const end = endAfterWords(corpus, span, mostWords);
  const clipped = tidy(text.slice(from, end));
  return end < to ? `${clipped.replace(/[\s,;:(–—-]+$/, '')} …` : clipped;
}

/** Where the span ends, or the word after which it is clipped, whichever comes first. */
function endAfterWords(corpus: Corpus, span: Span, mostWords: number): number {
  const {words} = corpus;
  const to = corpus.to.get(span.last);
  const from = corpus.from.get(span.first);
  const endWord = corpus.endWord.get(span.last);
  let count = 0;
  for (let word = corpus.firstWord.get(span.first); word < endWord; word++) {
    if (words.joint.get(word) !== APART) continue;
    const tooLong = words.end.get(word) - from > MOST_CHARACTERS && count > 0;
    if (count === mostWords || tooLong) return words.end.get(word - 1);
    count++;
  }
  if (to - from <= MOST_CHARACTERS * 2) return to;
  const last = words.end.get(endWord - 1);
  return last - from > MOST_CHARACTERS * 2
    ? from + cutAt(corpus.textFor(span.first).slice(from, from + MOST_CHARACTERS + 1), MOST_CHARACTERS).length
    : last;
}

const UNTIDY = /\s\s|[^\S ]/;
const MARKS = '*|#> \t\r\n';

function tidy(text: string): string {
  let end = text.length;
  while (end > 0 && MARKS.includes(text.charAt(end - 1))) end--;
  const single = (UNTIDY.test(text) ? text.slice(0, end).replace(/\s+/g, ' ') : text.slice(0, end)).trim();
  return single.includes('**') ? withoutBold(single) : single;
}

/** Drops the marks of bold type around words, also unpaired ones at a cut; `**` in paths and code stays. */
function withoutBold(text: string): string {
  return text
    .split('`')
    .map((part, index) => (index % 2 === 1 ? part : part.replace(/(^|[\s("'[])\*\*(?=\S)|\*\*(?=$|[\s.,:;!?)"'\]])/g, '$1')))
    .join('`');
}

/** Text without any sentence, e.g. pictures: as it stands, white space single, clipped. */
export function bareText(text: string): string {
  const single = text
    .slice(0, MOST_CHARACTERS * 2)
    .replace(/\s+/g, ' ')
    .trim();
  return single.length <= MOST_CHARACTERS ? single : `${cutAt(single, MOST_CHARACTERS)} …`;
}

/** `text` with the name of who said it before it, where that is known. */
export function withSpeaker(name: string, text: string): string {
  return name === '' ? text : `${name}: ${text}`;
}
