import {isProcess} from '../../turns/user-message.js';
import {capitalized, contentWords, headline, MOST_TITLE_WORDS} from '../headline.js';
import {findTopics, pickTopics, type Topic} from '../topics.js';
import {passagesOf, type ReadTurn} from './candidates.js';
import type {TitleWords} from './title-words.js';
import {branchWords} from './worth.js';

const MOST_BRANCH_WORDS = 4;
/** A title with fewer words that mean something wants a topic. */
const FEW = 3;
const FEW_CHARACTERS = 24;
const MOST_TOPICS = 3;

/** Where nothing else names the work: the branch's words and topics. */
export function titleOfTopics(read: readonly ReadTurn[], words: TitleWords, branch: string): string {
  const prefix = branchTitle(branch, words);
  const room = MOST_TITLE_WORDS - (prefix === '' ? 0 : prefix.split(' ').length);
  const most = prefix === '' ? MOST_TOPICS : MOST_TOPICS - 1;
  const names = topicsBeside(prefix, read, words);
  const longer = names.filter(({text}) => text.includes(' '));
  const topics = pickTopics(longer.length > 0 && !words.isGerman ? longer : names, new Set(), most, room);
  if (topics.length === 0) return prefix;
  return prefix === '' ? capitalized(topics.join(', ')) : `${prefix}: ${topics.join(', ')}`;
}

/** A short title with a topic that comes up more than once. */
export function filledUp(title: string, read: readonly ReadTurn[], words: TitleWords): string {
  if (contentWords(title, words.isSmall).length >= FEW || title.length > FEW_CHARACTERS) return title;
  const topics = topicsBeside(title, read, words).filter(({text, times}) => times > 1 && (text.includes(' ') || words.isGerman));
  const [topic] = pickTopics(topics, new Set(), 1, MOST_TITLE_WORDS - title.split(' ').length);
  return topic === undefined ? title : `${title}, ${topic}`;
}

/** Names that say something else than a title does. */
function topicsBeside(title: string, read: readonly ReadTurn[], {worth, isGerman}: TitleWords): Topic[] {
  const low = title.toLowerCase();
  const isSaid = (name: string) => name.split(/[\s-]+/).some((word) => low.includes(word));
  return findTopics(read.flatMap(passagesOf), worth, isGerman).filter(({text}) => !isProcess(text) && !isSaid(text.toLowerCase()));
}

/** A title with the branch's words before it, where it shares fewer than half of them and there is room. */
export function withBranch(title: string, branch: string, words: TitleWords): string {
  const low = title.toLowerCase();
  const telling = branchWords(branch).filter((word) => contentWords(word, words.isSmall).length > 0);
  const shared = telling.filter((word) => low.includes(word.toLowerCase().slice(0, Math.max(4, word.length - 2))));
  if (telling.length === 0 || shared.length * 2 >= telling.length) return title;
  const joined = `${branchTitle(branch, words)}: ${lowerFirst(title)}`;
  return joined.split(' ').length <= MOST_TITLE_WORDS ? joined : title;
}

function branchTitle(branch: string, {isSmall}: TitleWords): string {
  const named = branchWords(branch).slice(0, MOST_BRANCH_WORDS).join(' ');
  return headline(named, isSmall) || capitalized(named);
}

/** A title behind a colon or a semicolon. */
export function lowerFirst(title: string): string {
  return /^\p{Lu}\p{Ll}+(?=[\s,]|$)/u.test(title) ? `${title.charAt(0).toLowerCase()}${title.slice(1)}` : title;
}
