// Transcripts of Claude Code, made up: an import against JSON.parse alone on the same lines, one large file, and many files without news.

import {appendFileSync, mkdirSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {alternate, print, printRatio, ratios, run, spreadText} from './measure.mjs';

export const title = 'import of transcripts, against JSON.parse alone';
const SESSIONS = 100;
const LINES = 1_000;
const LARGE_BYTES = 750e6;
const MANY = 5_000;
/** Reads and splits as any reader must; its own figure is that of JSON.parse alone. */
const PARSE = `
const {readFileSync, readdirSync} = require('node:fs');
const [folder] = process.argv.slice(1);
let ms = 0;
for (const name of readdirSync(folder)) {
  const lines = readFileSync(folder + '/' + name, 'utf8').split('\\n');
  const start = performance.now();
  for (const line of lines) if (line !== '') JSON.parse(line);
  ms += performance.now() - start;
}
console.log(ms);`;

export function bench({folder, rounds, mem, scale}) {
  const account = join(folder, 'import-account');
  const projects = join(account, '.claude/projects/-srv-kitchen');
  const home = join(folder, 'import-home');
  const env = {HOME: account, MEM_HOME: home};
  const command = `${process.execPath} ${mem} import claude-code --no-rollup`;
  const fresh = () => {
    rmSync(home, {recursive: true, force: true});
    return run(command, env);
  };
  const clear = () => {
    rmSync(projects, {recursive: true, force: true});
    mkdirSync(projects, {recursive: true});
  };

  clear();
  for (let n = 0; n < Math.ceil(SESSIONS * scale); n++) writeFileSync(join(projects, `s-${n}.jsonl`), session(n, LINES));
  const parse = () => {
    const result = run(`${process.execPath} -e "$PARSE" '${projects}'`, {PARSE});
    return {...result, ms: Number(result.stdout)};
  };
  const runs = alternate({parse, fresh}, rounds);
  print(
    'mem, time in ms',
    spreadText(
      runs.fresh.map(({ms}) => ms),
      0,
    ),
  );
  print(
    'mem, processor time in ms',
    spreadText(
      runs.fresh.map(({cpuMs}) => cpuMs),
      0,
    ),
  );
  print(
    'JSON.parse alone, in ms',
    spreadText(
      runs.parse.map(({ms}) => ms),
      0,
    ),
  );
  printRatio('speed, as a share of JSON.parse alone', ratios(runs.parse, runs.fresh), {atLeast: 0.1});

  clear();
  const large = join(projects, 'large.jsonl');
  for (let size = 0, n = 0; size < LARGE_BYTES * scale; n++) {
    const lines = session(n, LINES);
    appendFileSync(large, lines);
    size += lines.length;
  }
  printRatio('one large file, peak memory in MB', [fresh().peakMb], {atMost: 250});

  clear();
  for (let n = 0; n < MANY * scale; n++) writeFileSync(join(projects, `m-${n}.jsonl`), session(n, 6));
  fresh();
  // A second time for the files that had not rested yet.
  const again = alternate({nothing: () => run(`${process.execPath} -e 0`), again: () => run(command, env)}, rounds);
  print(
    'nothing new in many files, in ms',
    spreadText(
      again.again.map(({ms}) => ms),
      0,
    ),
  );
  printRatio('the same against bare Node', ratios(again.again, again.nothing), {atMost: 8});
  rmSync(account, {recursive: true, force: true});
}

/** The lines of a session: a prompt, then calls with results and answers in turn. */
function session(number, lines) {
  const words = (n, count) => Array.from({length: count}, (_, at) => `w${(number * 31 + n * 17 + at * 7) % 5_000}`).join(' ');
  return Array.from({length: lines}, (_, n) => `${JSON.stringify(record(number, n, words))}\n`).join('');
}

function record(number, n, words) {
  const common = {
    parentUuid: `u-${number}-${n - 1}`,
    isSidechain: false,
    cwd: '/srv/kitchen',
    sessionId: `s-${number}`,
    version: '2.1.40',
    gitBranch: 'soup',
    uuid: `u-${number}-${n}`,
    timestamp: new Date(Date.UTC(2024, 0, 1) + number * 3_600_000 + n * 3_000).toISOString(),
  };
  const answer = (block) => ({
    ...common,
    type: 'assistant',
    message: {id: `m-${number}-${n}`, role: 'assistant', model: 'm', content: [block]},
  });
  switch (n % 5) {
    case 1:
      return answer({type: 'tool_use', id: `t-${number}-${n}`, name: 'Read', input: {file_path: `/srv/kitchen/${n}.md`}});
    case 2: {
      const text = words(n, 600);
      const content = [{type: 'tool_result', tool_use_id: `t-${number}-${n - 1}`, content: text}];
      return {...common, type: 'user', message: {role: 'user', content}, toolUseResult: {type: 'text', file: {content: text}}};
    }
    case 3:
      return answer({type: 'text', text: words(n, 80)});
    case 4:
      return {...common, type: 'progress', data: {type: 'bash_progress', output: words(n, 100)}};
    default:
      return {...common, type: 'user', message: {role: 'user', content: words(n, 30)}};
  }
}
