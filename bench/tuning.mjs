// Prints what each weight of the extractive summarizer is worth, and how the choice of weights does on a conversation that had no part in it.
// usage: node bench/tuning.mjs DATA SCORER   (DATA as for bench/summaries.mjs, with gold/ and qa/; SCORER: the folder of summary_quality.py)
import {execFileSync} from 'node:child_process';
import {mkdtempSync, readdirSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {basename, join} from 'node:path';
import {loadSummarizer, writeNodes} from './summaries.mjs';

/** A weight of talk (src/summarizers/extractive/weights.ts), and what else it might be. */
const WEIGHTS = [
  ['leastRarity', [4, 6]],
  ['rarityPower', [0.8, 1, 1.5]],
  ['spread', [0, 0.2, 0.6]],
  ['residue', [0.05, 0.3]],
  ['code', [0.3, 0.8]],
  ['lengthShift', [3, 6]],
  ['lengthPower', [0.65, 0.85]],
  ['question', [0.5, 0.8, 1]],
  ['greeting', [0.5, 0.85, 1]],
  ['ofOneself', [1, 1.3, 1.9]],
  ['dated', [1, 1.5, 2.5]],
  ['aside', [0.3, 0.8]],
  ['leastProlonging', [0.4, 1.5]],
];

/** R@5 and events of the nodes of one conversation. */
function score(scorer, data, nodes, name) {
  const program = `import sys; sys.path.insert(0, ${JSON.stringify(scorer)}); import summary_quality as s
c = s.load(sys.argv[1], {sys.argv[3]}); s.row("nodes", c, s.from_nodes(sys.argv[2], c))`;
  const text = execFileSync('python3', ['-c', program, data, nodes, name], {encoding: 'utf8'});
  if (text.includes('FAULT')) throw new Error(text);
  const figure = (label) => Number(new RegExp(`${label} +([\\d.]+)`).exec(text)[1]);
  return {found: figure('R@5'), events: figure('events')};
}

const sum = (values) => values.reduce((total, value) => total + value, 0);
const mean = (scores, key) => sum(scores.map((entry) => entry[key])) / scores.length;
const worth = (scores) => mean(scores, 'found') + mean(scores, 'events');
const shown = (scores) => `R@5 ${mean(scores, 'found').toFixed(1)}  events ${mean(scores, 'events').toFixed(1)}`;

const [data, scorer] = process.argv.slice(2);
if (scorer === undefined) {
  process.stderr.write('usage: node bench/tuning.mjs DATA SCORER\n');
  process.exit(64);
}
const names = readdirSync(join(data, 'events')).map((name) => basename(name, '.jsonl'));
const folder = mkdtempSync(join(tmpdir(), 'mem-tuning-'));
try {
  const candidates = [];
  for (const weight of [undefined, ...WEIGHTS.flatMap(([name, values]) => values.map((value) => ({name, value})))]) {
    writeNodes(await loadSummarizer(weight), data, folder);
    const scores = names.map((name) => score(scorer, data, folder, name));
    const label = weight === undefined ? 'as it is' : `${weight.name} ${weight.value}`;
    candidates.push({label, scores});
    process.stdout.write(`${label.padEnd(26)} ${shown(scores)}\n`);
  }
  process.stdout.write('\nthe means are of conversations, each counted once; left out of the choice:\n');
  names.forEach((name, out) => {
    const others = ({scores}) => scores.filter((_, at) => at !== out);
    const best = candidates.reduce((a, b) => (worth(others(b)) > worth(others(a)) ? b : a));
    process.stdout.write(`${name}: ${shown([best.scores[out]])} with ${best.label}; as it is ${shown([candidates[0].scores[out]])}\n`);
  });
} finally {
  rmSync(folder, {recursive: true});
}
