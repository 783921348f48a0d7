// Makes src/language/idf-table.ts from a table `word<TAB>number of messages that hold it`, most frequent first.
// usage: node scripts/make-idf-table.mjs TSV NUMBER-OF-MESSAGES LEAST-FREQUENCY > src/language/idf-table.ts
import {readFileSync} from 'node:fs';

const [file, messages, least] = process.argv.slice(2);
const steps = new Map();
for (const line of readFileSync(file, 'utf8').split('\n')) {
  const [word, count] = line.split('\t');
  if (line.startsWith('#') || count === undefined || Number(count) < Number(least)) continue;
  const step = Math.round(Math.log(Number(messages) / Number(count)) * 2);
  steps.set(step, [...(steps.get(step) ?? []), word]);
}
const quoted = (text) => (text.includes("'") ? `"${text}"` : `'${text}'`);
const groups = [...steps].sort(([a], [b]) => a - b).map(([step, words]) => `  [${step / 2}, ${quoted(words.join(' '))}],`);
process.stdout.write(`// Made by scripts/make-idf-table.mjs; see NOTICE for where the counts come from and their licence.
/** How telling common words are: ln(messages / messages that hold the word), rounded to halves, and the words. */
export const IDF_TABLE: readonly (readonly [number, string])[] = [
${groups.join('\n')}
];
`);
