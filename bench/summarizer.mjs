// What the extractive summarizer takes of a rollup from nothing: a profile of one, by the functions that the rollup calls.
import {cpSync, createReadStream, mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {print, run} from './measure.mjs';

export const title = 'extractive summarizer in a rollup from nothing';
const EVENTS = 1_000_000;
/** Of a tool's result so many characters are summarized. */
const TOOL_CHARACTERS = 1_000;
const ENTRIES = ['summarizeEvents', 'summarizeChildren'];

export async function bench({folder, mem, input, scale}) {
  const events = Math.round(EVENTS * scale);
  const before = join(folder, 'rollup-before');
  const home = join(folder, 'rollup');
  const profiles = mkdtempSync(join(folder, 'profile-'));
  rmSync(before, {recursive: true, force: true});
  run(`cat '${input(events)}' | ${process.execPath} ${mem} ingest`, {MEM_HOME: before});
  rmSync(home, {recursive: true, force: true});
  cpSync(before, home, {recursive: true});
  run(`${process.execPath} --cpu-prof --cpu-prof-dir='${profiles}' ${mem} rollup > /dev/null`, {MEM_HOME: home});
  const [name] = readdirSync(profiles);
  const {busyMs, spentMs} = readProfile(join(profiles, name));
  const characters = await countCharacters(input(events));
  const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;
  print('characters per second, events', Math.round((characters / spentMs.summarizeEvents) * 1000).toLocaleString('en'));
  print('of all the work', seconds(busyMs));
  for (const entry of ENTRIES) print(entry, `${seconds(spentMs[entry])}, ${((100 * spentMs[entry]) / busyMs).toFixed(1)} %`);
}

/** Time in ms that the process was at work, and that it spent below each entry. */
function readProfile(file) {
  const {nodes, samples, timeDeltas} = JSON.parse(readFileSync(file, 'utf8'));
  const byId = new Map(nodes.map((node) => [node.id, {node, us: 0}]));
  samples.forEach((id, at) => {
    byId.get(id).us += timeDeltas[at];
  });
  const below = (id) => {
    const {node, us} = byId.get(id);
    return (node.children ?? []).reduce((sum, child) => sum + below(child), us);
  };
  const spentMs = Object.fromEntries(ENTRIES.map((entry) => [entry, 0]));
  let busyMs = 0;
  for (const {node, us} of byId.values()) {
    const {functionName} = node.callFrame;
    if (functionName !== '(idle)') busyMs += us / 1000;
    if (functionName in spentMs) spentMs[functionName] += below(node.id) / 1000;
  }
  return {busyMs, spentMs};
}

async function countCharacters(file) {
  let characters = 0;
  for await (const line of createInterface({input: createReadStream(file)})) {
    if (line === '') continue;
    const {text = '', event_type: type, role} = JSON.parse(line);
    characters += type === 'tool_result' || role === 'tool' ? Math.min(text.length, TOOL_CHARACTERS) : text.length;
  }
  return characters;
}
