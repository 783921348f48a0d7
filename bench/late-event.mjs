// One event that comes late, into a store of one year and into one of ten: how many keys the rollup after it reads and writes.
import {cpSync, mkdirSync, rmSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {buildSync} from 'esbuild';
import {print, run} from './measure.mjs';
import {makeStore, ONE_YEAR, TEN_YEARS} from './stores.mjs';

export const title = 'the rollup after one late event';

export async function bench(context) {
  const {folder, mem, scale} = context;
  const total = Math.round(TEN_YEARS * scale);
  const {openMem, rollUp} = loadOperations();
  const counts = {};
  for (const [name, count] of Object.entries({'one year': Math.round(ONE_YEAR * scale), 'ten years': total})) {
    const home = join(folder, 'late');
    rmSync(home, {recursive: true, force: true});
    cpSync(makeStore(context, total, count), home, {recursive: true});
    const file = join(folder, 'late.jsonl');
    const event = {
      session_id: 'late',
      event_id: 'late-1',
      role: 'user',
      timestamp: '2012-01-04T12:00:00.000Z',
      text: 'The deploy failed because the disk of the build server was full.',
    };
    writeFileSync(file, `${JSON.stringify(event)}\n`);
    run(`${process.execPath} ${mem} ingest --drain '${file}'`, {MEM_HOME: home});
    const opened = openMem({store: home, minAgeMs: 30 * 60_000, keepVersions: undefined});
    let made = 0;
    for await (const outcome of rollUp(opened, {}, new AbortController().signal)) if (outcome.kind === 'made') made++;
    counts[name] = opened.store.work;
    print(`${name}: nodes made, values read, keys written`, `${made}, ${opened.store.work.valuesRead}, ${opened.store.work.keysWritten}`);
  }
  const [one, ten] = Object.values(counts);
  const isSame = one.valuesRead === ten.valuesRead && one.keysWritten === ten.keysWritten;
  print('the same in both', isSame ? 'yes' : 'no');
}

/** The operations as they are in the source now. Beside node_modules, where classic-level is found. */
function loadOperations() {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const folder = join(root, 'node_modules', '.cache', 'mem-bench');
  mkdirSync(folder, {recursive: true});
  const outfile = join(folder, 'operations.cjs');
  const contents = "export {openMem} from './src/mem.js'; export {rollUp} from './src/operations/roll-up.js';";
  buildSync({
    stdin: {contents, resolveDir: root},
    outfile,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    external: ['classic-level'],
  });
  return createRequire(import.meta.url)(outfile);
}
