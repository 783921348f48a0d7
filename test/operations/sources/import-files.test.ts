import {rmSync} from 'node:fs';
import {expect, test} from 'vitest';
import type {EpochMs} from '../../../src/domain/event/event.js';
import {ExactNumber} from '../../../src/domain/event/json/exact-number.js';
import {openLocks} from '../../../src/locks/epoch-locks.js';
import {aCall, anAnswer, aResult, aText, aUser, linesOf, PROJECT, SESSION, TRANSCRIPT} from '../../sources/claude-code/claude-lines.js';
import {aMeta, aPrompt, aTurn, ROLLOUT, THREAD} from '../../sources/codex/rollout-lines.js';
import {ImportRig} from './import-rig.js';

const OTHER = `${PROJECT}/99999999-2222-4333-8444-555555555555.jsonl`;

test('takes in what the files say, with project, source and metadata', async () => {
  using rig = new ImportRig();
  rig.write('kitchen/.git/HEAD', 'ref: refs/heads/soup\n');
  rig.write('kitchen/.git/config', '[remote "origin"]\n\turl = git@git.example.org:acme/kitchen.git\n');
  rig.write(TRANSCRIPT, linesOf(aUser(1, 'Salt the water.', {cwd: rig.path('kitchen')}), anAnswer(2, [aText('Done.')])));
  const {sources} = await rig.import();
  expect(sources).toMatchObject([
    {agent: 'claude-code', files: 1, filesRead: 1, sessions: 1, events: 2, stored: 2, duplicates: 0, broken: 0},
  ]);
  const [prompt, answer] = await rig.events();
  expect(prompt).toMatchObject({
    agent: 'claude-code',
    sessionId: SESSION,
    project: 'acme/kitchen',
    source: 'transcript',
    sourceEventId: 'u-1',
    metadata: {cwd: rig.path('kitchen'), git_branch: 'soup'},
  });
  // A folder that is gone: the last part of its path.
  expect(answer?.project).toBe('kitchen');
});

test('reads nothing of what it knows, and only what is new of the rest', async () => {
  using rig = new ImportRig();
  rig.write(TRANSCRIPT, linesOf(aUser(1, 'Salt.')));
  rig.write(OTHER, linesOf(aUser(2, 'Pepper.')));
  await rig.import();
  expect((await rig.import()).sources).toMatchObject([{files: 2, filesRead: 0, events: 0, stored: 0}]);
  expect(rig.read).toEqual([]);
  rig.append(OTHER, linesOf(aUser(3, 'Thyme.')));
  expect((await rig.import()).sources).toMatchObject([{files: 2, filesRead: 1, events: 1, stored: 1}]);
  expect(await rig.texts()).toEqual(['Salt.', 'Pepper.', 'Thyme.']);
});

test('stores nothing twice where it has forgotten what it read', async () => {
  using rig = new ImportRig();
  rig.write(
    TRANSCRIPT,
    linesOf(aUser(1, 'Salt.'), anAnswer(2, [aCall('t-1', 'Bash', {}), aText('Salted.')]), aUser(3, [aResult('t-1', 'ok')])),
  );
  await rig.import();
  rig.write('copy/session.jsonl', linesOf(aUser(1, 'Salt.', {sessionId: 'another'})));
  expect((await rig.import([rig.path('copy')])).sources).toMatchObject([{events: 1, stored: 0, duplicates: 1}]);
  expect((await rig.events()).map(({sessionId}) => sessionId)).toEqual([SESSION, SESSION, SESSION]);
});

test('reads an original before its forks, whatever they are called', async () => {
  using rig = new ImportRig();
  const shared = [aUser(1, 'Salt.'), anAnswer(2, [aText('Salted.')])];
  const forked = (name: string, ...lines: readonly string[]) =>
    rig.write(`${PROJECT}/${name}.jsonl`, linesOf(...[...shared, ...lines].map((line) => line.replaceAll(SESSION, name))));
  forked('0a-fork', aUser(30, 'Pepper.'));
  forked('0b-fork', aUser(20, 'Thyme.'));
  rig.write(TRANSCRIPT, linesOf(...shared, aUser(10, 'Dill.')));
  await rig.import();
  expect((await rig.events()).map(({text, sessionId}) => [text, sessionId])).toEqual([
    ['Salt.', SESSION],
    ['Salted.', SESSION],
    ['Dill.', SESSION],
    ['Thyme.', '0b-fork'],
    ['Pepper.', '0a-fork'],
  ]);
});

