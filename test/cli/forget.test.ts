import {mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {expect, test} from 'vitest';
import {findInHome} from '../operations/forget/find-in-home.js';
import {aUser, linesOf, PROJECT} from '../sources/claude-code/claude-lines.js';
import {anEvent, MemRig} from './mem-rig.js';
import {SchemaCheck} from './schema-rig.js';

const check = new SchemaCheck();
const SECRET = `ghp_${'a1B2c3D4e5F6'.repeat(3)}`;
const SAID = 'Please tell nobody that the vqxzjkw lies under the seventh plank.';

/** Two sessions of an agent, imported and rolled up. */
async function withTranscripts(): Promise<{mem: MemRig; files: readonly string[]}> {
  const mem = await MemRig.create();
  const files = [0, 1].map((n) => {
    const path = join(mem.folder, PROJECT, `session-${n}.jsonl`);
    const texts = n === 0 ? ['The jetty has sixteen planks.', SAID] : ['The gauge was read at noon.'];
    mkdirSync(dirname(path), {recursive: true});
    writeFileSync(path, linesOf(...texts.map((text, at) => aUser(at + 1, text, {sessionId: `session-${n}`, uuid: `${n}-${at}`}))));
    utimesSync(path, 1_700_000_000, 1_700_000_000);
    return path;
  });
  expect(await mem.run(['import', 'claude-code'])).toMatchObject({status: 0});
  return {mem, files};
}

/** Every file of a home with its content, but for LevelDB's, which each opening writes again, and for locks. */
function filesOf(home: string): readonly string[] {
  return readdirSync(home, {recursive: true, encoding: 'utf8'})
    .filter((name) => !/^(db|locks)\b/.test(name) && statSync(join(home, name)).isFile())
    .map((name) => `${name} ${readFileSync(join(home, name)).toString('base64')}`)
    .sort();
}

test('forgets what it was shown, and no import of the original file brings it back', async () => {
  const {mem, files} = await withTranscripts();
  await using _ = mem;
  const shown = await mem.run(['forget', 'vqxzjkw', '--dry-run']);
  expect(shown).toMatchObject({status: 0, stderr: ''});
  expect(shown.stdout).toContain('Events: 1 of 1 session');
  expect(shown.stdout).toContain(SAID);
  expect(shown.stdout).toContain('the files that claude-code keeps of its conversations');
  expect(findInHome(mem.home, ['vqxzjkw', 'seventh'])).not.toEqual([]);
  expect(await mem.run(['forget', 'vqxzjkw', '--yes'])).toMatchObject({status: 0, stderr: ''});
  expect(findInHome(mem.home, ['vqxzjkw', 'seventh'])).toEqual([]);
  // What an import remembers of the files is as it was; gone, it reads them whole.
  expect((await mem.run(['import', 'claude-code'])).stdout).not.toContain('vqxzjkw');
  const lines = readFileSync(files[0] ?? '', 'utf8');
  const copy = await mem.write('copy.jsonl', lines);
  utimesSync(copy, 1_700_000_000, 1_700_000_000);
  expect(await mem.run(['import', copy])).toMatchObject({status: 0});
  expect((await mem.run(['events'])).stdout).not.toContain('vqxzjkw');
  expect(findInHome(mem.home, ['vqxzjkw', 'seventh'])).toEqual([]);
  expect((await mem.run(['search', 'planks'])).stdout).toContain('sixteen');
  expect((await mem.run(['rollup', '--dry-run'])).stdout).toBe('');
});

test('does nothing that nobody agreed to, and leaves a home alone in which nothing fits', async () => {
  const {mem} = await withTranscripts();
  await using _ = mem;
  const before = filesOf(mem.home);
  const refused = await mem.run(['forget', 'vqxzjkw']);
  expect(refused.status).toBe(64);
  expect(refused.stdout).toContain('Events: 1 of 1 session');
  expect(refused.stderr).toBe(
    'mem: error: nothing was done: nobody can be asked here [USAGE]\nmem: hint: look at what would be done with --dry-run, then say --yes\n',
  );
  const none = await mem.run(['forget', 'nosuchword', '--yes']);
  expect(none).toEqual({status: 0, stdout: 'Nothing fits: nothing is to be forgotten.\n', stderr: ''});
  expect(filesOf(mem.home)).toEqual(before);
});

test.each([
  [[], 'nothing says what is to be forgotten'],
  [['--yes', '--dry-run', 'word'], ''],
  [['--event', 'abc'], '"abc" is not the id of an event'],
  [['word', '--secrets'], 'words are for what is forgotten, and for nothing else'],
  [['--secrets', '--session', 's'], ''],
  [['--retention'], 'retention.tool_results is off'],
  [['word', '--session', 'nowhere', '--project', 'nowhere'], 'no project is called "nowhere"'],
])('refuses %j', async (args, message) => {
  await using mem = await MemRig.create();
  await mem.ingest([anEvent({at: '2024-01-15T12:00:00Z', text: 'hello'})]);
  const result = await mem.run(['forget', ...args]);
  expect(result.status).toBe(64);
  expect(result.stderr).toContain(message);
});

test('prints JSON as its schema says', async () => {
  const {mem} = await withTranscripts();
  await using _ = mem;
  const run = async (command: string, ...args: readonly string[]) => check.run(command, await mem.run([command, ...args, '--json']), false);
  const [planned] = await run('forget', 'vqxzjkw', '--dry-run');
  expect(planned).toMatchObject({kind: 'events', dry_run: true, events: 1, copies: 0, sessions: 1, done: null, samples: [{text: SAID}]});
  const [done] = await run('forget', 'vqxzjkw', '--yes');
  expect(done).toMatchObject({
    dry_run: false,
    done: {events: 1, files_left: 0},
    unreachable: [{kind: 'agent', name: 'claude-code'}, {kind: 'copies'}],
  });
  expect(await run('doctor', '--secrets')).toEqual([{scanned: 2, events: 0, secrets: []}]);
  expect(await run('forget', '--secrets', '--dry-run')).toMatchObject([{kind: 'secrets', events: 0}]);
  expect(await run('forget', '--finish')).toEqual([{kind: 'finish', dry_run: false, finished: 0, done: null}]);
  mem.env['MEM_RETENTION_TOOL_RESULTS'] = '30d';
  expect(await run('forget', '--retention', '--dry-run')).toMatchObject([{kind: 'retention', events: 0, waiting: 0}]);
});

test('finds secrets that own rules know by now, says where, and replaces them', async () => {
  await using mem = await MemRig.create();
  await mem.ingest([
    anEvent({at: '2024-01-15T12:00:00Z', text: 'The door opens with ACME-123456 at night.'}),
    anEvent({at: '2024-01-15T12:01:00Z', text: `Push with ${SECRET}.`}),
  ]);
  expect(await mem.run(['doctor', '--secrets'])).toMatchObject({status: 0, stdout: 'No secrets in 2 events, by the rules of now.\n'});
  expect(await mem.run(['config', 'set', 'redact.patterns', '["ACME-[0-9]{6}"]'])).toMatchObject({status: 0});
  const found = await mem.run(['doctor', '--secrets']);
  expect(found.status).toBe(65);
  expect(found.stdout).toMatch(/^own-1 +1 {2}01HM\w{22}\nSecrets in 1 of 2 events\.\n$/);
  expect(found.stdout).not.toContain('123456');
  expect(await mem.run(['forget', '--secrets', '--yes'])).toMatchObject({status: 0});
  expect(findInHome(mem.home, ['ACME-123456'])).toEqual([]);
  expect((await mem.run(['events'])).stdout).toMatch(/The door opens with \[redacted:own-1:[0-9a-f]{6}\] at night\./);
});

test('empties old tool results by the daily job once somebody has seen what it would do', async () => {
  await using mem = await MemRig.create();
  mem.env['MEM_RETENTION_TOOL_RESULTS'] = '30d';
  // Nodes keep what they say, so the word stands where no summarizer looks.
  const text = `${'The pump ran and ran. '.repeat(60)}vqxzjkw`;
  await mem.ingest([
    anEvent({at: '2024-01-15T12:00:00Z', text: 'Run the pump.'}),
    anEvent({
      at: '2024-01-15T12:01:00Z',
      text,
      event_type: 'tool_result',
      metadata: {tool_name: 'Bash', tool_input: {command: 'pump kwpqrv'}},
    }),
  ]);
  await mem.rollUp();
  const before = (await mem.run(['toc', 'list'])).stdout;
  expect(await mem.run(['schedule', 'run', 'retention'])).toMatchObject({status: 0});
  expect(findInHome(mem.home, ['vqxzjkw'])).not.toEqual([]);
  expect((await mem.run(['forget', '--retention', '--dry-run'])).stdout).toContain('1 to be emptied');
  const ran = await mem.run(['schedule', 'run', 'retention', '--now']);
  expect(ran).toMatchObject({status: 0});
  expect(findInHome(mem.home, ['vqxzjkw', 'kwpqrv'])).toEqual([]);
  expect((await mem.run(['toc', 'list'])).stdout).toBe(before);
  expect((await mem.run(['events', '--json'])).stdout.split('\n').filter((line) => line !== '')).toHaveLength(2);
});
