// A rollup of a million events from nothing.
import {cpSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {alternate, print, printRatio, run, spreadText} from './measure.mjs';

export const title = 'extractive rollup from nothing';
const EVENTS = 1_000_000;

export function bench({folder, rounds, mem, input, scale}) {
  const events = Math.round(EVENTS * scale);
  const before = join(folder, 'rollup-before');
  const home = join(folder, 'rollup');
  rmSync(before, {recursive: true, force: true});
  run(`cat '${input(events)}' | ${process.execPath} ${mem} ingest`, {MEM_HOME: before});
  const rollup = () => {
    rmSync(home, {recursive: true, force: true});
    cpSync(before, home, {recursive: true});
    return run(`${process.execPath} ${mem} rollup > /dev/null`, {MEM_HOME: home});
  };
  const runs = alternate({rollup}, rounds, {warmUp: false}).rollup;
  print('processor time in s', spreadText(runs.map(({cpuMs}) => cpuMs / 1000)));
  printRatio(
    `events per second (${events} events)`,
    runs.map(({ms}) => (events / ms) * 1000),
    {atLeast: 50_000},
  );
  printRatio(
    'peak memory in MB',
    runs.map(({peakMb}) => peakMb),
    {atMost: 300},
  );
}
