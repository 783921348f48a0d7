// Read commands on a store of ten years and on one of a day, against Node that does nothing.
import {alternate, print, printRatio, ratios, run, spreadText} from './measure.mjs';
import {makeStore, TEN_YEARS} from './stores.mjs';

export const title = 'read commands against bare node';

const COMMANDS = [
  'toc show',
  'toc show 2015',
  'toc show 2015-03',
  'toc show 2015-W10',
  'toc show 2015-03-03',
  'toc show 2012-01-02 --json',
  'toc list --level year',
  'events 2015-03-03 --limit 20',
  'status',
  // A wake-up that is not due: four an hour, and more where the scheduler knows no zones.
  'schedule run rollup-year --via cron',
];

export function bench(context) {
  const {rounds, nodes, mem, scale} = context;
  const total = Math.round(TEN_YEARS * scale);
  const stores = {'ten years': makeStore(context, total, total), 'one day': makeStore(context, total, 100)};
  for (const {name, command} of nodes) {
    const bare = () => run(`exec ${command} -e 0`);
    for (const [size, home] of Object.entries(stores)) {
      for (const words of COMMANDS) {
        const runs = alternate(
          {bare, mem: () => run(`exec ${command} ${mem} ${words} > /dev/null`, {MEM_HOME: home})},
          Math.max(rounds, 7),
        );
        const limit = name.startsWith('Node 20') && size === 'ten years' ? {atMost: 2.8} : {};
        printRatio(`${name}, ${size}: mem ${words}`, ratios(runs.mem, runs.bare), limit);
        if (words === 'toc show 2015')
          print('  ms, bare and mem', `${spreadText(runs.bare.map(({ms}) => ms))}, ${spreadText(runs.mem.map(({ms}) => ms))}`);
      }
    }
  }
}
