// What any program of this kind must do with each event, stage by stage, against the sqlite3 shell and mem: see decision 066.
import {spawnSync} from 'node:child_process';
import {existsSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {print, run, spread} from './measure.mjs';
import {sqliteLoad} from './sqlite-load.mjs';

export const title = 'bulk ingest: what its stages cost at the least, in seconds of processor time';
const EVENTS = 100_000;
const STAGES = fileURLToPath(new URL('./bulk-stages.mjs', import.meta.url));

export function bench({folder, rounds, mem, input, evalFolder, scale}) {
  const file = input(Math.round(EVENTS * scale));
  const home = join(folder, 'bulk-floor');
  const load = sqliteLoad(folder, file, evalFolder);
  const seconds = (work) => spread(Array.from({length: rounds}, work)).median.toFixed(2);
  if (load === undefined) print('sqlite3', 'not compared: the shell or --eval with load.sql is missing');
  else
    print(
      'sqlite3, all of it',
      seconds(() => load().cpuMs / 1000),
    );
  const {status, stdout, stderr} = spawnSync(process.execPath, [STAGES, file, join(folder, 'bulk-stages'), String(rounds)], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  for (const [stage, cpu] of JSON.parse(stdout)) print(stage, cpu.toFixed(2));
  const ingest = () => {
    if (existsSync(home)) rmSync(home, {recursive: true});
    return run(`cat '${file}' | ${process.execPath} ${mem} ingest`, {MEM_HOME: home}).cpuMs / 1000;
  };
  print('mem, all of it', seconds(ingest));
}
