// usage: node bench/postgres.mjs ADMIN_URL EVENTS.jsonl [--owners N --each M] [--steps 100000,1000000] [--rounds R]
//   The same work on a database and in LevelDB, in one run: taking in the first events of the file up to each step, rolling up, and reading.
//   Before that, N other memories with the file's first M events each are put into the database. Each command is a process of its own, its
//   connection included. ADMIN_URL may make roles; mem's tables must be there (mem init --store-url ADMIN_URL), and psql.
import {closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';
import {alternate, print, ratios, run, spreadText} from './measure.mjs';

const option = (value) => ({type: 'string', default: value});
const {values, positionals} = parseArgs({
  allowPositionals: true,
  options: {owners: option('0'), each: option('1000'), steps: option('10000'), rounds: option('5')},
});
const [url, path] = positionals;
if (url === undefined || path === undefined) {
  process.stderr.write(
    'usage: node bench/postgres.mjs ADMIN_URL EVENTS.jsonl [--owners N --each M] [--steps 100000,1000000] [--rounds R]\n',
  );
  process.exit(64);
}
const mem = fileURLToPath(new URL('../bin/mem.js', import.meta.url));
const rounds = Number(values.rounds);
const folder = mkdtempSync(join(tmpdir(), 'mem-postgres-'));
const lines = readFileSync(path, 'utf8').trimEnd().split('\n');

/** A file with some of the lines. */
function part(from, to) {
  const name = join(folder, `${from}-${to}.jsonl`);
  const file = openSync(name, 'w');
  for (let at = from; at < to; at += 10_000) writeSync(file, `${lines.slice(at, Math.min(to, at + 10_000)).join('\n')}\n`);
  closeSync(file);
  return name;
}

function place(name) {
  const own = join(folder, name);
  const env = {MEM_HOME: join(own, 'mem'), XDG_CONFIG_HOME: join(own, 'config'), XDG_CACHE_HOME: join(folder, 'cache'), TZ: 'UTC'};
  return (args) => run(`exec ${process.execPath} ${mem} ${args} > /dev/null`, env);
}

/** A memory of its own in the database. */
function newMemory(login) {
  run(`psql -d '${url}' -qc 'create role ${login} login'`);
  const call = place(login);
  call(`init --store-url '${url.replace(/\/\/[^:@/]+/, `//${login}`)}' --time-zone UTC`);
  return call;
}

try {
  const own = `bench_${process.pid}`;
  const others = part(0, Number(values.each));
  for (let n = 0; n < Number(values.owners); n++) {
    const call = newMemory(`${own}_${n}`);
    call(`ingest --drain '${others}'`);
    call('rollup');
  }
  const calls = {database: newMemory(own), leveldb: place('leveldb')};
  calls.leveldb('init --time-zone UTC');
  let from = 0;
  for (const to of values.steps.split(',').map(Number)) {
    const file = part(from, to);
    process.stdout.write(`\nto ${to.toLocaleString('en')} events, ${values.owners} other memories with ${values.each} each\n`);
    for (const [what, args] of [
      ['ingest and drain', `ingest --drain '${file}'`],
      ['rollup', 'rollup'],
    ]) {
      const [database, leveldb] = Object.values(calls).map((call) => call(args).ms);
      print(
        `${what}, s (LevelDB; ratio)`,
        [database / 1000, leveldb / 1000, database / leveldb].map((value) => value.toFixed(2)).join('  '),
      );
    }
    const {timestamp} = JSON.parse(lines[to - 1]);
    for (const args of [`toc show ${timestamp.slice(0, 10)}`, `toc show ${timestamp.slice(0, 4)}`, 'search marathon family', 'status']) {
      const runs = alternate(
        {bare: () => run(`exec ${process.execPath} -e 0`), database: () => calls.database(args), leveldb: () => calls.leveldb(args)},
        rounds,
      );
      print(
        `${args}, ms`,
        `${spreadText(
          runs.database.map(({ms}) => ms),
          0,
        )}; LevelDB ${spreadText(
          runs.leveldb.map(({ms}) => ms),
          0,
        )}`,
      );
      print(
        '  × bare node',
        `${spreadText(ratios(runs.database, runs.bare), 2)}; LevelDB ${spreadText(ratios(runs.leveldb, runs.bare), 2)}`,
      );
    }
    from = to;
  }
} finally {
  rmSync(folder, {recursive: true, force: true});
}
