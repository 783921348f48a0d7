// Read commands on a store of ten years and on one of a day, against Node that does nothing.
import {join} from 'node:path';
import {alternate, print, printRatio, ratios, run, spreadText} from './measure.mjs';
import {makeOpenStore, makeStore, TEN_YEARS} from './stores.mjs';

export const title = 'read commands against bare node';

/** What may not take longer than twice as long as Node itself. */
const PROMISED = ['toc show 2015', 'toc list --level year', 'events 2015-03-03 --limit 20', 'status'];
const COMMANDS = [
  ...PROMISED,
  'toc show',
  'toc show 2015-03',
  'toc show 2015-W10',
  'toc show 2015-03-03',
  'toc show 2012-01-02 --json',
  'config',
  '--version',
  // A wake-up that is not due: four an hour, and more where the scheduler knows no zones.
  'schedule run rollup-year --via cron',
];
const AT_MOST = 2;
/** Of `toc show` where 500 events of today have no node yet. */
const OPEN_AT_MOST = 2.6;

export function bench(context) {
  const {nodes, mem, scale} = context;
  const total = Math.round(TEN_YEARS * scale);
  const closed = makeStore(context, total, total);
  for (const node of nodes) {
    const limitOf = (atMost) => (node.name.startsWith('Node 20') ? {atMost} : {});
    for (const words of COMMANDS) compare(context, node, closed, 'ten years', words, PROMISED.includes(words) ? limitOf(AT_MOST) : {});
    const open = makeOpenStore({...context, mem}, closed, 500);
    compare(context, node, open, 'ten years, 500 open', 'toc show', limitOf(OPEN_AT_MOST));
    const oneDay = makeStore(context, total, 100);
    for (const words of COMMANDS) compare(context, node, oneDay, 'one day', words, {});
  }
}

function compare({folder, rounds, mem, base}, {name, command}, home, size, words, limit) {
  // Compiled code is kept in a place of its own, and neither read nor written where who benches lives.
  const env = {MEM_HOME: home, HOME: folder, XDG_CACHE_HOME: join(folder, 'cache')};
  const of = (program) => () => run(`exec ${command} ${program} ${words} > /dev/null`, env);
  const commands = {bare: () => run(`exec ${command} -e 0`), mem: of(mem), ...(base && {base: of(base)})};
  // The first run compiles and keeps what it compiled; the warm-up is not counted.
  const runs = alternate(commands, Math.max(rounds, 7));
  const label = `${name}, ${size}: mem ${words}`;
  printRatio(label, ratios(runs.mem, runs.bare), limit);
  if (runs.base) printRatio('  before', ratios(runs.base, runs.bare));
  const cpu = [runs.mem, runs.base].filter(Boolean).map((of) => spreadText(ratios(of, runs.bare, 'cpuMs'), 2));
  print('  processor time', cpu.join('   before: '));
  if (words === 'toc show 2015') {
    print('  ms, bare and mem', `${spreadText(runs.bare.map(({ms}) => ms))}, ${spreadText(runs.mem.map(({ms}) => ms))}`);
  }
}
