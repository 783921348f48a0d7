/** Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009. */
export interface Bm25 {
  readonly k1: number;
  readonly b: number;
}

/** How telling a term is that `found` of `all` documents have; Lucene's form, which is never negative. */
export function idfOf(all: number, found: number): number {
  return Math.log(1 + (all - found + 0.5) / (found + 0.5));
}

/** How much `count` occurrences in a document of `length` terms count, where `mean` is usual; from 0 to k1 + 1. */
export function saturation({k1, b}: Bm25, count: number, length: number, mean: number): number {
  return (count * (k1 + 1)) / (count + k1 * (1 - b + (b * length) / (mean || 1)));
}
