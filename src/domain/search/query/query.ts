import type {SearchTokenizer} from '../words/tokenizer.js';

/** A word of a query with the terms that it gives: more than one for an identifier. */
export interface QueryWord {
  readonly word: string;
  readonly terms: readonly string[];
}

/** What is looked for, as it was typed: words, `"phrases"`, `-not` and `-"not this"`. */
export interface Query {
  /** Those of phrases too. */
  readonly words: readonly QueryWord[];
  /** Each must stand in a hit as it is, but for case and white space. */
  readonly phrases: readonly string[];
  /** None of these may stand in a hit: terms that must all be there to refuse it. */
  readonly not: readonly (readonly string[])[];
  readonly notPhrases: readonly string[];
}

const PART = /(-?)"([^"]*)"?|(\S+)/gu;

/** Parses a query. A quotation mark without an end reaches to the end of the query. */
export function parseQuery(text: string, tokenizer: SearchTokenizer): Query {
  const words: QueryWord[] = [];
  const phrases: string[] = [];
  const not: string[][] = [];
  const notPhrases: string[] = [];
  for (const [, minus, quoted, plain = ''] of text.matchAll(PART)) {
    if (quoted !== undefined) {
      const phrase = plainPhrase(quoted);
      if (phrase === '') continue;
      (minus === '-' ? notPhrases : phrases).push(phrase);
      if (minus !== '-') words.push(...wordsOf(quoted, tokenizer));
    } else if (/^-[^-\s]/u.test(plain)) {
      const terms = tokenizer.terms(plain.slice(1));
      if (terms.length > 0) not.push(terms);
    } else {
      words.push(...wordsOf(plain, tokenizer));
    }
  }
  return {words, phrases, not, notPhrases};
}

function wordsOf(text: string, tokenizer: SearchTokenizer): QueryWord[] {
  return text
    .split(/\s+/u)
    .map((word) => ({word, terms: tokenizer.terms(word)}))
    .filter(({terms}) => terms.length > 0);
}

/** A text as phrases are compared: in lower case, compatible forms joined, white space single. */
export function plainPhrase(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim();
}

/** Whether an event's text passes what the query asks for beside its words. @param terms of the text */
export function passesQuery({phrases, notPhrases, not}: Query, text: string, terms: () => ReadonlySet<string>): boolean {
  if (phrases.length > 0 || notPhrases.length > 0) {
    const plain = plainPhrase(text);
    if (!phrases.every((phrase) => plain.includes(phrase))) return false;
    if (notPhrases.some((phrase) => plain.includes(phrase))) return false;
  }
  if (not.length === 0) return true;
  const found = terms();
  return !not.some((refused) => refused.every((term) => found.has(term)));
}

/** Whether the texts of hits must be read to know that they pass. */
export function readsTexts({phrases, notPhrases, not}: Query): boolean {
  return phrases.length + notPhrases.length + not.length > 0;
}
