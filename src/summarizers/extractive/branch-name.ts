import {isStopWord} from '../../language/lexicon.js';
import {presentForm} from '../turns/past-verbs.js';
import {REQUEST_VERBS} from '../turns/request-shapes.js';

const TICKET = /^(?:[a-z]{2,10}[-_]\d+|#?\d+)(?=[-_]|$)[-_]?/i;
/** In front of a slash: what kind of change, not who owns it. */
const FIX = /^(?:bug-?|hot-?)?fix(?:es)?$/i;
/** Letters and digits that a program made up. */
const MADE_UP = /^(?=.*\d)[a-z0-9]{5,}$|^\d+$/i;
/** It says of any branch what it is. */
const GENERIC = /^(?:(?:my|new|test|feature|work|working|main|default|temp|temporary|dev|development|release|topic|bug|fix)[ ]?)+branch$/i;
const GENERIC_WORD =
  /^(?:tests?|features?|works?|working|develop|development|staging|stable|release|releases|production|preview|trunk|patch|fixes|changes|branch|hotfix|experiment|playground|sandbox|backup)$/;
const LEAST_WORDS = 2;

/** The issue that a branch is for, in lower case; empty if its name tells none. */
export function ticketOf(branch: string): string {
  const ticket = TICKET.exec(branch.split('/').at(-1) ?? '')?.[0] ?? '';
  return /\p{L}/u.test(ticket) ? ticket.replace(/[-_]$/, '').toLowerCase() : '';
}

/** The one word that a branch is called by: "chunking"; empty where it has more, or says of any branch what it is. */
export function branchWord(branch: string): string {
  const own = branch.split('/').pop() ?? '';
  return /^\p{Ll}{5,}$/u.test(own) && !GENERIC_WORD.test(own) && isTelling(own) ? own : '';
}

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
  return isEnough(words) && !GENERIC.test(words.join(' ')) ? words : [];
}

function isEnough(words: readonly string[]): boolean {
  const telling = words.filter(isTelling).length;
  return telling >= LEAST_WORDS || (telling > 0 && words.length > LEAST_WORDS);
}

function isTelling(word: string): boolean {
  return word.length > 2 && !isStopWord(word);
}

/** A branch's words for people; empty if they do not say what the work is about: fewer of its telling words come up in the work than this share. */
export function branchName(branch: string, isSaid: (word: string) => boolean, leastShare: number): readonly string[] {
  const [first, ...others] = branchWords(branch);
  if (first === undefined) return [];
  const verb = presentForm(first.toLowerCase()) ?? first;
  const words = [verb, ...others];
  // Any work adds and fixes: the verb is no evidence.
  const telling = words.filter((word) => isTelling(word) && !(word === verb && REQUEST_VERBS.has(verb)));
  return telling.filter(isSaid).length < telling.length * leastShare ? [] : words;
}
