import {isStopWord} from '../../../language/lexicon.js';
import {termsOf} from './terms.js';

const TICKET = /^(?:[a-z]{2,10}[-_]\d+|#?\d+)(?=[-_]|$)[-_]?/i;
/** In front of a slash: what kind of change, not who owns it. */
const FIX = /^(?:bug-?|hot-?)?fix(?:es)?$/i;
/** Letters and digits that a program made up. */
const MADE_UP = /^(?=.*\d)[a-z0-9]{5,}$|^\d+$/i;
const LEAST_WORDS = 2;

/** The words of a branch's name as one reads them: without owner, ticket number and what a program made up. Empty if they say nothing. */
export function branchWords(branch: string): readonly string[] {
  const folders = branch.split('/');
  const own = folders.pop() ?? '';
  const words = own
    .replace(TICKET, '')
    .split(/[-_.\s]+/)
    .filter((word) => word !== '');
  while (words.length > 0 && MADE_UP.test(words.at(-1) ?? '')) words.pop();
  if (words.length > 0 && folders.some((folder) => FIX.test(folder)) && !FIX.test(words[0] ?? '')) words.unshift('fix');
  const telling = words.filter((word) => word.length > 2 && !isStopWord(word));
  return telling.length >= LEAST_WORDS ? words : [];
}

/**
 * A branch's name for people; empty if it does not say what the work is about: fewer than half of its telling words come up in the work.
 * @param spelling words with capitals of their own, by their lower case
 */
export function branchName(branch: string, saidInWork: ReadonlySet<number>, spelling: ReadonlyMap<string, string>): string {
  const words = branchWords(branch);
  const terms = termsOf(words.join(' '));
  const found = terms.filter((term) => saidInWork.has(term)).length;
  if (words.length === 0 || found * 2 < terms.length) return '';
  const text = words.map((word) => spelling.get(word.toLowerCase()) ?? word).join(' ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