test('what a fork copied stays out though its parent went away between two imports', async () => {
  using rig = new ImportRig();
  const copied = [aTurn(3, 'a'), aPrompt(4, 'Salt.')];
  rig.write(ROLLOUT, linesOf(aMeta(1), ...copied));
  await rig.import(['codex']);
  rmSync(rig.path(ROLLOUT));
  const fork = '0199bbbb-1111-7222-8333-444444444444';
  const lines = linesOf(...copied.map((line) => line.replaceAll('T10:', 'T12:')), aTurn(8, 'b'), aPrompt(9, 'Pepper.'));
  rig.write(ROLLOUT.replace(THREAD, fork), `${aMeta(7, {id: fork, forked_from_id: THREAD})}\n${lines}`);
  await rig.import(['codex']);
  expect((await rig.texts()).filter((text) => text !== '')).toEqual(['Salt.', 'Pepper.']);
});

test('holds back the last message of an agent that is still writing, until it rests', async () => {
  using rig = new ImportRig();
  rig.write(TRANSCRIPT, linesOf(aUser(1, 'Salt.'), anAnswer(2, [aText('Salt')])));
  rig.rest(TRANSCRIPT, 1000);
  await rig.import();
  expect(await rig.texts()).toEqual(['Salt.']);
  await rig.import();
  expect(rig.read).toEqual([]);
  rig.now = (rig.now + 11 * 60_000) as EpochMs;
  await rig.import();
  expect(await rig.texts()).toEqual(['Salt.', 'Salt']);
  await rig.import();
  expect(rig.read).toEqual([]);
});

test('keeps a project out whose root says so', async () => {
  using rig = new ImportRig();
  rig.write('kitchen/.memignore', '');
  rig.write(TRANSCRIPT, linesOf(aUser(1, 'Salt.', {cwd: rig.path('kitchen')})));
  expect((await rig.import()).sources).toMatchObject([{events: 0, keptOut: 1}]);
  expect(await rig.texts()).toEqual([]);
});

test('remembers the project of a folder that is gone by now', async () => {
  using rig = new ImportRig();
  rig.write('kitchen/.git/HEAD', 'ref: refs/heads/main\n');
  rig.write('kitchen/.git/config', '[remote "origin"]\n\turl = https://git.example.org/acme/soup\n');
  rig.write(TRANSCRIPT, linesOf(aUser(1, 'Salt.', {cwd: rig.path('kitchen')})));
  await rig.import();
  rmSync(rig.path('kitchen'), {recursive: true});
  rig.append(TRANSCRIPT, linesOf(aUser(2, 'Pepper.', {cwd: rig.path('kitchen')})));
  await rig.import();
  expect((await rig.events()).map(({project}) => project)).toEqual(['acme/soup', 'acme/soup']);
});

test('leaves out what came before --since, and takes it in later', async () => {
  using rig = new ImportRig();
  rig.write(TRANSCRIPT, linesOf(aUser(1, 'Salt.'), aUser(2, 'Pepper.')));
  await rig.import(undefined, {since: Date.parse('2024-03-05T09:00:02Z') as EpochMs});
  expect(await rig.texts()).toEqual(['Pepper.']);
  await rig.import();
  expect(await rig.texts()).toEqual(['Salt.', 'Pepper.']);
});

