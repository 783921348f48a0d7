// A long history from a pipe until all of it is in the store, against the sqlite3 shell loading the same file.

import {rmSync} from 'node:fs';
import {join} from 'node:path';
import {alternate, print, printRatio, ratios, run, spreadText} from './measure.mjs';
import {sqliteLoad} from './sqlite-load.mjs';

export const title = 'bulk ingest from a pipe to the store, against sqlite3';
const EVENTS = 500_000;

export function bench({folder, rounds, mem, input, evalFolder, scale}) {
  const events = Math.round(EVENTS * scale);
  const file = input(events);
  const home = join(folder, 'bulk');
  const ingest = () => {
    rmSync(home, {recursive: true, force: true});
    const result = run(`cat '${file}' | ${process.execPath} ${mem} ingest`, {MEM_HOME: home});
    const waiting = run(`ls '${home}/inbox/new' | wc -l`).stdout.trim();
    if (waiting !== '0') throw new Error(`${waiting} files are left in the inbox`);
    return result;
  };
  const load = sqliteLoad(folder, file, evalFolder);
  if (load === undefined) print('sqlite3', 'not compared: the shell or --eval with load.sql is missing');
  const runs = alternate({...(load && {load}), ingest}, rounds, {warmUp: false});
  print(
    `mem, events per second (${events} events)`,
    spreadText(
      runs.ingest.map(({ms}) => (events / ms) * 1000),
      0,
    ),
  );
  print(
    'mem, peak memory in MB',
    spreadText(
      runs.ingest.map(({peakMb}) => peakMb),
      0,
    ),
  );
  print('mem, processor time in s', spreadText(runs.ingest.map(({cpuMs}) => cpuMs / 1000)));
  if (load === undefined) return;
  print(
    'sqlite3, events per second',
    spreadText(
      runs.load.map(({ms}) => (events / ms) * 1000),
      0,
    ),
  );
  print('sqlite3, processor time in s', spreadText(runs.load.map(({cpuMs}) => cpuMs / 1000)));
  printRatio('speed, as a share of sqlite3', ratios(runs.load, runs.ingest), {atLeast: 0.4});
  printRatio(
    'peak memory in MB',
    runs.ingest.map(({peakMb}) => peakMb),
    {atMost: 250},
  );
}
