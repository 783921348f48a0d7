// Writes segment nodes of conversations and prints how fast the extractive summarizer reads.
// usage: node bench/summaries.mjs DATA NODES   (DATA/events/NAME.jsonl with session_id, timestamp, role, text, metadata.speaker;
//        NODES is made: NAME.jsonl, one segment node per session, as eval scripts read them)
import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {basename, join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {build} from 'esbuild';

/** A file of the source as it is now, bundled and loaded. @param weight {name, value, table}: with another value for a weight of `talk` or another table */
export async function loadSource(path, weight) {
  const folder = mkdtempSync(join(tmpdir(), 'mem-summaries-'));
  const outfile = join(folder, 'source.mjs');
  const entry = new URL(`../src/${path}`, import.meta.url).pathname;
  const plugins = weight === undefined ? [] : [withWeight(weight)];
  await build({entryPoints: [entry], outfile, bundle: true, format: 'esm', platform: 'node', target: 'node20', plugins});
  const source = await import(pathToFileURL(outfile).href);
  rmSync(folder, {recursive: true});
  return source;
}

export async function loadSummarizer(weight) {
  return (await loadSource('summarizers/extractive/extractive.ts', weight)).extractiveSummarizer;
}

function withWeight({name, value, table = 'talk'}) {
  const declaration = new RegExp(`(\\b${name}: )[\\d.]+(?=,)`);
  return {
    name: 'weight',
    setup({onLoad}) {
      onLoad({filter: /\/extractive\/weights\.ts$/}, ({path}) => {
        const source = readFileSync(path, 'utf8');
        const start = source.indexOf(`  ${table}: {`);
        const end = source.indexOf('\n  },', start);
        const weights = source.slice(start, end);
        if (start < 0 || !declaration.test(weights)) throw new Error(`there is no weight ${name} of ${table}`);
        const contents = source.slice(0, start) + weights.replace(declaration, `$1${value}`) + source.slice(end);
        return {contents, loader: 'ts'};
      });
    },
  };
}

function readSessions(file) {
  const sessions = new Map();
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    if (line === '') continue;
    const event = JSON.parse(line);
    const events = sessions.get(event.session_id) ?? [];
    events.push(event);
    sessions.set(event.session_id, events);
  }
  return [...sessions.values()];
}

function forSummary(event) {
  const {speaker, tool_name: toolName} = event.metadata ?? {};
  return {
    id: event.event_id,
    type: event.event_type,
    role: event.role,
    text: event.text,
    time: Date.parse(event.timestamp),
    project: '',
    branch: '',
    facts: [],
    ...(speaker && {speaker}),
    ...(toolName && {toolName}),
  };
}

function measure(summarizer, inputs) {
  const events = inputs.reduce((sum, input) => sum + input.length, 0);
  const characters = inputs.flat().reduce((sum, event) => sum + event.text.length, 0);
  const rounds = Math.max(1, Math.round(20e6 / characters));
  const start = process.hrtime.bigint();
  for (let round = 0; round < rounds; round++) for (const input of inputs) summarizer.summarizeEvents(input, {});
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  const perSecond = (count) => Math.round((count * rounds) / seconds).toLocaleString('en');
  return `${perSecond(events)} events/s, ${perSecond(characters)} characters/s (${rounds} rounds of ${events} events)`;
}

/** Writes the segment nodes of each conversation of `source` into `nodes`, one node a session. @returns what was summarized */
export function writeNodes(summarizer, source, nodes) {
  mkdirSync(nodes, {recursive: true});
  const inputs = [];
  for (const file of readdirSync(join(source, 'events')).filter((name) => name.endsWith('.jsonl'))) {
    const lines = readSessions(join(source, 'events', file)).map((events) => {
      const input = events.map(forSummary);
      inputs.push(input);
      const summary = summarizer.summarizeEvents(input, {});
      return `${JSON.stringify({start: events[0].timestamp, end: events.at(-1).timestamp, ...summary})}\n`;
    });
    writeFileSync(join(nodes, basename(file)), lines.join(''));
  }
  return inputs;
}

async function main([source, nodes]) {
  if (source === undefined || nodes === undefined) {
    process.stderr.write('usage: node bench/summaries.mjs DATA NODES\n');
    process.exitCode = 64;
    return;
  }
  const summarizer = await loadSummarizer();
  process.stdout.write(`${measure(summarizer, writeNodes(summarizer, source, nodes))}\n`);
}

if (process.argv[1] === new URL(import.meta.url).pathname) await main(process.argv.slice(2));
