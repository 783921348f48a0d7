// The main job in a minute: a fortnight of one developer's conversations with two agents is taken in, rolled up, and read from the top
// down to one event. Everything happens in a temporary folder.
import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'mem-demo-'));
const env = {
  PATH: process.env.PATH,
  HOME: folder,
  MEM_HOME: join(folder, 'home'),
  TZ: 'Europe/Amsterdam',
  NODE: process.execPath,
  MEM: join(root, 'bin', 'mem.js'),
};

/** Runs a line of shell in which `mem` is the one that was just built. Ends the demo when it fails. */
function run(command) {
  const script = `mem() { "$NODE" "$MEM" "$@"; }\n${command}`;
  const {stdout, stderr, status} = spawnSync('sh', ['-c', script], {cwd: root, env, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024});
  if (status === 0) return stdout + stderr;
  throw new Error(`"${command}" ended with ${status}\n${(stdout + stderr).slice(0, 2000)}`);
}

function say(text) {
  console.log(`\n# ${text}`);
}

/** Shows a command and what it prints, at most `limit` lines of it. */
function show(command, limit = Number.POSITIVE_INFINITY) {
  console.log(`$ ${command}`);
  const lines = run(command).trimEnd().split('\n');
  for (const line of lines.slice(0, limit)) console.log(line);
  if (lines.length > limit) console.log(`  … ${lines.length - limit} more lines`);
}

/** The JSON Lines that a command prints. */
function readLines(command) {
  const lines = run(command).trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line));
}

/** The first of `list` that fulfils `condition`; the demo ends when there is none. */
function find(list, condition, what) {
  const found = list.find(condition);
  if (found === undefined) throw new Error(`there is no ${what}`);
  return found;
}

try {
  say('A fortnight of one developer with two agents, from a pipe:');
  show('cat examples/fortnight.jsonl | mem ingest --json');

  say('The same file again. Nothing is stored twice:');
  show('mem ingest --json examples/fortnight.jsonl');

  say('Summarize what is over: segments, days, weeks, the month.');
  show('mem rollup', 4);

  say('What was it all about?');
  show('mem toc list --level week');

  say('What did we do in the first week?');
  show('mem toc show 2026-W10 --depth 0');

  say('What was that on Tuesday about the tide table?');
  show('mem toc show 2026-03-03', 25);

  say('Every summary leads back to the events it was made from:');
  const segments = readLines('mem toc list --level segment --from 2026-03-03 --to 2026-03-03 --json');
  const segment = find(segments, ({agents}) => agents.includes('claude-code'), 'segment of claude-code on Tuesday').node_id;
  show(`mem events ${segment}`, 10);

  say('And to the very one that says why:');
  const answers = readLines(`mem events ${segment} --role assistant --json`);
  show(`mem events ${find(answers, ({text}) => text.startsWith('Found it'), 'event that says why').event_id}`);

  say('How is the memory doing?');
  show('mem status');
} catch (error) {
  console.error(`\nthe demo failed: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
} finally {
  rmSync(folder, {recursive: true, force: true});
}
