import {isStopWord} from '../../../language/lexicon.js';
import {clipped, countWords} from '../../turns/clip.js';
import {REQUEST_VERBS} from '../../turns/request-shapes.js';
import {withoutPrefix} from '../commit-prefix.js';
import {capitalized} from '../headline.js';
import {isTopic} from './worth.js';

const BEFORE_DETAIL =
  /\s(?:for|in|on|of|with|from|to|at|into|by|when|if|while|as|using|für|mit|in|bei|pour|dans|avec|para|con|en|для|в|с)\s/giu;
const LEAST_WORDS = 2;
/** A verb and its object need more words than a name. */
const LEAST_WHOLE = 3;

const DETAIL = /^(.*): ((\S+).*)$/u;

/** Behind a colon, two words are a name where the first of them asks for work. */
function isName(detail: string, verb: string): boolean {
  const words = countWords(detail);
  return words > LEAST_WORDS || (words === LEAST_WORDS && REQUEST_VERBS.has(verb.toLowerCase()));
}

/** A text as a name of at most so many words: without a commit's prefix, cut where a clause or a detail begins, with a capital. */
export function shortName(text: string, mostWords: number): string {
  const bare = withoutPrefix(text)
    .replace(/\s*…$/u, '')
    .replace(DETAIL, (_, name: string, detail: string, verb: string) => (isName(detail, verb) && isTopic(detail) ? detail : name))
    .replaceAll('; ', ', ');
  const cut = clipped(bare, mostWords).replace(/\s*…$/u, '');
  const name = ((cut !== bare && withoutDetail(bare, mostWords)) || cut).replace(/[\s.,;:!?。]+$/u, '');
  return capitalized(name);
}

/** As `shortName`, but empty where it would have to be cut within a phrase. */
export function wholeName(text: string, mostWords: number): string {
  const name = shortName(text, text.length);
  if (countWords(name) <= mostWords) return name;
  const [clause = ''] = name.split(', ', 1);
  if (countWords(clause) >= LEAST_WHOLE && countWords(clause) <= mostWords) return clause;
  const cut = withoutDetail(name, mostWords);
  return countWords(cut) >= LEAST_WHOLE ? cut : '';
}

function withoutDetail(text: string, mostWords: number): string {
  let best = '';
  for (const {index} of text.matchAll(BEFORE_DETAIL)) {
    const head = text.slice(0, index);
    if (countWords(head) > mostWords) break;
    if (countWords(head) >= LEAST_WORDS && head.split('`').length % 2 === 1) best = head;
  }
  const last = best.split(' ').at(-1) ?? '';
  return isStopWord(last) ? '' : best;
}
