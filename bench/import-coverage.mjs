// usage: node bench/import-coverage.mjs FOLDER [--keep FILE]
//   Counts from the raw lines of Claude Code's transcripts in FOLDER what a memory must hold, imports them into a memory of their own, and
//   compares. The counting is made apart from the importer: it knows the transcripts only. --keep writes the events of the memory to FILE.
import {execFileSync} from 'node:child_process';
import {mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';

const {values, positionals} = parseArgs({allowPositionals: true, options: {keep: {type: 'string'}}});
const [folder] = positionals;
if (folder === undefined) {
  process.stderr.write('name a folder with transcripts\n');
  process.exit(64);
}

const MACHINE =
  /^\s*(<(command-|local-command|bash-|system-reminder|task-notification|teammate-message|ide_|user-prompt-submit-hook)|\[Request interrupted|Caveat: |This session is being continued|Stop hook feedback|Operation stopped by hook:|Implement the following plan:\n\n|The user doesn't want|\[\{|agentId: )/;

/** By kind: what the raw lines say, each record once, as `key` → text. */
const raw = {
  prompts: new Map(),
  commands: new Map(),
  refusals: new Map(),
  answers: new Map(),
  texts: new Map(),
  results: new Map(),
  subagents: new Map(),
  summaries: new Map(),
};
let lines = 0;
let broken = 0;
for (const name of readdirSync(folder, {recursive: true})
  .filter((one) => one.endsWith('.jsonl'))
  .sort()) {
  const names = new Map();
  for (const line of readFileSync(join(folder, name), 'utf8').split('\n')) {
    if (line.trim() === '') continue;
    lines++;
    let record;
    try {
      record = JSON.parse(line);
    } catch {
      broken++;
      continue;
    }
    const blocks = record.message?.content;
    const at = record.timestamp;
    const list = typeof blocks === 'string' ? [{type: 'text', text: blocks}] : Array.isArray(blocks) ? blocks : [];
    for (const [place, block] of list.entries()) {
      const key = `${at} ${record.uuid} ${place}`;
      if (record.type === 'assistant' && record.message.model !== '<synthetic>') {
        if (block.type === 'text' && block.text.trim() !== '') raw.texts.set(key, {at, text: block.text});
        if (block.type === 'tool_use') names.set(block.id, block.name);
      }
      if (record.type === 'user' && block.type === 'text') userText(record, block.text, key, at);
      if (record.type === 'user' && block.type === 'tool_result') toolResult(record, block, names.get(block.tool_use_id), at);
    }
  }
}

function userText(record, text, key, at) {
  if (record.isCompactSummary) raw.summaries.set(key, {at, text});
  else if (record.isMeta || record.isSidechain) return;
  else if (text.includes('<command-name>')) {
    const name = /<command-name>(.*?)<\/command-name>/s.exec(text)[1].trim();
    const args = /<command-args>(.*?)<\/command-args>/s.exec(text)?.[1].trim() ?? '';
    if (args !== '') raw.commands.set(key, {at, text: `${name.startsWith('/') ? name : `/${name}`} ${args}`});
  } else if (!MACHINE.test(text) && text.trim() !== '') raw.prompts.set(key, {at, text});
}

function toolResult(record, block, name, at) {
  const text = typeof block.content === 'string' ? block.content : (block.content ?? []).map((part) => part.text ?? '').join('\n');
  const key = `${at} ${block.tool_use_id}`;
  const answers = record.toolUseResult?.answers;
  if (answers !== undefined && Object.keys(answers).length > 0) raw.answers.set(key, {at, text: Object.values(answers).flat()[0]});
  else raw.results.set(key, {at, id: block.tool_use_id});
  const said = /To tell you how to proceed, the user said:\n([\s\S]*)$/.exec(text)?.[1];
  if (block.is_error && said !== undefined && !said.startsWith('The user wants to clarify')) raw.refusals.set(key, {at, text: said});
  if (name === 'Task' && !block.is_error && record.toolUseResult?.status === 'completed') {
    raw.subagents.set(key, {at, text: record.toolUseResult.content.map((part) => part.text).join('\n')});
  }
}

const home = mkdtempSync(join(tmpdir(), 'mem-coverage-'));
const mem = fileURLToPath(new URL('../bin/mem.js', import.meta.url));
const env = {PATH: process.env.PATH, HOME: home, TZ: 'UTC', MEM_HOME: join(home, 'mem')};
const run = (...argv) => execFileSync(process.execPath, [mem, ...argv], {env, encoding: 'utf8', maxBuffer: 4e9});
process.stdout.write(run('import', folder, '--no-rollup'));
const printed = run('events', '--json');
rmSync(home, {recursive: true, force: true});
if (values.keep !== undefined) writeFileSync(values.keep, printed);
const events = printed
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line));

// A secret in a text was replaced: compare what stands before the first mark.
const MARK = '[redacted:';
const clean = (text) => text.split(MARK)[0].trim();
const byTime = new Map();
for (const event of events) {
  const time = Date.parse(event.timestamp);
  byTime.set(time, [...(byTime.get(time) ?? []), event]);
}
const at = (time) => byTime.get(Date.parse(time)) ?? [];
const says = (event, text) => {
  const kept = event.text ?? '';
  return (
    kept === text ||
    (kept.includes(MARK) && text.trim().startsWith(clean(kept))) ||
    (event.text_bytes > 0 && kept.slice(0, 1000) === text.slice(0, 1000))
  );
};
const CHECKS = {
  prompts: ({text}, event) => event.role === 'user' && event.event_type === 'user_message' && says(event, text),
  commands: ({text}, event) => event.role === 'user' && says(event, text),
  refusals: ({text}, event) => event.role === 'user' && says(event, text.replace(/\n+Note: The user's next message[\s\S]*/, '').trim()),
  answers: ({text}, event) => event.role === 'user' && event.text.includes(`A: ${text}`),
  texts: ({text}, event) => event.event_type === 'assistant_message' && says(event, text),
  results: ({id}, event) => event.event_type === 'tool_result' && event.source_event_id === id,
  subagents: ({text}, event) => event.event_type === 'tool_result' && says(event, text),
  summaries: ({text}, event) => event.event_type === 'summary' && event.role === 'system' && says(event, text),
};
process.stdout.write(`${lines} lines, ${broken} broken; ${events.length} events\n`);
for (const [kind, wanted] of Object.entries(raw)) {
  let found = 0;
  let doubled = 0;
  const missing = [];
  for (const [key, one] of wanted) {
    const matches = at(one.at).filter((event) => CHECKS[kind](one, event));
    // Equal texts of two records of one millisecond are two.
    const alike = [...wanted.values()].filter((other) => other.at === one.at && other.text === one.text && other.id === one.id).length;
    if (matches.length > 0) found++;
    else missing.push(key);
    if (matches.length > alike) doubled++;
  }
  process.stdout.write(
    `${kind.padEnd(10)} ${found} of ${wanted.size}, ${doubled} doubled${missing.length > 0 ? `; missing: ${missing.slice(0, 3).join(' | ')}` : ''}\n`,
  );
}
const wrong = events.filter((event) => event.role === 'user' && MACHINE.test(event.text ?? ''));
process.stdout.write(
  `machine texts under user: ${wrong.length}${wrong[0] === undefined ? '' : `, e.g. ${JSON.stringify(wrong[0].text.slice(0, 200))}`}\n`,
);
