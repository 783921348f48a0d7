// How long the rules for secrets take for 1 MiB of texts that are hard on regular expressions, against one pass over ordinary text.
import {execFileSync} from 'node:child_process';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {buildSync} from 'esbuild';
import {alternate, print, printRatio, ratios, spreadText} from './measure.mjs';

export const title = 'secrets: 1 MiB of one text, in ms';
const MIB = 1024 * 1024;
const TEXTS = `
const {randomBytes} = require('node:crypto');
const filled = (part) => part.repeat(Math.ceil(${MIB} / part.length)).slice(0, ${MIB});
const TEXTS = {
  words: filled('The lentils simmer for half an hour, then the salt goes in.\\n'),
  a: filled('a'), '(': filled('('), spaces: filled(' '), base64: randomBytes(${MIB}).toString('base64').slice(0, ${MIB}),
  'http://': filled('http://'), 'http://a:': filled('http://a:'), 'key=': filled('key='), KEY_: filled('KEY_'), 'eyJ': filled('eyJ'), 'eyJa.': filled('eyJabcdefgh.'), 'sk-': filled('sk-'),
  'Bearer ': filled('Bearer '), '-----BEGIN PRIVATE KEY-----': filled('-----BEGIN PRIVATE KEY-----'), ':AA': filled('1234567:AA'), quotes: filled('token: "'),
};`;

export function bench({folder, rounds}) {
  const path = join(folder, 'redact-one.cjs');
  const redactor = fileURLToPath(new URL('../src/redact/redactor.ts', import.meta.url));
  const {outputFiles} = buildSync({entryPoints: [redactor], bundle: true, write: false, platform: 'node', format: 'cjs'});
  writeFileSync(join(folder, 'redactor.cjs'), outputFiles[0].text);
  writeFileSync(
    path,
    `${TEXTS}
const {makeRedactor} = require('./redactor.cjs');
const redactor = makeRedactor(() => Buffer.from('a key'));
const text = TEXTS[process.argv[2]];
redactor.text(TEXTS.words);
const start = performance.now();
redactor.text(text);
console.log(performance.now() - start);`,
  );
  const names = execFileSync(process.execPath, ['-e', `${TEXTS} console.log(JSON.stringify(Object.keys(TEXTS)))`], {encoding: 'utf8'});
  const measured = (name) => ({ms: Number(execFileSync(process.execPath, [path, name], {encoding: 'utf8'}))});
  const all = Object.fromEntries(JSON.parse(names).map((name) => [name, () => measured(name)]));
  const runs = alternate(all, rounds);
  for (const [name, list] of Object.entries(runs)) {
    print(
      JSON.stringify(name),
      spreadText(
        list.map(({ms}) => ms),
        1,
      ),
    );
    if (name !== 'words') printRatio('  against words', ratios(list, runs.words), {});
  }
}
