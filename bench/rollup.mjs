// A rollup of a million events from nothing, and of a day with 20,000 sessions.
import {cpSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {crowdedDay} from './input.mjs';
import {alternate, print, printRatio, run, spreadText} from './measure.mjs';

export const title = 'extractive rollup from nothing';
const EVENTS = 1_000_000;
const SESSIONS = 20_000;

export function bench({folder, rounds, mem, input, scale}) {
  const events = Math.round(EVENTS * scale);
  const runs = rollUps(folder, input(events), mem, rounds);
  print('processor time in s', spreadText(runs.map(({cpuMs}) => cpuMs / 1000)));
  printRatio(
    `events per second (${events} events)`,
    runs.map(({ms}) => (events / ms) * 1000),
    {atLeast: 40_000},
  );
  printRatio(
    'peak memory in MB',
    runs.map(({peakMb}) => peakMb),
    {atMost: 300},
  );
  const sessions = Math.round(SESSIONS * scale);
  const crowded = join(folder, 'crowded-day.jsonl');
  writeFileSync(crowded, crowdedDay(sessions));
  printRatio(
    `peak memory in MB (${sessions} sessions in one day)`,
    rollUps(folder, crowded, mem, rounds).map(({peakMb}) => peakMb),
    {atMost: 300},
  );
}

/** Rolls up the events of a file from nothing, again and again. */
function rollUps(folder, events, mem, rounds) {
  const before = join(folder, 'rollup-before');
  const home = join(folder, 'rollup');
  rmSync(before, {recursive: true, force: true});
  run(`cat '${events}' | ${process.execPath} ${mem} ingest`, {MEM_HOME: before});
  const rollup = () => {
    rmSync(home, {recursive: true, force: true});
    cpSync(before, home, {recursive: true});
    return run(`${process.execPath} ${mem} rollup > /dev/null`, {MEM_HOME: home});
  };
  return alternate({rollup}, rounds, {warmUp: false}).rollup;
}
