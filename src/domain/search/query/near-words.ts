const LETTERS_IN_COMMON = 5;
const LEAST_SIMILARITY = 0.5;
const MOST_WORDS = 8;

/**
 * The terms of an index that may stand for one that it does not have: parts of compounds, other endings, typing errors. At most 8, the
 * nearest first.
 */
export function nearWords(wanted: string, terms: Iterable<string>): readonly string[] {
  const parts = trigramsOf(wanted);
  const start = wanted.slice(0, LETTERS_IN_COMMON);
  const found: {term: string; similarity: number}[] = [];
  for (const term of terms) {
    const similarity = similarityOf(parts, term);
    const hasStart = wanted.length >= LETTERS_IN_COMMON && term.startsWith(start);
    const isPart = (wanted.length >= 4 && term.includes(wanted)) || (term.length >= 4 && wanted.includes(term));
    if (hasStart || isPart || similarity >= LEAST_SIMILARITY) found.push({term, similarity});
  }
  return found
    .sort((a, b) => b.similarity - a.similarity || (a.term < b.term ? -1 : 1))
    .slice(0, MOST_WORDS)
    .map(({term}) => term);
}

/** Three characters each, the ends marked. */
function trigramsOf(term: string): ReadonlySet<string> {
  const marked = `  ${term} `;
  const parts = new Set<string>();
  for (let at = 0; at + 3 <= marked.length; at++) parts.add(marked.slice(at, at + 3));
  return parts;
}

/** Dice's coefficient over trigrams, 0 to 1. */
function similarityOf(parts: ReadonlySet<string>, term: string): number {
  // Of the larger set, at most the smaller one is shared: most terms are refused by their length.
  const most = (2 * Math.min(parts.size, term.length + 1)) / (parts.size + term.length + 1);
  if (most < LEAST_SIMILARITY) return 0;
  const others = trigramsOf(term);
  let shared = 0;
  for (const part of others) if (parts.has(part)) shared++;
  return (2 * shared) / (parts.size + others.size);
}
