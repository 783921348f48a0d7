// Makes the events that the benchmarks take in.
import {execFileSync, spawnSync} from 'node:child_process';
import {closeSync, existsSync, openSync, writeSync} from 'node:fs';
import {join} from 'node:path';

const WORDS = `the a of to in we it that this for with on is was not but error test build file line server request answer cache index table
  query branch commit merge release version config schema user session token retry queue worker thread timeout memory latency log parser
  string number list map key value folder path module function class type check fix change add remove move rename read write open close
  start stop wait find show keep drop update plan step today tomorrow because after before when while maybe always never`.split(/\s+/);
const DAY_MS = 86_400_000;

/**
 * A file of `count` events of about ten years per 750,000, made once per folder: by the synthesizer of an evaluation folder (`evalFolder`,
 * from the conversations in `pool`) where one is given, else by the generator below.
 */
export function makeInput(folder, count, {evalFolder, pool}) {
  const path = join(folder, `events-${count}.jsonl`);
  if (existsSync(path)) return path;
  const file = openSync(path, 'w');
  try {
    if (evalFolder === undefined) generate(file, count);
    else synthesize(file, count, evalFolder, pool);
  } finally {
    closeSync(file);
  }
  return path;
}

function synthesize(file, count, evalFolder, pool) {
  const args = [join(evalFolder, 'synthesize.py'), '--pool', pool, '-n', String(count), '--seed', '1'];
  const {status} = spawnSync('python3', args, {stdio: ['ignore', file, 'inherit']});
  if (status !== 0) throw new Error(`synthesize.py ended with ${status}`);
}

/** `count` events that ended a moment ago, in sessions of 25: what no rollup has made yet. */
export function openEvents(count) {
  const {text} = talk();
  const now = Date.now();
  const lines = Array.from({length: count}, (_, at) => {
    const role = at % 2 === 0 ? 'user' : 'assistant';
    const timestamp = new Date(now - (count - at) * 10_000).toISOString();
    return JSON.stringify({
      event_id: `open-${at}`,
      session_id: `open-${Math.floor(at / 25)}`,
      timestamp,
      event_type: `${role}_message`,
      role,
      text: text(),
    });
  });
  return `${lines.join('\n')}\n`;
}

/** A past day with so many sessions, of three events each. */
export function crowdedDay(sessions) {
  const {text} = talk();
  const lines = Array.from({length: sessions * 3}, (_, at) => {
    const role = at % 2 === 0 ? 'user' : 'assistant';
    const timestamp = new Date(Date.UTC(2024, 0, 15, 1) + at * 1_000).toISOString();
    return JSON.stringify({session_id: `crowd-${Math.floor(at / 3)}`, timestamp, event_type: `${role}_message`, role, text: text()});
  });
  return `${lines.join('\n')}\n`;
}

/** Sentences of words, always the same ones. */
function talk() {
  let state = 1;
  const random = (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return Math.floor((state / 0x80000000) * below);
  };
  const sentence = () => {
    const words = Array.from({length: 5 + random(12)}, () => WORDS[random(WORDS.length)]);
    return `${words.join(' ').replace(/^./, (first) => first.toUpperCase())}.`;
  };
  return {random, text: () => Array.from({length: 1 + random(3)}, sentence).join(' ')};
}

/** Always the same events for a count: sessions of 6 to 40 turns, 12 a day, half a minute between turns. */
function generate(file, count) {
  const {random, text} = talk();
  let made = 0;
  let batch = '';
  for (let session = 0; made < count; session++) {
    let time = Date.UTC(2012, 0, 1, 8) + Math.floor(session / 12) * DAY_MS + (session % 12) * 3_600_000;
    const turns = 6 + random(35);
    for (let turn = 0; turn < turns && made < count; turn++, made++) {
      const role = turn % 2 === 0 ? 'user' : 'assistant';
      batch += `${JSON.stringify({
        event_id: `bench-${made}`,
        session_id: `bench-session-${session}`,
        timestamp: new Date(time).toISOString(),
        event_type: `${role}_message`,
        role,
        text: text(),
        metadata: {speaker: role === 'user' ? 'Ada' : 'Brook'},
      })}\n`;
      time += 5_000 + random(60_000);
    }
    if (batch.length > 1_000_000) batch = flush(file, batch);
  }
  flush(file, batch);
}

function flush(file, text) {
  writeSync(file, text);
  return '';
}

/** The first lines of a file, as a file beside it. */
export function firstLines(path, count) {
  const target = `${path}.first-${count}`;
  if (!existsSync(target)) execFileSync('sh', ['-c', `head -n ${count} '${path}' > '${target}'`]);
  return target;
}
