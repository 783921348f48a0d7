import {execFileSync} from 'node:child_process';
import {mkdir, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {anEvent, MemRig} from './mem-rig.js';

const HASH = '1a2b3c4';

/** A session that edits a file and commits it, and one of another project with a file of the same name. */
function aLog(hash: string): readonly object[] {
  const tool = (at: string, session: string, project: string, name: string, input: object, text = 'done') =>
    anEvent({at, session, project, text, event_type: 'tool_result', metadata: {cwd: `/w/${project}`, tool_name: name, tool_input: input}});
  return [
    anEvent({at: '2024-01-15T12:00:00Z', session: 'a', project: 'acme/api', text: 'Make the parser accept a trailing comma.'}),
    tool('2024-01-15T12:01:00Z', 'a', 'acme/api', 'Edit', {file_path: '/w/acme/api/src/parser.ts'}),
    tool('2024-01-15T12:02:00Z', 'a', 'acme/api', 'Bash', {command: 'git commit -am x'}, `[main ${hash}] Accept a trailing comma\n`),
    anEvent({at: '2024-01-16T12:00:00Z', session: 'b', project: 'acme/web', text: 'Show the gauge.'}),
    tool('2024-01-16T12:01:00Z', 'b', 'acme/web', 'Write', {file_path: '/w/acme/web/lib/parser.ts'}),
    tool('2024-01-16T12:02:00Z', 'b', 'acme/web', 'Write', {file_path: '/w/acme/web/lib/GaugePanel.ts'}),
  ];
}

interface Printed {
  readonly session_id: string;
  readonly facts: readonly {kind: string; text: string; ref?: string}[];
  readonly asked: {text: string};
}

async function why(mem: MemRig, ...args: string[]): Promise<readonly Printed[]> {
  const {status, stdout, stderr} = await mem.run(['why', ...args, '--json']);
  expect({status, stderr}).toEqual({status: 0, stderr});
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Printed);
}

test('the events behind a file are found by the last parts of its path, the newest first, before any rollup and after it', async () => {
  await using mem = await MemRig.create();
  await mem.ingest(aLog(HASH));
  for (const _ of ['before', 'after']) {
    expect((await why(mem, 'parser.ts')).map(({session_id}) => session_id)).toEqual(['b', 'a']);
    expect(await why(mem, 'src/parser.ts')).toMatchObject([
      {session_id: 'a', facts: [{kind: 'file', text: 'src/parser.ts'}], asked: {text: 'Make the parser accept a trailing comma.'}},
    ]);
    // The parts above the session's folder count too; a part of a name is none.
    expect((await why(mem, 'api/src/parser.ts')).map(({session_id}) => session_id)).toEqual(['a']);
    expect(await why(mem, 'rser.ts')).toEqual([]);
    expect(await why(mem, 'test/parser.ts')).toEqual([]);
    expect((await why(mem, 'parser.ts', '--project', 'web')).map(({session_id}) => session_id)).toEqual(['b']);
    await mem.rollUp();
  }
});

test('a commit is found by 7 digits of its hash, or by more than git printed', async () => {
  await using mem = await MemRig.create();
  await mem.ingest(aLog(HASH));
  for (const hash of [HASH, HASH.toUpperCase(), `${HASH}${'0'.repeat(33)}`])
    expect(await why(mem, hash)).toMatchObject([{session_id: 'a', facts: [{kind: 'commit', text: 'Accept a trailing comma', ref: HASH}]}]);
  expect(await mem.run(['why', '1a2b3c5'])).toEqual({status: 0, stdout: '', stderr: 'mem: no event is known behind 1a2b3c5\n'});
  const {stdout} = await mem.run(['why', HASH]);
  expect(stdout).toMatch(/^claude-code · acme\/api {2}session a\n {2}asked: Make the parser accept a trailing comma\. {2}\w{26}\n/);
  expect(stdout).toContain('commit 1a2b3c4 Accept a trailing comma');
});

test('a line is told by the commit that git blames for it, and by its file where git cannot say', async () => {
  await using mem = await MemRig.create();
  const repository = join(mem.folder, 'api');
  await mkdir(join(repository, 'src'), {recursive: true});
  await writeFile(join(repository, 'src', 'parser.ts'), 'one\n');
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', ...args], {
      cwd: repository,
      encoding: 'utf8',
      env: mem.env,
    });
  git('init', '-q');
  git('add', '-A');
  git('commit', '-qm', 'Accept a trailing comma');
  await mem.ingest(aLog(git('rev-parse', '--short=9', 'HEAD').trim()));
  expect(await why(mem, 'api/src/parser.ts:1')).toMatchObject([{facts: [{kind: 'commit', text: 'Accept a trailing comma'}]}]);
  await writeFile(join(repository, 'src', 'parser.ts'), 'one\ntwo\n');
  const unsaid = await mem.run(['why', 'api/src/parser.ts:2']);
  expect(unsaid.stderr).toContain('line 2 comes from is not known (the line is not committed yet)');
  expect(unsaid.stdout).toContain('changed src/parser.ts');
  // Without git the same.
  const {stdout, stderr} = await mem.run(['why', 'api/src/parser.ts:1'], '', {PATH: '/nowhere'});
  expect(stderr).toContain('git could not be started');
  expect(stdout).toContain('changed src/parser.ts');
});

test('HEAD is the commit of the work tree, and outside of one it is said what to do', async () => {
  await using mem = await MemRig.create();
  await mem.ingest(aLog(HASH));
  expect(await mem.run(['why', 'HEAD~1'])).toMatchObject({
    status: 64,
    stderr: expect.stringMatching(
      /^mem: error: git does not say which commit HEAD~1 is \(git says: fatal: not a git repository.*\) \[USAGE\]\nmem: hint: run it inside the git work tree, or/,
    ),
  });
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', ...args], {
      cwd: mem.folder,
      encoding: 'utf8',
      env: mem.env,
    });
  git('init', '-q');
  for (const subject of ['Accept a trailing comma', 'Another']) git('commit', '-qm', subject, '--allow-empty');
  await mem.ingest(aLog(git('rev-parse', '--short=9', 'HEAD~1').trim()));
  expect(await why(mem, 'HEAD~1')).toMatchObject([{facts: [{kind: 'commit', text: 'Accept a trailing comma'}]}]);
  expect(await why(mem, 'HEAD')).toEqual([]);
});

test('a word that occurs nowhere is replaced by words, not by the names that files are looked up by', async () => {
  await using mem = await MemRig.create();
  await mem.ingest(aLog(HASH));
  const {stderr} = await mem.run(['search', 'gaugepanel']);
  expect(stderr).toBe('mem: "gaugepanel" occurs nowhere; looked for "gaug", "panel" in its place\n');
});

test('of a word that is none only the beginning is said', async () => {
  await using mem = await MemRig.create();
  await mem.ingest(aLog(HASH));
  const {stderr} = await mem.run(['search', 'x'.repeat(5_000)]);
  expect(stderr).toBe(`mem: "${'x'.repeat(60)}…" occurs nowhere\nmem: nothing was found\n`);
});
