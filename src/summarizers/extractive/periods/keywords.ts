import type {ChildSummary} from '../../../domain/toc/summary.js';

const MOST = 7;

/** The keywords that most children have, and of these the ones that stand first. */
export function periodKeywords(children: readonly ChildSummary[]): readonly string[] {
  const scores = new Map<string, {word: string; score: number}>();
  for (const {keywords} of children) {
    keywords.forEach((word, at) => {
      const known = scores.get(word.toLowerCase()) ?? {word, score: 0};
      known.score += 1 / (at + 2);
      scores.set(word.toLowerCase(), known);
    });
  }
  return [...scores.values()]
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST)
    .map(({word}) => word);
}
