// The browser's search: from the last key of a query to its hits on the screen, in a memory of a million events.
import {execFileSync, spawnSync} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import {print, spread, spreadText} from './measure.mjs';
import {makeStore} from './stores.mjs';

export const title = "the browser's / at a million events";

const PTY = fileURLToPath(new URL('./browser-pty.py', import.meta.url));
const EVENTS = 1_000_000;
const MOST_MS = 300;
/** A common word, a rarer one, three words, a word that occurs nowhere, and a filter. */
const QUERIES = ['file', 'marathon', 'family trip beach', 'qqzzyx', 'file --role user'];

export function bench(context) {
  const {nodes, mem, scale, rounds} = context;
  if (spawnSync('python3', ['--version']).status !== 0) return print('skipped', 'python3 makes the terminal, and is not installed');
  const total = Math.round(EVENTS * scale);
  const home = makeStore(context, total, total);
  const [{command}] = nodes;
  const runs = Array.from({length: Math.max(3, Math.ceil(rounds / 2))}, () =>
    JSON.parse(execFileSync('python3', [PTY, 'search', command, mem, home, ...QUERIES], {encoding: 'utf8'})),
  );
  QUERIES.forEach((query, at) => {
    const ms = runs.map(({hits}) => hits[at]);
    print(query, `${spreadText(ms, 0)} ms   at most ${MOST_MS}: ${spread(ms).median <= MOST_MS ? 'kept' : 'FALLS SHORT'}`);
  });
  print('peak memory', `${spread(runs.map(({peakMb}) => peakMb)).median.toFixed(0)} MB`);
}
