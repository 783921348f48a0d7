/** Of a query's worth, a hit must have so much: else nothing is recalled, for a wrong memory costs more than none. */
const LEAST_SHARE = 0.5;
/** Of a query of more than one word, a hit must have so many different ones. */
const LEAST_WORDS = 2;

/**
 * Whether an event answers a query: it has half of what the query's words tell, and at least two of them.
 * @param weights how telling each term is @param absent how many words of the query occur nowhere: each tells as much as the most telling
 */
export function fitsQuery(terms: ReadonlySet<string>, weights: ReadonlyMap<string, number>, absent: number): boolean {
  const most = Math.max(0, ...weights.values());
  let all = most * absent;
  let found = 0;
  let words = 0;
  for (const [term, weight] of weights) {
    all += weight;
    if (!terms.has(term)) continue;
    found += weight;
    words++;
  }
  return words >= Math.min(LEAST_WORDS, weights.size + absent) && found >= LEAST_SHARE * all;
}
