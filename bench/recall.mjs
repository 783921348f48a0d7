// Asks a memory of real sessions what `mem recall` would tell an agent, and counts how often it cites the session that it should.
// usage: node bench/recall.mjs FOLDER   (FOLDER/events.jsonl.gz, FOLDER/questions.jsonl with question and evidence_session_ids)
import {spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {gunzipSync} from 'node:zlib';

/** What must be reached, in percent of the questions, by the budget in tokens. */
const FLOORS = {600: 75, 2000: 90};
/** Nothing of them was ever said to a coding agent. */
const UNRELATED = [
  'which soil do tomatoes like best',
  'how long does a sourdough loaf rest before baking',
  'why are flamingos pink',
  'the plot of the opera about a barber',
  'who won the marathon at the last Olympic games',
  'train connections from Lisbon to Porto on Sundays',
  'is it safe to eat raw mussels in summer',
  'knitting pattern for a child’s cardigan',
  'why does my cat knead blankets',
  'best time of year to prune apple trees',
];
const ID = /\[([0-7][0-9A-HJKMNP-TV-Z]{25})\]/gu;
const MEM = fileURLToPath(new URL('../bin/mem.js', import.meta.url));

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  process.stderr.write('usage: node bench/recall.mjs FOLDER\n');
  process.exit(64);
}
const work = mkdtempSync(join(tmpdir(), 'mem-recall-'));

function mem(...args) {
  const env = {PATH: process.env.PATH, HOME: work, MEM_HOME: join(work, 'home'), TZ: 'UTC'};
  const {status, stdout, stderr} = spawnSync(process.execPath, [MEM, ...args], {env, encoding: 'utf8', maxBuffer: 1024 ** 3});
  if (status !== 0) throw new Error(`mem ${args.join(' ')} ended with ${status}: ${stderr.slice(-500)}`);
  return stdout;
}

try {
  const events = join(work, 'events.jsonl');
  writeFileSync(events, gunzipSync(readFileSync(join(folder, 'events.jsonl.gz'))));
  mem('ingest', '--drain', events);
  mem('rollup');
  const sessionOf = new Map(linesOf(mem('events', '--json')).map(({event_id: id, session_id: session}) => [id, session]));
  const questions = linesOf(readFileSync(join(folder, 'questions.jsonl'), 'utf8'));
  for (const [budget, floor] of Object.entries(FLOORS)) {
    const told = questions.map(({question, evidence_session_ids: gold}) => {
      const text = mem('recall', '--all-projects', '--budget', budget, '--', question);
      const ids = [...text.matchAll(ID)].map(([, id]) => id);
      return {
        isSilent: text === '',
        isCited: ids.some((id) => gold.includes(sessionOf.get(id))),
        lost: ids.filter((id) => !sessionOf.has(id)).length,
      };
    });
    const share = (100 * told.filter(({isCited}) => isCited).length) / told.length;
    const silent = told.filter(({isSilent}) => isSilent).length;
    const lost = told.reduce((sum, one) => sum + one.lost, 0);
    say(`${budget} tokens: the session is cited for ${share.toFixed(1)} % of ${told.length} questions, at least ${floor}`, share >= floor);
    say(`${budget} tokens: silent for ${silent}; ids that do not resolve: ${lost}`, lost === 0);
  }
  const answered = UNRELATED.filter((question) => mem('recall', '--all-projects', '--', question) !== '');
  say(`unrelated questions that are answered: ${answered.length} of ${UNRELATED.length} ${answered.join('; ')}`, answered.length === 0);
} finally {
  rmSync(work, {recursive: true, force: true});
}

function say(text, isReached) {
  process.stdout.write(`${isReached ? 'reached' : 'MISSED '}  ${text}\n`);
  if (!isReached) process.exitCode = 1;
}

function linesOf(text) {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}
