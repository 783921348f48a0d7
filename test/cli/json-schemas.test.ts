import {spawnSync} from 'node:child_process';
import {mkdir, rm, utimes, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {COMMAND_TABLE, schemaOf} from '../../scripts/docs/commands-page.js';
import {printsLines} from '../../scripts/docs/schemas/schemas.js';
import {bugJson} from '../../src/json/error-json.js';
import {ModelServer} from '../summarizers/openai/model-server.js';
import {asCron, commandOf, INSTALL, withCrontab} from './crontab-rig.js';
import {anEvent, MemRig} from './mem-rig.js';
import {awayFromMidnight} from './midnight.js';
import {talks, withModel} from './model-rig.js';
import {SCHEMA_NAMES, SchemaCheck} from './schema-rig.js';

const hasFaketime = spawnSync('faketime', ['--version']).status === 0;
if (!hasFaketime) process.stderr.write('skipped: the JSON of a retry; it needs faketime (Debian: apt-get install faketime)\n');

const isProofs = process.env['MEM_PROOFS'] === '1';
const check = new SchemaCheck();

/** Runs a command with `--json` and holds all that it prints against its schema. @returns the values that it printed */
async function run(mem: MemRig, line: string, {input = '', env = {}, status = 0} = {}) {
  const words = line.split(' ');
  const command = COMMAND_TABLE.map(({name}) => name).findLast((name) => `${line} `.startsWith(`${name} `)) ?? '';
  const result = await mem.run([...words, '--json'], input, env);
  expect({line, status: result.status, stderr: result.stderr}).toEqual({line, status, stderr: result.stderr});
  return check.run(command, result, printsLines(command));
}

/** Runs a command that prints no key, kind of value or word that another run here does not print as well: the short form leaves it out. */
const alike: typeof run = async (mem, line, options) => (isProofs ? run(mem, line, options) : []);

test('every command with --json has a schema, and there is no other but that of errors', () => {
  const wanted = COMMAND_TABLE.map(schemaOf).filter((name) => name !== undefined);
  expect(SCHEMA_NAMES.map((name) => `${name}.schema.json`).sort()).toEqual([...wanted, 'error.schema.json'].sort());
});

test('a home without a store, and one that begins, print what the schemas say', async () => {
  await using mem = await MemRig.create();
  for (const line of ['status', 'config', 'config get time_zone']) await run(mem, line);
  await run(mem, 'toc show 2024', {status: 66});
  await mem.init('Europe/Berlin');
  await run(mem, 'init --time-zone Europe/Berlin');
  await run(mem, 'config get color', {env: {MEM_COLOR: 'never'}});
  await run(mem, 'config set keep_versions 5 --dry-run');
  await alike(mem, 'config set openai.api_key_command ["printenv","KEY"]');
  await alike(mem, 'config set time_zone Europe/Berlin');
  await alike(mem, 'config set nonsense 1', {status: 78});
  for (const line of ['config check', `sync ${join(mem.folder, 'exchange')}`]) await run(mem, line);
  await alike(mem, 'status');
  await run(mem, `config set sync.peers ${JSON.stringify([join(mem.folder, 'exchange')])}`);
  for (const line of ['sync', 'status']) await run(mem, line);
});

test('an import prints what the schema says', async () => {
  await using mem = await MemRig.create();
  const path = join(mem.folder, 'session.jsonl');
  await writeFile(path, `${JSON.stringify(aPrompt('2024-03-05T09:00:00.000Z'))}\n{"broken\n`);
  await utimes(path, 1709700000, 1709700000);
  const [counted] = await run(mem, `import ${path} --dry-run`);
  expect(counted).toMatchObject({dry_run: true, sources: [{stored: 0, first: '2024-03-05T09:00:00.000Z'}]});
  await run(mem, `import ${path} --no-rollup`);
  const [again] = await run(mem, `import ${path}`);
  expect(again).toMatchObject({sources: [{events: 0, first: null}]});
  await alike(mem, 'import', {status: 64});
});

test('connecting and disconnecting prints what the schemas say', async () => {
  await using mem = await MemRig.create();
  await mkdir(join(mem.folder, '.claude'));
  await writeFile(join(mem.folder, '.claude', 'history.jsonl'), '');
  await run(mem, 'doctor', {status: 78});
  await run(mem, 'note remember');
  await alike(mem, 'connect');
  const [planned] = await run(mem, 'connect claude-code --dry-run');
  expect(planned).toMatchObject({dry_run: true, wirings: [{via: 'hooks', backup: null, proofs: []}]});
  const [connected] = await run(mem, 'connect claude-code aider');
  expect(connected).toMatchObject({wirings: [{via: 'hooks', proofs: Array(5).fill({captured: true})}, {via: 'import-only'}]});
  await run(mem, 'connect');
  await run(mem, 'init');
  await run(mem, 'doctor', {status: 78});
  await run(mem, 'disconnect --all --dry-run');
  await run(mem, 'disconnect claude-code');
  await alike(mem, 'disconnect', {status: 64});
});

test('what is forgotten, replaced and emptied prints what the schema says', async () => {
  await using mem = await MemRig.create();
  await mem.ingest([anEvent({at: '2024-01-15T12:00:00Z', text: 'The heron was seen at the sluice.'})]);
  await mem.rollUp();
  await run(mem, 'doctor --secrets');
  await run(mem, 'forget --secrets --dry-run');
  await run(mem, 'forget --retention --dry-run', {env: {MEM_RETENTION_TOOL_RESULTS: '1y'}});
  expect(await run(mem, 'forget heron --dry-run')).toMatchObject([{dry_run: true, done: null}]);
  expect(await run(mem, 'forget heron --yes')).toMatchObject([{dry_run: false, done: {events: 1, nodes: 5}}]);
  await run(mem, 'forget --finish');
  await alike(mem, 'forget', {status: 64});
});

const aPrompt = (timestamp: string) => ({
  type: 'user',
  sessionId: 's',
  uuid: 'u',
  timestamp,
  cwd: '/srv/kitchen',
  message: {role: 'user', content: 'Salt the water.'},
});

test('searches, and what is recalled, explained and resumed, print what the schemas say', async () => {
  await using mem = await MemRig.create();
  const project = mem.folder.slice(mem.folder.lastIndexOf('/') + 1);
  const edit = {tool_name: 'Edit', tool_input: {file_path: 'src/parser.ts'}, cwd: mem.folder, git_branch: 'main', speaker: 'Ada'};
  await mem.ingest([
    anEvent({at: '2024-01-15T12:00:00Z', project, text: 'Let the parser accept a trailing comma.', metadata: {cwd: mem.folder}}),
    anEvent({at: '2024-01-15T12:01:00Z', project, text: 'The parser file has been updated.', event_type: 'tool_result', metadata: edit}),
  ]);
  await mem.rollUp();
  expect(await run(mem, 'search parser')).toHaveLength(2);
  await alike(mem, 'search parser --by segment');
  await alike(mem, 'search parser --project nowhere', {status: 64});
  await run(mem, 'recall parser comma');
  await run(mem, 'recall --log');
  expect(await run(mem, 'why parser.ts')).toHaveLength(1);
  await run(mem, 'resume');
  await alike(mem, 'resume nothing like that', {status: 66});
});

test('events, nodes, rollups and compactions print what the schemas say', async () => {
  // What is said a moment ago is of today.
  await awayFromMidnight();
  await using mem = await MemRig.create();
  const [first, second] = [
    anEvent({at: '2024-01-15T10:00:00Z', text: 'We read the gauge at the harbour and wrote it into the table.', project: 'tide'}),
    anEvent({
      at: '2024-01-15T10:05:00Z',
      text: 'The table of the tides now has a row for each reading.',
      metadata: {tool_name: 'Edit'},
      source: 'test',
      event_id: 'no-ulid',
    }),
  ];
  const input = [first, first, second].map((event) => `${JSON.stringify(event)}\n`).join('');
  const [ingested] = await run(mem, 'ingest', {input: `${input}nonsense\n{"a": 1}\n`, status: 65});
  expect(ingested).toMatchObject({accepted: 3, stored: 2, duplicates: 1, rejected: [{line: 4}, {line: 5}]});
  await run(mem, 'ingest no-such-file', {status: 66});
  await alike(mem, 'toc list --provisional');
  await alike(mem, 'rollup --dry-run');
  await mem.rollUp();
  // Between two segments of the session: they become one, and the other is retracted.
  await mem.ingest([anEvent({at: '2024-01-15T12:00:00Z', text: 'After the break the second gauge was read.'})]);
  await mem.rollUp();
  const between = ['10:25', '10:50', '11:15', '11:40'].map((at) =>
    anEvent({at: `2024-01-15T${at}:00Z`, text: `At ${at} the gauge was read again.`}),
  );
  await mem.ingest(between);
  expect(await run(mem, 'rollup')).toContainEqual(expect.objectContaining({outcome: 'retracted'}));
  await mem.ingest([{session_id: 's-2', event_type: 'user_message', text: 'This was said a moment ago, so its day is open.'}]);
  await run(mem, 'rollup');
  expect(await run(mem, 'events')).toHaveLength(8);
  await alike(mem, 'events --from 2024-02-30', {status: 64});
  for (const what of ['2024 --depth 4', '2024-01-15', 'today', '2023']) await run(mem, `toc show ${what}`);
  for (const what of ['', '2024-01 --project tide', '2024-01-15']) await run(mem, `report ${what}`.trim());
  await run(mem, 'stats 2024');
  await alike(mem, 'stats last week', {status: 64});
  const nodes = await run(mem, 'toc list --provisional');
  const ids = nodes.map(({node_id: id}) => String(id));
  await run(mem, `toc show ${ids.find((id) => id.startsWith('toc:segment:'))}`);
  await run(mem, `toc log ${ids[0]}`);
  await run(mem, 'toc log 2022', {status: 66});
  await run(mem, 'status');
  await run(mem, 'config set time_zone UTC --dry-run');
  for (const what of ['check --fast', 'check --full', 'repair --dry-run', 'rebuild --dry-run', 'rebuild']) await run(mem, what);
  const kept = join(mem.folder, 'kept');
  for (const what of [`backup ${kept} --dry-run`, `backup ${kept}`]) await run(mem, what);
  for (const flag of ['--dry-run', '']) await run(mem, `restore ${kept} --store ${kept}-again ${flag}`.trim());
  await rm(join(mem.home, 'db'), {recursive: true});
  await run(mem, 'check', {status: 74});
  await run(mem, 'repair');
  await run(mem, 'compact --dry-run');
  await alike(mem, 'compact');
});

test('jobs, and what is installed for them, print what the schemas say', async () => {
  await using here = await withCrontab();
  const {mem, env} = here;
  await mem.ingest([anEvent({at: '2024-01-15T10:00:00Z', text: 'We read the gauge at the harbour and wrote it into the table.'})]);
  await run(mem, 'schedule');
  for (const flag of ['--print', '--dry-run', ...(isProofs ? ['--diff'] : [])]) await run(mem, [...INSTALL, flag].join(' '), {env});
  await run(mem, INSTALL.join(' '), {env: {...env, MEM_MIN_AGE: '2h'}});
  await run(mem, INSTALL.join(' '), {env});
  await run(mem, 'schedule next');
  await alike(mem, 'schedule next rollup-day -n 3');
  await run(mem, 'schedule run compact');
  await run(mem, 'schedule run rollup-segment --now');
  await run(mem, 'schedule run nonsense', {status: 64});
  await run(mem, 'schedule pause rollup-day --until 2199-01-01');
  await run(mem, 'schedule pause --all');
  await run(mem, 'schedule run rollup-day');
  await run(mem, 'schedule status', {env});
  await alike(mem, 'schedule status rollup-week', {env});
  await run(mem, 'status', {env});
  await run(mem, 'schedule resume --all');
  await alike(mem, 'schedule log --all', {env});
  await run(mem, 'uninstall-schedule --dry-run', {env});
  await run(mem, 'uninstall-schedule', {env});
  await run(mem, 'uninstall-schedule', {env});
});

test('entries of the log of runs are what the schema says', async () => {
  await using here = await withCrontab();
  const {mem, rig, env} = here;
  await run(mem, INSTALL.join(' '), {env});
  expect(await asCron(commandOf(rig, 'rollup-day').replace('rollup-day', 'rollup-day --now'))).toMatchObject({status: 0});
  expect(await run(mem, 'schedule log --all', {env})).not.toEqual([]);
});

test('a model, its budget and its failures print what the schemas say', async () => {
  await using server = await ModelServer.start();
  await using mem = await withModel(server);
  await run(mem, `config set summarizer openai --base-url ${server.baseUrl} --model test-model --dry-run`);
  await run(mem, 'config check');
  await mem.ingest(talks(3));
  await run(mem, 'rollup --dry-run');
  await run(mem, 'rollup');
  // An answer that cannot be used fails a redo; what is new is made by the fallback.
  server.answer = () => ({kind: 'content', content: 'nonsense'});
  await run(mem, 'rollup --redo all --from 2024-01-01 --to 2024-01-01', {status: 69});
  await mem.ingest(talks(5).slice(4));
  const made = await run(mem, 'rollup');
  expect(made).toContainEqual(expect.objectContaining({outcome: 'made', fallback: expect.any(String)}));
  await run(mem, 'status');
  await alike(mem, 'rollup --redo fallback', {status: 69});
  await run(mem, 'toc list');
  server.answer = () => ({kind: 'error', status: 401, message: 'no', code: 'invalid_api_key'});
  await mem.ingest(talks(7).slice(6));
  expect(await run(mem, 'rollup', {status: 78})).toContainEqual(expect.objectContaining({outcome: 'failed'}));
  await run(mem, 'config check', {status: 78});
});

test('a retry that fails as well prints what the schema says', async ({skip}) => {
  skip(!hasFaketime);
  // It asks for no pause between two tries.
  await using server = await ModelServer.start(() => ({kind: 'error', status: 500, message: 'no', headers: {'retry-after': '0'}}));
  await using mem = await withModel(server);
  await mem.ingest(talks(1));
  await run(mem, 'rollup --level segment');
  const later = new Date(Date.now() + 2 * 3_600_000).toISOString().replace('T', ' ').slice(0, 19);
  const result = await mem.runAt(later, ['rollup', '--level', 'segment', '--json']);
  const values = check.run('rollup', result, true);
  expect(values).toContainEqual(expect.objectContaining({outcome: 'kept'}));
});

test('a bug prints what the schema of errors says', () => {
  check.value('error', bugJson('x is not a function', 'TypeError: x is not a function\n    at y'));
});

test('each form of each schema was seen in what real commands printed', ({skip}) => {
  skip(!hasFaketime);
  expect(check.unseen).toEqual([]);
});
