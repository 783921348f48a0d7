// usage: npm run bench [-- NAME…] [--eval FOLDER --pool FOLDER] [--runs N] [--scale SHARE] [--nodes 22,24] [--keep FOLDER] [--base FOLDER]
//   NAME       one-event, one-bell, mcp-start, redact, bulk-ingest, bulk-floor, import, rollup, summarizer, read, search, late-event, browser, browser-search; default: all
//   --eval     a folder with synthesize.py and load.sql; --pool the conversations it takes. Without them the events are made up of words
//   --runs     of each, 5 by default      --scale  e.g. 0.1 for a tenth of the events
//   --nodes    more versions of Node, fetched with npx      --keep   a folder for inputs and stores, to be used again by the next call
//   --base     a built checkout of another commit, measured in the same runs (read, one-event)
import {execFileSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, rmSync} from 'node:fs';
import {cpus, tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';
import {makeInput} from './input.mjs';

const NAMES = [
  'one-event',
  'one-bell',
  'mcp-start',
  'redact',
  'bulk-ingest',
  'bulk-floor',
  'import',
  'rollup',
  'summarizer',
  'read',
  'search',
  'late-event',
  'browser',
  'browser-search',
];
const option = {type: 'string'};
const {values, positionals} = parseArgs({
  allowPositionals: true,
  options: {eval: option, pool: option, runs: option, scale: option, nodes: option, keep: option, base: option},
});
const unknown = positionals.find((name) => !NAMES.includes(name));
if (unknown !== undefined || (values.eval === undefined) !== (values.pool === undefined)) {
  process.stderr.write(
    `${unknown === undefined ? '--eval and --pool go together' : `there is no benchmark ${unknown}`}; the benchmarks are ${NAMES.join(', ')}\n`,
  );
  process.exit(64);
}

const folder = values.keep ?? mkdtempSync(join(tmpdir(), 'mem-bench-'));
mkdirSync(folder, {recursive: true});
const nodes = [process.execPath, ...(values.nodes?.split(',') ?? []).map(findNode)].map((command) => ({
  name: `Node ${execFileSync(command, ['--version'], {encoding: 'utf8'}).trim().slice(1)}`,
  command,
}));
const context = {
  folder,
  nodes,
  rounds: Number(values.runs ?? 5),
  scale: Number(values.scale ?? 1),
  mem: fileURLToPath(new URL('../bin/mem.js', import.meta.url)),
  base: values.base && join(values.base, 'bin/mem.js'),
  evalFolder: values.eval,
  input: (count) => makeInput(folder, count, {evalFolder: values.eval, pool: values.pool}),
};

try {
  process.stdout.write(`${nodes[0].name}, ${cpus().length} cores; median (least to most) of ${context.rounds} runs or more\n`);
  if (process.env.NODE_EXTRA_CA_CERTS) {
    process.stdout.write(
      'NODE_EXTRA_CA_CERTS is set: it makes the bare start of Node 20 twice as long, so ratios to it look better than without\n',
    );
  }
  for (const name of positionals.length === 0 ? NAMES : positionals) {
    const {title, bench} = await import(`./${name}.mjs`);
    process.stdout.write(`\n${title}\n`);
    await bench(context);
  }
} finally {
  if (values.keep === undefined) rmSync(folder, {recursive: true, force: true});
}

/** The binary of another major version of Node, so that npx itself is not measured. */
function findNode(major) {
  return execFileSync('npx', ['-y', '-p', `node@${major}`, 'node', '-p', 'process.execPath'], {encoding: 'utf8', cwd: tmpdir()}).trim();
}
