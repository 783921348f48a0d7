// Prints what each weight of the extractive summarizer is worth, and how the choice of weights does on a conversation that had no part in it.
// usage: node bench/tuning.mjs DATA SCORER   (DATA as for bench/summaries.mjs, with gold/ and qa/; SCORER: the folder of summary_quality.py)
import {execFileSync} from 'node:child_process';
import {mkdtempSync, readdirSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {basename, join} from 'node:path';
import {loadSummarizer, writeNodes} from './summaries.mjs';

/** A weight: the file in which it stands, its name, and what else it might be. */
const WEIGHTS = [
  ['gains', 'RESIDUE', [0.05, 0.1, 0.25, 0.4]],
  ['gains', 'CODE_SHARE', [0.4, 0.7, 1]],
  ['gains', 'LENGTH_POWER', [0.65, 0.7, 0.8, 0.85]],
  ['gains', 'LENGTH_SHIFT', [3, 4, 7, 10]],
  ['choose', 'SPREAD_WEIGHT', [0, 0.15, 0.35, 0.5]],
  ['choose', 'LEAST_SHARE', [0.05, 0.2]],
  ['choose', 'LEAST_PROLONGING', [0.4, 1.2, 2]],
  ['choose', 'SLOT_WORDS', [3, 10, 14]],
  ['choose', 'SENTENCES_PER_SPAN', [1, 2, 4]],
  ['cues', 'PERSON_QUESTION', [0.4, 0.85, 1]],
  ['cues', 'PERSON_OPENER', [0.4, 0.8, 1]],
  ['cues', 'CUE_FACTOR', [1, 1.1, 1.35]],
  ['lexicon', 'UNKNOWN_IDF', [8, 8.5, 9.5, 10]],
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
  for (const weight of [undefined, ...WEIGHTS.flatMap(([file, name, values]) => values.map((value) => ({file, name, value})))]) {
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