test('only counts in a dry run, and says what the agent deletes soon', async () => {
  using rig = new ImportRig();
  rig.write(TRANSCRIPT, linesOf(aUser(1, 'Salt.'), aUser(2, 'Pepper.')));
  rig.rest(TRANSCRIPT, 20 * 86_400_000);
  const {sources} = await rig.import(undefined, {isDryRun: true});
  expect(sources).toMatchObject([{files: 1, sessions: 1, events: 2, stored: 0, leaving: 1, firstLeavesAt: rig.now + 10 * 86_400_000}]);
  rig.write('.claude/settings.json', '{"cleanupPeriodDays": 99}');
  expect((await rig.import(undefined, {isDryRun: true})).sources).toMatchObject([{leaving: 0}]);
  expect(rig.deps.store.exists()).toBe(false);
  expect(rig.deps.inbox.countUpTo(1)).toBe(0);
});

test('gives a record without a time that of the file, and finds it again by its id', async () => {
  using rig = new ImportRig();
  rig.write(TRANSCRIPT, linesOf(aUser(1, 'Salt.', {timestamp: undefined})));
  await rig.import();
  expect((await rig.events()).map(({time}) => time)).toEqual([rig.now - 3_600_000]);
  rig.write('copy/session.jsonl', linesOf(aUser(1, 'Salt.', {timestamp: undefined})));
  rig.rest('copy/session.jsonl', 5_000_000);
  expect((await rig.import([rig.path('copy')])).sources).toMatchObject([{stored: 0, duplicates: 1}]);
});

test('finds a record again whose time is that of its neighbour', async () => {
  using rig = new ImportRig();
  const untimed = aUser(3, 'Dill.', {timestamp: undefined});
  rig.write(TRANSCRIPT, linesOf(aUser(1, 'Salt.'), untimed));
  await rig.import();
  rig.write('copy/session.jsonl', linesOf(aUser(2, 'Pepper.'), untimed));
  expect((await rig.import([rig.path('copy')])).sources).toMatchObject([{events: 2, stored: 1, duplicates: 1}]);
});

test('counts broken lines and goes on', async () => {
  using rig = new ImportRig();
  rig.write(TRANSCRIPT, `${aUser(1, 'Salt.')}\n{"type":"user",}\n${aUser(2, 'Pepper.')}\n`);
  expect((await rig.import()).sources).toMatchObject([{events: 2, broken: 1}]);
  expect(rig.deps.inbox.facts().badLines).toBe(0);
});

test('lets one import run at a time', async () => {
  using rig = new ImportRig();
  rig.write(TRANSCRIPT, linesOf(aUser(1, 'Salt.')));
  await rig.import();
  const taken = openLocks(rig.path('mem'), () => rig.now).acquire('import', {trigger: 'hand'});
  await expect(rig.import()).rejects.toMatchObject({code: 'LOCK_BUSY', message: expect.stringContaining('an import is already running')});
  if (taken.kind !== 'busy') taken.release();
});

test('stops when it is told to, and goes on from there', async () => {
  using rig = new ImportRig();
  const lines = Array.from({length: 4000}, (_, n) => aUser(n + 1, `${n} ${'stir '.repeat(300)}`));
  rig.write(TRANSCRIPT, linesOf(...lines));
  const stop = new AbortController();
  const result = await rig.import(undefined, {signal: stop.signal, onProgress: ({bytes}) => bytes > 2_000_000 && stop.abort()});
  expect(result.isStopped).toBe(true);
  const before = (await rig.deps.store.use(1000, (store) => store.counters())).events;
  expect(before).toBeGreaterThan(0);
  expect(before).toBeLessThan(4000);
  expect((await rig.import()).sources).toMatchObject([{events: 4000 - before, stored: 4000 - before, duplicates: 0}]);
});

test('stores the digits of numbers in what a tool was given', async () => {
  using rig = new ImportRig();
  const call = anAnswer(1, [aCall('t-1', 'Query', {id: 0})]).replace('"id":0', '"id":12345678901234567890');
  rig.write(TRANSCRIPT, linesOf(call, aUser(2, [aResult('t-1', 'found')])));
  await rig.import();
  const [result] = await rig.events();
  expect(result?.metadata['tool_input']).toStrictEqual({id: new ExactNumber('12345678901234567890')});
});
