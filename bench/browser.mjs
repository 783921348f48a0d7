// The browser from its start to its first frame, against Node that does nothing, and from a key to its frame.
import {execFileSync, spawnSync} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import {print, printRatio, spread, spreadText} from './measure.mjs';
import {makeStore, TEN_YEARS} from './stores.mjs';

export const title = 'mem toc against bare node, and from key to frame';

const PTY = fileURLToPath(new URL('./browser-pty.py', import.meta.url));
const KEYS = 400;

/** A terminal is needed: Python's pty module makes one. */
export function bench(context) {
  const {rounds, nodes, mem, scale} = context;
  if (spawnSync('python3', ['--version']).status !== 0) return print('skipped', 'python3 makes the terminal, and is not installed');
  const total = Math.round(TEN_YEARS * scale);
  const home = makeStore(context, total, total);
  for (const {name, command} of nodes) {
    const starts = Array.from({length: Math.max(rounds, 7)}, () => measure(['start', command, mem, home]));
    printRatio(
      `${name}: to the first frame, the tree`,
      starts.map(({bare, frame}) => frame / bare),
      name.startsWith('Node 20') ? {atMost: 5} : {},
    );
    printRatio(
      `${name}: until the screen is whole`,
      starts.map(({bare, whole}) => whole / bare),
    );
    print('  ms: bare, tree, whole', ['bare', 'frame', 'whole'].map((one) => spreadText(starts.map((start) => start[one]))).join(', '));
    const {keys, bytes, silent, peakMb} = measure(['keys', command, mem, home, String(KEYS)]);
    const sorted = [...keys].sort((a, b) => a - b);
    print(
      `${name}: key to frame, ms`,
      `p50 ${spread(keys).median.toFixed(1)}, p95 ${sorted[Math.floor(sorted.length * 0.95)].toFixed(1)} of ${keys.length} keys, and ${silent} without one`,
    );
    print(
      '  bytes to a frame',
      `p50 ${spread(bytes).median.toFixed(0)}, most ${Math.max(...bytes)} (a screen of 120 x 40 has 4,800 cells)`,
    );
    print('  peak memory', `${peakMb.toFixed(0)} MB`);
  }
}

function measure(args) {
  return JSON.parse(execFileSync('python3', [PTY, ...args], {encoding: 'utf8', maxBuffer: 64 * 1024 * 1024}));
}
