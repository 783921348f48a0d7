import {ownBranch} from '../../../domain/facts/workstream.js';
import type {Term, Vocabulary} from '../../../language/vocabulary.js';
import {WEIGHTS} from '../weights.js';
import type {Candidate, ReadTurn} from './candidates.js';

const {work: W} = WEIGHTS;
const MOST_RARITY = 11.5;
const TICKET = /^[a-z]{2,8}-\d+(?:[-_]|$)/i;

/** How much each word tells of the work: in how many requests, reports, commits and branches it stands, and how rare it is. */
export function worthOfTerms(
  vocabulary: Vocabulary,
  read: readonly ReadTurn[],
  candidates: readonly Candidate[],
  branch: string,
): Map<Term, number> {
  const weights = new Map<Term, number>();
  const add = (terms: Iterable<Term>, weight: number) => {
    for (const term of new Set(terms)) weights.set(term, (weights.get(term) ?? 0) + weight);
  };
  for (const {turn, asks, outcomes} of read) {
    const kind = turn.message?.kind;
    const isSubstantive = kind === 'request' || kind === 'question' || kind === 'pasted';
    add(
      asks.flatMap(({words}) => words.map(({term}) => term)),
      isSubstantive ? W.inRequest : W.inRequest / 4,
    );
    const heading = turn.message?.heading ?? '';
    add(
      vocabulary.scan(heading, 0, heading.length, -1, 0).map(({term}) => term),
      W.inRequest,
    );
    add(
      outcomes.filter(({shape}) => shape !== 'announced').flatMap(({sentence}) => sentence.words.map(({term}) => term)),
      W.inReport,
    );
  }
  for (const {kind, terms} of candidates) {
    if (kind === 'commit' || kind === 'pull_request') add(terms, W.inCommit);
    else if (kind === 'plan' || kind === 'task') add(terms, W.inPlan);
  }
  const words = branchWords(branch).join(' ');
  add(
    vocabulary.scan(words, 0, words.length, -1, 0).map(({term}) => term),
    W.inBranch,
  );
  for (const [term, weight] of weights) weights.set(term, tellingOf(term) * Math.log2(1 + weight));
  return weights;
}

/** 0 for a small or common word, 1 for a rare one. */
export function tellingOf({rarity, shape}: Term): number {
  const telling = Math.max(0, rarity - W.leastRarity) / (MOST_RARITY - W.leastRarity);
  return telling * (shape === 'word' ? 1 : W.code);
}

/** The words of a branch's name, without its owner and its ticket: "ann/abc-12-add-tide-tables" says "add tide tables". */
export function branchWords(branch: string): readonly string[] {
  const name = ownBranch(branch).split('/').at(-1) ?? '';
  return name
    .replace(TICKET, '')
    .split(/[-_.]+/)
    .filter((word) => /\p{L}/u.test(word) && word.length > 1 && !/^[0-9a-f]{6,}$/.test(word));
}
