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

/** Text as a bullet shows it: white space single, marks of lists, headings, links and bold type dropped. */
export function tidy(text: string): string {
  const single = (text.includes('](') ? text.replace(LINK, '$1') : text).replace(/\s+/g, ' ').replace(/^[*|#>\s]+(?=\S)/, '').replace(/[*|#>\s]+$/, '');
  return single.includes('**') || single.includes('__') ? withoutBold(single) : single;
}

/** Drops the marks of bold type around words, also unpaired ones at a cut; `**` in paths and code stays. */
function withoutBold(text: string): string {
  return text
    .split('`')
    .map((part, index) => (index % 2 === 1 ? part : part.replace(/(^|[\s("'[])(?:\*\*|__)(?=\S)|(?:\*\*|__)(?=$|[\s.,:;!?)"'\]])/g, '$1')))
    .join('`');
}

/** At most `mostWords` words of a tidy text, cut at the border of a clause where there is one; the cut is marked "…". */
export function clipped(text: string, mostWords: number): string {
  const words = text.split(' ');
  if (words.length <= mostWords) return text.length <= MOST_CHARACTERS ? text : `${cutAt(text, MOST_CHARACTERS).trimEnd()} …`;
  let end = mostWords;
  for (let at = mostWords; at >= mostWords * LEAST_SHARE; at--) {
    const isBorder = BORDER.test(words[at - 1] ?? '') || CLAUSE_WORDS.has((words[at] ?? '').toLowerCase());
    if (!isBorder) continue;
    end = at;
    break;
  }
  const kept = words.slice(0, end).join(' ').replace(/[\s,;:(–—-]+$/, '');
  return `${cutAt(kept, MOST_CHARACTERS).trimEnd()} …`;
}

/** The name before a bullet. */
export function nameOf({speaker, role}: {readonly speaker?: string; readonly role: string}): string {
  return cutAt((speaker ?? role).slice(0, 120), 60).replace(/\s+/g, ' ').trim() || role;
}
