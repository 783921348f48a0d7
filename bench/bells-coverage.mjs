// usage: node bench/bells-coverage.mjs FOLDER [--minutes N] [--lagging SHARE]
//   Lets Claude Code's transcripts in FOLDER grow line by line at the times that their records tell. The shim rings where the agent would,
//   and every N minutes (15) "mem import" runs, all under faketime. Then it compares the memory with that of one plain import of the whole
//   files. Of a SHARE of the files (0.25) each line comes 20 min late, as from an agent that is slow to write: their bells become events.
import {execFileSync, spawnSync} from 'node:child_process';
import {appendFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';

const {values, positionals} = parseArgs({
  allowPositionals: true,
  options: {minutes: {type: 'string', default: '15'}, lagging: {type: 'string', default: '0.25'}},
});
const [folder] = positionals;
if (folder === undefined) {
  process.stderr.write('name a folder with transcripts\n');
  process.exit(64);
}
const MINUTE = 60_000;
const EVERY = Number(values.minutes) * MINUTE;
const LAG = 20 * MINUTE;
const LIBFAKETIME = libFaketime();

const scratch = mkdtempSync(join(tmpdir(), 'mem-bells-'));
const mem = fileURLToPath(new URL('../bin/mem.js', import.meta.url));

/** Where the library lies, which only its wrapper knows. That gives up where an earlier process with its pid left a semaphore behind. */
function libFaketime() {
  for (let tries = 1; ; tries++) {
    const {status, stdout, stderr} = spawnSync('faketime', ['2020-01-01', 'printenv', 'LD_PRELOAD'], {encoding: 'utf8'});
    if (status === 0) return stdout.trim().split(':').at(-1);
    if (tries === 100) throw new Error(`faketime does not start: ${stderr}`);
  }
}

/** An account with a memory of its own, under a clock of its own. */
class Account {
  constructor(name) {
    this.home = join(scratch, name);
    this.projects = join(this.home, '.claude/projects');
    this.memory = join(this.home, 'mem');
    mkdirSync(this.projects, {recursive: true});
  }

  #at(time, argv, input = '') {
    // The library itself: its wrapper leaves semaphores, which it then finds under the number of a later process.
    const clock = {LD_PRELOAD: LIBFAKETIME, FAKETIME: `@${new Date(time).toISOString().slice(0, 19).replace('T', ' ')}`};
    const env = {PATH: process.env.PATH, HOME: this.home, MEM_HOME: this.memory, TZ: 'UTC', ...clock};
    const [command, ...args] = argv;
    return execFileSync(command, args, {env, input, encoding: 'utf8', maxBuffer: 4e9, stdio: ['pipe', 'pipe', 'inherit']});
  }

  mem(time, ...argv) {
    return this.#at(time, [process.execPath, mem, ...argv]);
  }

  ring(time, payload) {
    const raw = join(this.memory, 'inbox', 'raw');
    const before = new Set(existsSync(raw) ? readdirSync(raw) : []);
    this.#at(time, [join(this.memory, 'mem-bell.sh'), 'claude-code'], JSON.stringify(payload));
    // A bell's time is that of its file, which the kernel's own clock gives.
    for (const name of readdirSync(raw)) if (!before.has(name)) utimesSync(join(raw, name), time / 1000, time / 1000);
  }

  events(time) {
    return this.mem(time, 'events', '--json')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line));
  }

  stored(time) {
    return JSON.parse(this.mem(time, 'status', '--json')).store.events;
  }
}

/** The ids of all records so far. */
const seen = new Set();

/** What happens to one file: lines come, bells ring, in the order of their times. */
function happeningsOf(path, name, index) {
  const lag = (index * 0.618) % 1 < Number(values.lagging) ? LAG : 0;
  const sessionId = /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(name)?.[0] ?? name.replace('.jsonl', '');
  const happenings = [];
  let at = 0;
  let said = '';
  let cwd = '/';
  const ring = (time, hook, members) =>
    happenings.push({
      at: time,
      kind: 'bell',
      payload: {session_id: sessionId, transcript_path: path, cwd, hook_event_name: hook, permission_mode: 'default', ...members},
    });
  const lines = readFileSync(join(folder, name), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => [line, parsed(line)]);
  // What stands before the first record with a time has that time.
  at = Date.parse(lines.find(([, {timestamp}]) => timestamp !== undefined)?.[1].timestamp ?? '2026-01-01T00:00:00Z');
  for (const [line, record] of lines) {
    at = Math.max(at, Date.parse(record.timestamp ?? 0));
    cwd = record.cwd ?? cwd;
    const prompt = promptOf(record);
    // Of a copied record no hook was told.
    const isCopy = record.uuid !== undefined && seen.has(record.uuid);
    seen.add(record.uuid);
    if (prompt !== undefined && !isCopy) {
      ring(at, 'UserPromptSubmit', {prompt, ...(record.promptId && {prompt_id: record.promptId})});
      said = '';
    }
    if (record.type === 'assistant' && !record.isSidechain && record.message.model !== '<synthetic>')
      said = textOf(record.message.content) || said;
    // The agent writes that it stopped once its hooks have run.
    if (record.type === 'system' && record.subtype === 'stop_hook_summary')
      ring(at, 'Stop', {stop_hook_active: false, last_assistant_message: said});
    const {agentId, status, content} = record.toolUseResult ?? {};
    if (agentId !== undefined && status === 'completed')
      ring(at, 'SubagentStop', {
        agent_id: agentId,
        agent_transcript_path: join(dirname(path), sessionId, 'subagents', `agent-${agentId}.jsonl`),
        last_assistant_message: textOf(content),
      });
    happenings.push({at: at + lag, kind: 'line', path, line});
  }
  ring(at + lag, 'SessionEnd', {reason: 'exit'});
  return happenings;
}

