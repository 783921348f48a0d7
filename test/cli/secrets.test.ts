import {spawnSync} from 'node:child_process';
import {existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {ClassicLevel} from 'classic-level';
import {expect, test} from 'vitest';
import {type MadeSecret, makeSecrets} from '../redact/secrets.js';
import {aCall, anAnswer, aResult, aText, aUser, linesOf, TRANSCRIPT} from '../sources/claude-code/claude-lines.js';
import * as codex from '../sources/codex/rollout-lines.js';
import {goodReply, ModelServer} from '../summarizers/openai/model-server.js';
import type {MemRig, RunResult} from './mem-rig.js';
import {withModel} from './model-rig.js';

const EACH = process.env['MEM_PROOFS'] === '1' ? 10 : 2;

/** A file of an agent that rests since long. */
function writeOld(mem: MemRig, path: string, content: string): void {
  const whole = join(mem.folder, path);
  mkdirSync(dirname(whole), {recursive: true});
  writeFileSync(whole, content);
  utimesSync(whole, 1_700_000_000, 1_700_000_000);
}

const eventLines = (secrets: readonly MadeSecret[]) =>
  secrets
    .flatMap(({text}, n) => {
      const line = (members: object) =>
        JSON.stringify({
          session_id: `ingest-${n % 10}`,
          timestamp: Date.UTC(2024, 2, 3, 10) + n * 60_000,
          agent: 'claude-code',
          ...members,
        });
      return [
        line({role: 'user', text: `Please use this: ${text}`}),
        line({role: 'tool', text: `$ env\n${text}\n`, metadata: {tool_name: 'Bash', tool_input: {command: `run ${text}`}}}),
        line({role: 'assistant', text: 'Done.', stray: {deep: [text]}}),
        line({role: 'user', text, timestamp: 'yesterday'}),
        `{"role": "user", "text": "torn ${text}`,
      ];
    })
    .join('\n');

const transcriptLines = (secrets: readonly MadeSecret[]) =>
  linesOf(
    ...secrets.flatMap(({text}, n) => [
      aUser(4 * n + 1, `Please use this: ${text}`),
      anAnswer(4 * n + 2, [aText(`I use ${text}`)], {id: `m-${n}`}),
      anAnswer(4 * n + 3, [aCall(`t-${n}`, 'Bash', {command: `run ${text}`})], {id: `m-${n}`}),
      aUser(4 * n + 4, [aResult(`t-${n}`, `$ env\n${text}`)], {gitBranch: text}),
      `{"type": "user", "torn ${text}`,
    ]),
  );

const rolloutLines = (secrets: readonly MadeSecret[]) =>
  linesOf(
    codex.aMeta(1),
    ...secrets.flatMap(({text}, n) => [
      codex.aPrompt(4 * n + 2, text),
      codex.aCall(4 * n + 3, `c-${n}`, 'shell', {command: ['bash', '-c', text]}),
      codex.anOutput(4 * n + 4, `c-${n}`, `Output:\n${text}`),
      codex.anAnswer(4 * n + 5, `I used ${text}`),
    ]),
  );

function ring(mem: MemRig, payload: object): void {
  const {status} = spawnSync(join(mem.home, 'mem-bell.sh'), ['claude-code'], {input: JSON.stringify(payload), env: {}});
  expect(status).toBe(0);
}

function holdersOf(places: ReadonlyMap<string, string>, secrets: readonly MadeSecret[]): readonly string[] {
  return secrets.flatMap(({kind, secret}) => {
    const inJson = JSON.stringify(secret).slice(1, -1);
    return [...places].filter(([, text]) => text.includes(secret) || text.includes(inJson)).map(([place]) => `${kind} in ${place}`);
  });
}

function filesIn(folder: string): ReadonlyMap<string, string> {
  const files = readdirSync(folder, {recursive: true, withFileTypes: true}).filter((entry) => entry.isFile());
  return new Map(
    files.map(({parentPath, name}) => [join(parentPath, name).slice(folder.length), readFileSync(join(parentPath, name), 'latin1')]),
  );
}

/** Every key and value of the store: its tables are compressed. */
async function entriesOf(home: string): Promise<ReadonlyMap<string, string>> {
  const level = new ClassicLevel<Buffer, Buffer>(join(home, 'db'), {
    keyEncoding: 'buffer',
    valueEncoding: 'buffer',
    createIfMissing: false,
  });
  const entries = new Map<string, string>();
  for await (const [key, value] of level.iterator())
    entries.set(`entry ${key.toString('hex')}`, `${key.toString('latin1')} ${value.toString('latin1')}`);
  await level.close();
  return entries;
}

test('no secret of 24 kinds, wherever it came in, is in the home, in what mem prints, or in what a model is sent', async () => {
  const secrets = makeSecrets(EACH);
  await using server = await ModelServer.start(goodReply);
  await using mem = await withModel(server);
  writeOld(mem, TRANSCRIPT, transcriptLines(secrets));
  writeOld(mem, codex.ROLLOUT, rolloutLines(secrets));
  const said: RunResult[] = [];
  const run = async (args: readonly string[], input = '') => {
    const result = await mem.run(args, input);
    said.push(result);
    return result;
  };
  expect((await run(['ingest', '--drain'], eventLines(secrets))).status).toBe(65);
  expect((await run(['connect', 'claude-code', 'codex', '--no-rollup'])).status).toBe(0);
  // One that the agent's file does not show, one that it shows, and one that was cut off.
  const stamp = {session_id: 'of-hooks', transcript_path: join(mem.folder, '.claude/projects/x/gone.jsonl'), cwd: '/'};
  for (const {text} of secrets.slice(0, 30)) {
    ring(mem, {...stamp, hook_event_name: 'UserPromptSubmit', prompt: text});
    ring(mem, {...stamp, hook_event_name: 'Stop', last_assistant_message: `I use ${text}`});
  }
  spawnSync(join(mem.home, 'mem-bell.sh'), ['claude-code'], {input: `{"prompt": "${secrets[0]?.text}`, env: {}});
  const rung = readdirSync(join(mem.home, 'inbox/raw'));
  expect(rung.length).toBe(61);
  // Bells rung 20 min ago: their time is that of their files.
  const rungAt = Date.now() / 1000 - 1200;
  for (const name of rung) utimesSync(join(mem.home, 'inbox/raw', name), rungAt, rungAt);
  // What is older than a week would be made offline.
  expect((await run(['import', '--no-rollup'])).status).toBe(0);
  for (const {text} of secrets.slice(0, 24)) expect((await run(['note', text])).status).toBe(0);
  expect((await run(['rollup'])).status).toBe(0);
  await run(['compact']);
  const listed = await run(['events', '--json']);
  for (const args of [['toc', 'list', '--json'], ['status', '--json'], ['schedule', 'log'], ['config', '--json'], ['doctor']])
    await run(args);

  expect(readdirSync(join(mem.home, 'inbox/raw'))).toEqual([]);
  expect(listed.stdout.split('\n').length).toBeGreaterThan(9 * secrets.length);
  expect(listed.stdout.match(/\[redacted:/g)?.length).toBeGreaterThan(9 * secrets.length);
  expect(server.requests.length).toBeGreaterThan(10);
  expect(existsSync(join(mem.home, 'inbox/bad'))).toBe(true);
  const places = new Map([
    ...filesIn(mem.home),
    ...(await entriesOf(mem.home)),
    ...said.map(({stdout, stderr}, n) => [`what command ${n} printed`, stdout + stderr] as const),
    ...server.requests.map(({number, body}) => [`request ${number}`, JSON.stringify(body)] as const),
  ]);
  process.stderr.write(
    `secrets: ${secrets.length} of ${new Set(secrets.map(({kind}) => kind)).size} kinds; ${server.requests.length} requests; ${places.size} places\n`,
  );
  expect(holdersOf(places, secrets)).toEqual([]);
});
