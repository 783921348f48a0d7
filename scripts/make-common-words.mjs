// Makes src/language/common-words.ts from a list of words by frequency, most frequent first: JSON, `[{word, count}, …]`.
// usage: node scripts/make-common-words.mjs LIST LEAST-COUNT > src/language/common-words.ts
import {readFileSync} from 'node:fs';

/** What a table in a program's source need not hold. */
const COARSE = /fuck|shit|bitch|bastard|whore|slut|asshole|bullshit|\bass\b|cunt|dick|pussy|crap|damn|goddamn|sexy|sexual|\bsex\b|bloody/;

const [file, least] = process.argv.slice(2);
const list = JSON.parse(readFileSync(file, 'utf8'));
const all = list.reduce((sum, {count}) => sum + count, 0);
const steps = new Map();
for (const {word, count} of list) {
  // A capital marks a name: no name is a common word.
  if (count < Number(least) || !/^[a-z][a-z']*$/.test(word) || COARSE.test(word)) continue;
  const step = Math.round(Math.log(all / count) * 2);
  steps.set(step, [...(steps.get(step) ?? []), word]);
}
const quoted = (text) => (text.includes("'") ? `"${text}"` : `'${text}'`);
const groups = [...steps].sort(([a], [b]) => a - b).map(([step, words]) => `  [${step / 2}, ${quoted(words.join(' '))}],`);
process.stdout.write(`// Made by scripts/make-common-words.mjs; see NOTICE for where the counts come from.
/** How rare the common words of spoken English are: ln(all words / occurrences), rounded to halves, and the words. */
export const COMMON_WORDS: readonly (readonly [number, string])[] = [
${groups.join('\n')}
];
`);