function parsed(line) {
  try {
    return JSON.parse(line);
  } catch {
    return {};
  }
}

const textOf = (content) =>
  typeof content === 'string'
    ? content
    : (content ?? [])
        .filter(({type}) => type === 'text')
        .map(({text}) => text)
        .join('\n');

/** What was typed, as the hook gets it; also what a machine says in the user's place, for which the hook rings too. */
function promptOf(record) {
  if (record.type !== 'user' || record.isMeta || record.isSidechain || record.isCompactSummary) return undefined;
  const {content} = record.message;
  if (typeof content !== 'string' && content.some(({type}) => type === 'tool_result')) return undefined;
  const text = textOf(content);
  if (/^\s*(<(local-command|bash-)|\[Request interrupted|Caveat: |This session is being continued|Stop hook feedback)/.test(text))
    return undefined;
  const name = /<command-name>(.*?)<\/command-name>/s.exec(text)?.[1].trim();
  if (name === undefined) return text;
  const args = /<command-args>(.*?)<\/command-args>/s.exec(text)?.[1].trim() ?? '';
  // Of the agent's own commands no hook is told.
  return text.trimStart().startsWith('<command-message>') ? `${name} ${args}`.trim() : undefined;
}

const names = readdirSync(folder, {recursive: true})
  .filter((name) => name.endsWith('.jsonl'))
  .sort();
const grown = new Account('grown');
const happenings = names
  .flatMap((name, index) => happeningsOf(join(grown.projects, '-work', name), name, index))
  .map((one, order) => ({...one, order}))
  .sort((a, b) => a.at - b.at || a.order - b.order);
const first = happenings[0].at;
const end = happenings.at(-1).at + 60 * MINUTE;
for (const name of names) mkdirSync(dirname(join(grown.projects, '-work', name)), {recursive: true});
grown.mem(first - MINUTE, 'connect', 'claude-code', '--no-import');

let imports = 0;
const bells = {};
/** A line of which the first half is in its file. */
let torn;
function append(path, bytes, at) {
  appendFileSync(path, bytes);
  utimesSync(path, at / 1000, at / 1000);
}
for (const [place, {at, kind, path, line, payload}] of happenings.entries()) {
  if (kind === 'bell') {
    bells[payload.hook_event_name] = (bells[payload.hook_event_name] ?? 0) + 1;
    grown.ring(at, payload);
  } else {
    const bytes = Buffer.from(`${line}\n`);
    append(path, torn?.place === place ? bytes.subarray(torn.length) : bytes, at);
  }
  const next = happenings[place + 1];
  if (next !== undefined && Math.floor(next.at / EVERY) === Math.floor(at / EVERY)) continue;
  // The job wakes up in the middle of a line, and once more when that what became of it is over 10 min old.
  const slot = Math.ceil((at + 1) / EVERY) * EVERY;
  torn = undefined;
  if (next?.kind === 'line') {
    const bytes = Buffer.from(`${next.line}\n`);
    torn = {place: place + 1, length: Math.floor(bytes.length / 2)};
    append(next.path, bytes.subarray(0, torn.length), slot);
  }
  for (const time of [slot, ...(next === undefined || next.at > slot + EVERY ? [slot + EVERY] : [])]) {
    grown.mem(time, 'import', '--no-rollup');
    imports++;
  }
}
for (const name of names) utimesSync(join(grown.projects, '-work', name), (end - 60 * MINUTE) / 1000, (end - 60 * MINUTE) / 1000);
grown.mem(end, 'import', '--no-rollup');
const ofGrown = grown.events(end);

const plain = new Account('plain');
cpSync(join(grown.projects, '-work'), join(plain.projects, '-work'), {recursive: true, preserveTimestamps: true});
plain.mem(end, 'import', 'claude-code', '--no-rollup');
const ofPlain = plain.events(end);

const ids = (events) => new Set(events.map(({event_id}) => event_id));
const [idsOfGrown, idsOfPlain] = [ids(ofGrown), ids(ofPlain)];
const missing = ofPlain.filter(({event_id}) => !idsOfGrown.has(event_id));
const extra = ofGrown.filter(({event_id}) => !idsOfPlain.has(event_id));
const left = readdirSync(join(grown.memory, 'inbox/raw')).length;
const rung = Object.entries(bells).map(([hook, count]) => `${hook} ${count}`);
process.stdout.write(
  `${names.length} files, ${happenings.filter(({kind}) => kind === 'line').length} lines; ${imports + 1} imports; bells: ${rung.join(', ')}\n`,
);
process.stdout.write(`events by bells and job: ${ofGrown.length}; by one plain import: ${ofPlain.length}\n`);
process.stdout.write(`stand-ins and shorter beginnings that are superseded: ${grown.stored(end) - ofGrown.length}; bells left: ${left}\n`);
process.stdout.write(`missing: ${missing.length}; extra: ${extra.length}; doubled: ${ofGrown.length - idsOfGrown.size}\n`);
for (const [what, events] of Object.entries({missing, extra}))
  for (const {event_id, event_type, source, timestamp, text} of events.slice(0, 10))
    process.stdout.write(`  ${what}: ${event_id} ${timestamp} ${source} ${event_type} ${JSON.stringify((text ?? '').slice(0, 120))}\n`);
rmSync(scratch, {recursive: true, force: true});
process.exitCode = missing.length + extra.length + left === 0 ? 0 : 1;
