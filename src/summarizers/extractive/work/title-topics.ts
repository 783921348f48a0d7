import {ownBranch} from '../../../domain/facts/workstream.js';
import {isProcess} from '../../turns/user-message.js';
import {branchName, branchWord, branchWords} from '../branch-name.js';
import {capitalized, contentWords, headline, MOST_TITLE_WORDS} from '../headline.js';
import {findTopics, pickTopics} from '../topics.js';
import {passagesOf, type ReadTurn} from './read-work.js';
import type {TitleWords} from './title-words.js';

/** A longer name of a branch is cut, and so is one that has no room with the title behind it. */
const MOST_BRANCH_WORDS = 6;
const SHORT_BRANCH_WORDS = 4;

/** What is talked about most, in what was asked first if that names something. A single word says enough where there is no branch. */
export function titleOfTopics(read: readonly ReadTurn[], first: ReadTurn | undefined, branch: string, words: TitleWords): string {
  const {worth, isGerman} = words;
  const topicIn = (turns: readonly ReadTurn[], isLong: boolean) => {
    const names = findTopics(turns.flatMap(passagesOf), worth, isGerman).filter(({text}) => !isProcess(text));
    const longer = isGerman ? names : names.filter(({text}) => text.includes(' '));
    const [topic = ''] = pickTopics(longer.length > 0 || isLong ? longer : names, new Set(), 1, MOST_TITLE_WORDS);
    return capitalized(topic);
  };
  const asked = first === undefined ? [] : [{...first, outcomes: []}];
  return topicIn(asked, true) || topicIn(read, branchWords(ownBranch(branch)).length > 0);
}

/** When a branch's words stand before a title. */
export interface BranchUse {
  /** What share of them has to come up in the work. */
  readonly leastSaid: number;
  /** A single word is enough. */
  readonly isWordEnough: boolean;
}

/** Before a title that says little, any branch says more. */
export const ANY_BRANCH: BranchUse = {leastSaid: 0, isWordEnough: true};

/** A branch of which a word comes up: any other just happened to be checked out. */
export const SAID_BRANCH: BranchUse = {leastSaid: 0.01, isWordEnough: true};

/** A title with the branch's words before it, where it shares fewer than half of them and there is room; of both, the one that is there. */
export function withBranch(title: string, branch: string, words: TitleWords, {leastSaid, isWordEnough}: BranchUse): string {
  const word = isWordEnough ? branchWord(ownBranch(branch)) : '';
  const whole = word === '' ? branchName(ownBranch(branch), words.isSaid, leastSaid) : [word];
  // Nobody said that anything was fixed.
  const named = !words.isWorkedOn && leastSaid === 0 && whole[0] === 'fix' && whole.length > 2 ? whole.slice(1) : whole;
  const low = title.toLowerCase();
  const telling = named.filter((word) => contentWords(word, words.isSmall).length > 0);
  const shared = telling.filter((word) => low.includes(word.toLowerCase().slice(0, Math.max(4, word.length - 2))));
  if (telling.length === 0 || (title !== '' && shared.length * 2 >= telling.length)) return title;
  for (const most of [MOST_BRANCH_WORDS, SHORT_BRANCH_WORDS]) {
    const prefix = branchTitle(named, words, most);
    const joined = title === '' ? prefix : `${prefix}: ${lowerFirst(title)}`;
    if (joined.split(' ').length <= MOST_TITLE_WORDS) return joined;
  }
  // Of a step that has no room behind it the branch says more.
  return isWordEnough && title !== '' && named.length > 1 ? branchTitle(named, words, MOST_BRANCH_WORDS) : title;
}

function branchTitle(named: readonly string[], {isSmall}: TitleWords, most: number): string {
  const text = named.slice(0, most).join(' ');
  return headline(text, isSmall) || capitalized(text);
}

/** A title behind a colon or a semicolon. */
export function lowerFirst(title: string): string {
  return /^\p{Lu}\p{Ll}+(?=[\s,]|$)/u.test(title) ? `${title.charAt(0).toLowerCase()}${title.slice(1)}` : title;
}
