import {cutAt} from '../../language/cut.js';

const MOST_CHARACTERS = 400;
/** A cut that leaves less than this share of the allowed words cuts too much. */
const LEAST_SHARE = 0.5;
/** Behind a mark, or before a word that begins a clause. */
const BORDER = /[,;:.!?)–—]$|^[–—(-]/;
const CLAUSE_WORDS = new Set(
  `and or but because so that which who when where while if unless since as before after although though instead rather then until
  und oder aber weil dass wenn et ou mais parce que si y o pero porque и или но потому что если`.split(/\s+/),
);

const LINK = /!?\[([^\]\n]{1,200})\]\((?:https?:|\/|#)[^)\s]{0,600}\)/g;

/** Text as a bullet shows it: white space single, marks of lists, headings, links and bold type dropped. What is nothing but marks stays. */
export function tidy(text: string): string {
  const bare = withoutMarks(text);
  return bare.trim() === '' ? text.replace(/\s+/g, ' ').trim() : bare;
}

function withoutMarks(text: string): string {
  const single = (text.includes('](') ? text.replace(LINK, '$1') : text)
    .replace(/\s+/g, ' ')
    .replace(/^[*|#>\s]+(?=\S)/, '')
    .replace(/[*|#>\s]+$/, '');
  return single.includes('**') || single.includes('__') ? withoutBold(single) : single;
}

/** Drops the marks of bold type around words, also unpaired ones at a cut; `**` in paths and code stays. */
function withoutBold(text: string): string {
  return text
    .split('`')
    .map((part, index) => (index % 2 === 1 ? part : part.replace(/(^|[\s("'[])(?:\*\*|__)(?=\S)|(?:\*\*|__)(?=$|[\s.,:;!?)"'\]])/g, '$1')))
    .join('`');
}

const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/gu;
const ASCII = /^[\x00-\x7f]*$/;
/** In a script without spaces so many characters are about a word. */
const CHARACTERS_PER_WORD = 2.5;

/** Words of a text, also in a script without spaces. */
export function wordsIn(text: string): number {
  const unspaced = ASCII.test(text) ? 0 : (text.match(UNSPACED)?.length ?? 0);
  let words = 1;
  for (let at = text.indexOf(' '); at >= 0; at = text.indexOf(' ', at + 1)) words++;
  return words + Math.floor(unspaced / CHARACTERS_PER_WORD);
}

/** At most `mostWords` words of a tidy text, cut at the border of a clause where there is one; the cut is marked "…". */
export function clipped(text: string, mostWords: number): string {
  const words = text.split(' ');
  if (words.length * 2 <= mostWords && wordsIn(text) > mostWords)
    return clippedCharacters(text, Math.floor(mostWords * CHARACTERS_PER_WORD));
  if (words.length <= mostWords) return text.length <= MOST_CHARACTERS ? text : `${cutAtSpace(text)} …`;
  let end = mostWords;
  for (let at = mostWords; at >= mostWords * LEAST_SHARE; at--) {
    const isBorder = BORDER.test(words[at - 1] ?? '') || CLAUSE_WORDS.has((words[at] ?? '').toLowerCase());
    if (!isBorder) continue;
    end = at;
    break;
  }
  const kept = words
    .slice(0, end)
    .join(' ')
    .replace(/[\s,;:(–—-]+$/, '');
  return `${kept.length <= MOST_CHARACTERS ? kept : cutAtSpace(kept)} …`;
}

function cutAtSpace(text: string): string {
  const kept = cutAt(text, MOST_CHARACTERS);
  const space = kept.lastIndexOf(' ');
  return space > MOST_CHARACTERS * LEAST_SHARE ? kept.slice(0, space) : kept;
}

function clippedCharacters(text: string, most: number): string {
  const kept = cutAt(text, most);
  const border = Math.max(...Array.from('，。；、！？,;', (mark) => kept.lastIndexOf(mark)));
  return `${border >= most * LEAST_SHARE ? kept.slice(0, border) : kept} …`;
}

/** The name before a bullet. */
export function nameOf({speaker, role}: {readonly speaker?: string; readonly role: string}): string {
  return (
    cutAt((speaker ?? role).slice(0, 120), 60)
      .replace(/\s+/g, ' ')
      .trim() || role
  );
}
