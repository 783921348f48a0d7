/** Of a query's worth, the best hit must have so much: else nothing is recalled, for a wrong memory costs more than none. */
export const LEAST_SHARE = 0.5;
/** Once one hit has that, further ones fill the budget with half of it. */
export const LEAST_FURTHER_SHARE = LEAST_SHARE / 2;
/** Of a query of more than one word, a hit must have so many different ones. */
const LEAST_WORDS = 2;

/**
 * How much of what a query's words tell an event has, from 0 to 1; 0 where it has fewer than two of several words.
 * @param weights how telling each term is @param absent how many words of the query occur nowhere: each tells as much as the most telling
 */
export function sharedWorth(terms: ReadonlySet<string>, weights: ReadonlyMap<string, number>, absent: number): number {
  let all = Math.max(0, ...weights.values()) * absent;
  let found = 0;
  let words = 0;
  for (const [term, weight] of weights) {
    all += weight;
    if (!terms.has(term)) continue;
    found += weight;
    words++;
  }
  return words === 0 || words < Math.min(LEAST_WORDS, weights.size + absent) ? 0 : found / all;
}
