// Stores of a given size, rolled up, made once per folder.
import {cpSync, existsSync, mkdirSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {firstLines, openEvents} from './input.mjs';
import {run} from './measure.mjs';

/** Events of ten years, at 12 sessions on a working day. */
export const TEN_YEARS = 750_000;
export const ONE_YEAR = 75_000;

/** The home of a store with the first `count` of `total` events, rolled up. */
export function makeStore({folder, mem, input}, total, count) {
  const home = join(folder, `store-${count}`);
  if (existsSync(`${home}/done`)) return home;
  rmSync(home, {recursive: true, force: true});
  mkdirSync(home);
  const file = count === total ? input(total) : firstLines(input(total), count);
  run(`cat '${file}' | ${process.execPath} ${mem} ingest`, {MEM_HOME: home});
  run(`${process.execPath} ${mem} rollup > /dev/null && touch '${home}/done'`, {MEM_HOME: home});
  return home;
}

/** The home of a copy of a store, with `count` events more that no rollup has made yet: made anew each time, since they are of today. */
export function makeOpenStore({folder, mem}, closed, count) {
  const home = join(folder, 'store-open');
  rmSync(home, {recursive: true, force: true});
  for (const part of ['db', 'journal']) cpSync(join(closed, part), join(home, part), {recursive: true});
  writeFileSync(join(folder, 'open.jsonl'), openEvents(count));
  run(`${process.execPath} ${mem} ingest < '${join(folder, 'open.jsonl')}'`, {MEM_HOME: home});
  run(`${process.execPath} ${mem} status > /dev/null`, {MEM_HOME: home});
  return home;
}
