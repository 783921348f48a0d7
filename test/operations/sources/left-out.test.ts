import {expect, test} from 'vitest';
import {aCall, anAnswer, aResult, aText, aUser, linesOf, PROJECT, TRANSCRIPT} from '../../sources/claude-code/claude-lines.js';
import {ImportRig} from './import-rig.js';

const OTHER = `${PROJECT}/99999999-2222-4333-8444-555555555555.jsonl`;

test('keeps excluded projects out, and takes them in once they are wanted', async () => {
  using rig = new ImportRig();
  rig.excluded = {'claude-code': ['kitchen']};
  rig.write(TRANSCRIPT, linesOf(aUser(1, 'Salt.'), aUser(2, 'Dough.', {cwd: '/srv/bakery'})));
  expect((await rig.import()).sources).toMatchObject([{events: 1, keptOut: 1, stored: 1}]);
  expect(await rig.texts()).toEqual(['Dough.']);
  await rig.import();
  expect(rig.read).toEqual([]);
  rig.excluded = {};
  await rig.import();
  expect(await rig.texts()).toEqual(['Salt.', 'Dough.']);
});

test.each(['kitchen', 'cook*'])('keeps a project that has two names out by either: %s', async (glob) => {
  using rig = new ImportRig();
  rig.alias = {kitchen: 'cookery'};
  rig.excluded = {'claude-code': [glob]};
  rig.write(TRANSCRIPT, linesOf(aUser(1, 'Salt.'), aUser(2, 'Sail.', {cwd: '/srv/boats'})));
  await rig.import();
  expect(await rig.texts()).toEqual(['Sail.']);
});

test('leaves out what the agent thought, and takes it in once it is wanted, nothing twice', async () => {
  using rig = new ImportRig();
  rig.write(TRANSCRIPT, linesOf(aUser(1, 'Salt.'), anAnswer(2, [{type: 'thinking', thinking: 'How much?'}, aText('Salted.')])));
  rig.write(OTHER, linesOf(aUser(5, 'Pepper.')));
  await rig.import();
  expect(await rig.texts()).toEqual(['Salt.', 'Salted.', 'Pepper.']);
  rig.takesThinking = true;
  // Only the file that has any is read again.
  expect((await rig.import()).sources).toMatchObject([{filesRead: 1, events: 3, stored: 1, duplicates: 2}]);
  expect((await rig.events()).map(({text, metadata}) => [text, metadata['thinking']])).toEqual([
    ['Salt.', undefined],
    ['How much?', true],
    ['Salted.', undefined],
    ['Pepper.', undefined],
  ]);
  expect((await rig.import()).sources).toMatchObject([{filesRead: 0}]);
});

test('replaces secrets and drops what is private', async () => {
  using rig = new ImportRig();
  const key = `AKIA${'ABCDEFGHIJKLMNOP'}`;
  rig.write(
    TRANSCRIPT,
    linesOf(
      aUser(1, `The key is ${key}. <private>I am tired.</private>`),
      aUser(2, '<private>Only this.</private>'),
      anAnswer(3, [aCall('t-1', 'Bash', {command: `export K=${key}`})]),
      aUser(4, [aResult('t-1', `printed ${key}`)]),
    ),
  );
  await rig.import();
  const kept = JSON.stringify(await rig.events());
  expect(await rig.texts()).toEqual([
    expect.stringMatching(/^The key is \[redacted:.*\]\.$/),
    expect.stringMatching(/^printed \[redacted:/),
  ]);
  expect(kept).not.toContain(key);
  expect(kept).not.toContain('tired');
});
