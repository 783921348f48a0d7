import {ownBranch} from '../../../domain/facts/workstream.js';
import type {Term, Vocabulary, Word} from '../../../language/vocabulary.js';
import {branchWords} from '../branch-name.js';
import {WEIGHTS} from '../weights.js';
import type {Candidate} from './candidates.js';
import type {ReadTurn} from './read-work.js';

const {work: W} = WEIGHTS;
const MOST_RARITY = 11.5;

/** How much each word tells of the work, by its number: in how many requests, reports, commits and branches it stands, and how rare it is. */
export function worthOfTerms(
  vocabulary: Vocabulary,
  read: readonly ReadTurn[],
  candidates: readonly Candidate[],
  branch: string,
): Float64Array {
  const headings = read.map(({turn}) => scanAll(vocabulary, turn.message?.heading ?? ''));
  const branched = scanAll(vocabulary, branchWords(ownBranch(branch)).join(' '));
  const weights = new Float64Array(vocabulary.terms.length);
  const counted = new Int32Array(vocabulary.terms.length);
  let pass = 0;
  /** Adds a weight to each term once for all the lists of words. */
  const add = (lists: readonly (readonly Word[])[], weight: number) => {
    pass++;
    for (const words of lists) {
      for (const {term} of words) {
        if (counted[term.number] === pass) continue;
        counted[term.number] = pass;
        weights[term.number] = (weights[term.number] ?? 0) + weight;
      }
    }
  };
  for (const {turn, number, asks, outcomes} of read) {
    const kind = turn.message?.kind;
    const isSubstantive = kind === 'request' || kind === 'question' || kind === 'remark' || kind === 'pasted';
    const asked = asks.map(({words}) => words);
    add(asked, isSubstantive ? W.inRequest : W.inRequest / 4);
    add([headings[number] ?? []], W.inRequest);
    const told = outcomes.flatMap(({sentence, shape}) => (shape === 'announced' ? [] : [sentence.words]));
    add(told, W.inReport);
  }
  for (const {kind, terms} of candidates) {
    const weight = kind === 'commit' || kind === 'pull_request' ? W.inCommit : kind === 'plan' || kind === 'task' ? W.inPlan : 0;
    if (weight > 0) for (const {number} of terms) weights[number] = (weights[number] ?? 0) + weight;
  }
  add([branched], W.inBranch);
  return weights.map((weight, at) => {
    const term = vocabulary.terms[at];
    return weight === 0 || term === undefined ? 0 : tellingOf(term) * Math.log2(1 + weight);
  });
}

function scanAll(vocabulary: Vocabulary, text: string): readonly Word[] {
  return text === '' ? [] : vocabulary.scan(text, 0, text.length, -1, 0);
}

/** 0 for a small or common word, 1 for a rare one. */
export function tellingOf({rarity, shape}: Term): number {
  const telling = Math.max(0, rarity - W.leastRarity) / (MOST_RARITY - W.leastRarity);
  return telling * (shape === 'word' ? 1 : W.code);
}
