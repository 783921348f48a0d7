// Searches on stores of several sizes against Node that does nothing, the size of the index, and facts planted among the events.
import {existsSync, mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {ClassicLevel} from 'classic-level';
import {alternate, print, printRatio, ratios, run, spreadText} from './measure.mjs';

export const title = 'searches against bare node';

/** How long a search may take, by the number of events. */
const SIZES = [
  {count: 5_000, atMost: 2.2},
  {count: 150_000, atMost: 2.8},
  {count: 1_000_000, atMost: 4.5},
];
const FACTS = 100;
const FIRST = ['zirconium', 'heliotrope', 'sextant', 'marmalade', 'quokka', 'basalt', 'theremin', 'oregano', 'dirigible', 'palimpsest'];
const SECOND = ['ledger', 'turnstile', 'lantern', 'carousel', 'anvil', 'gondola', 'sundial', 'bellows', 'trellis', 'hourglass'];

export async function bench(context) {
  for (const {count, atMost} of SIZES) {
    const events = Math.round(count * context.scale);
    const home = makeHome(context, events);
    const kinds = {
      rare: 'zirconium ledger',
      'three words': 'zirconium carousel limit',
      common: 'file',
      phrase: '\'"zirconium lantern"\'',
      'with a month': 'zirconium --from 2015-03 --to 2015-03',
      'with a project': 'zirconium --project planted',
      absent: 'qqzzyx',
    };
    print(`${events.toLocaleString('en')} events: index, bytes per event`, (await indexBytes(home)) / events);
    for (const [kind, words] of Object.entries(kinds)) compare(context, home, `${events.toLocaleString('en')}: ${kind}`, words, atMost);
    plantedFacts(context, home, events);
  }
}

const factOf = (n) => `We decided that the ${FIRST[n % 10]} ${SECOND[Math.floor(n / 10)]} limit is ${n * 7 + 3} kB.`;

/** A store with the facts spread evenly among its events. */
function makeHome({folder, mem, input}, events) {
  const home = join(folder, `search-${events}`);
  if (existsSync(`${home}/done`)) return home;
  rmSync(home, {recursive: true, force: true});
  mkdirSync(home);
  const lines = readFileSync(input(events), 'utf8').trimEnd().split('\n');
  const planted = Array.from({length: FACTS}, (_, n) => {
    const {timestamp} = JSON.parse(lines[Math.floor(((n + 0.5) * lines.length) / FACTS)]);
    return JSON.stringify({event_id: `fact-${n}`, session_id: `fact-${n}`, timestamp, role: 'user', project: 'planted', text: factOf(n)});
  });
  const facts = join(folder, 'facts.jsonl');
  writeFileSync(facts, `${planted.join('\n')}\n`);
  run(`cat '${input(events)}' '${facts}' | ${process.execPath} ${mem} ingest`, {MEM_HOME: home});
  run(`${process.execPath} ${mem} rollup > /dev/null && touch '${home}/done'`, {MEM_HOME: home});
  return home;
}

function compare({folder, rounds, mem}, home, label, words, atMost) {
  const env = {MEM_HOME: home, HOME: folder, XDG_CACHE_HOME: join(folder, 'cache')};
  const commands = {
    bare: () => run(`exec ${process.execPath} -e 0`),
    search: () => run(`exec ${process.execPath} ${mem} search ${words} > /dev/null`, env),
  };
  const runs = alternate(commands, Math.max(rounds, 5));
  printRatio(label, ratios(runs.search, runs.bare), {atMost});
  print('  ms; peak memory in MB', `${spreadText(runs.search.map(({ms}) => ms))}; ${spreadText(runs.search.map(({peakMb}) => peakMb))}`);
}

/** How many facts stand among the first five hits for their words. */
function plantedFacts({mem, folder}, home, events) {
  const env = {MEM_HOME: home, HOME: folder, XDG_CACHE_HOME: join(folder, 'cache')};
  let found = 0;
  for (let n = 0; n < FACTS; n++) {
    const query = `${FIRST[n % 10]} ${SECOND[Math.floor(n / 10)]} limit`;
    const {stdout} = run(`exec ${process.execPath} ${mem} search ${query} --limit 5 --json`, env);
    if (stdout.includes(`is ${n * 7 + 3} kB.`)) found++;
  }
  print(`${events.toLocaleString('en')}: of ${FACTS} planted facts in the first five`, found);
}

/** About, of the rows of the index on disk. */
async function indexBytes(home) {
  const db = new ClassicLevel(join(home, 'db'), {createIfMissing: false, keyEncoding: 'utf8', valueEncoding: 'buffer'});
  await db.open();
  try {
    return await db.approximateSize('x', 'y');
  } finally {
    await db.close();
  }
}
