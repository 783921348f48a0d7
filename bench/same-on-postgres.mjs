// usage: node bench/same-on-postgres.mjs URL FILE
//   Takes a file of events into a new home and into the memory of URL's login, which must be empty, rolls both up, and compares nodes,
//   events and results of search. Ends with 1 where they differ.
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';
import {run} from './measure.mjs';

const QUERIES = 20;
const [url, path] = process.argv.slice(2);
if (url === undefined || path === undefined) {
  process.stderr.write('usage: node bench/same-on-postgres.mjs URL FILE\n');
  process.exit(64);
}

const mem = fileURLToPath(new URL('../bin/mem.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'mem-same-'));
const places = ['home', 'database'].map((name) => ({
  name,
  call: (args) => {
    const own = join(folder, name);
    const env = {MEM_HOME: join(own, 'mem'), XDG_CONFIG_HOME: join(own, 'config'), TZ: 'UTC'};
    return run(`${process.execPath} ${mem} ${args}`, env);
  },
}));
const [home, database] = places;

/** Two words of every so-many-th event, as somebody would look for it. */
const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
const queries = Array.from({length: QUERIES}, (_, n) => {
  const words = String(JSON.parse(lines[Math.floor(((n + 0.5) * lines.length) / QUERIES)]).text).match(/[a-z]{5,}/gi) ?? ['harbour'];
  return [words[0], words.at(-1)].join(' ');
});
/** What differs by nature: when something was made, with which file of the inbox an event came in, and where in that. */
const plain = (text) => text.replaceAll(/"(arrival|place|created_at|seconds|took_ms)": ?("[^"]*"|[\d.]+)/g, '');

try {
  database.call(`init --store-url '${url}' --time-zone UTC`);
  home.call('init --time-zone UTC');
  const figures = places.map(({name, call}) => {
    const ingest = call(`ingest --drain '${resolve(path)}'`).ms;
    return {name, ingest, rollup: call('rollup').ms};
  });
  const questions = ['toc list --json', 'export', ...queries.map((words) => `search --json '${words}'`)];
  const different = [];
  const bytes = [];
  for (const question of questions) {
    const [one, other] = places.map(({call}) => plain(call(question).stdout));
    bytes.push(one.length);
    if (one !== other) different.push(question);
  }
  for (const {name, ingest, rollup} of figures) {
    process.stdout.write(`${name.padEnd(10)} ingest and drain ${Math.round(ingest)} ms, rollup ${Math.round(rollup)} ms\n`);
  }
  process.stdout.write(`${lines.length} events; toc list ${bytes[0]} and export ${bytes[1]} characters, ${QUERIES} searches; `);
  process.stdout.write(`${different.length === 0 ? 'all the same' : `different: ${different.join('; ')}`}\n`);
  process.exitCode = different.length === 0 ? 0 : 1;
} finally {
  rmSync(folder, {recursive: true, force: true});
}
