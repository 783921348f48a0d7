import {expect, test} from 'vitest';
import {findJobs} from '../../../src/operations/sources/find-jobs.js';
import {aUser, linesOf, TRANSCRIPT} from '../../sources/claude-code/claude-lines.js';
import {ImportRig} from './import-rig.js';

test('reads connected agents where nothing is named', async () => {
  using rig = new ImportRig();
  rig.write(TRANSCRIPT, linesOf(aUser(1, 'Salt.')));
  const jobs = await findJobs([], ['claude-code'], rig.deps);
  expect(jobs.map(({source, files}) => [source.agent, files.map(({path}) => path)])).toEqual([['claude-code', [rig.path(TRANSCRIPT)]]]);
  await expect(findJobs([], [], rig.deps)).rejects.toMatchObject({code: 'USAGE', message: 'no agent is connected, and nothing is named'});
});

test('finds transcripts in folders and passes over all else there', async () => {
  using rig = new ImportRig();
  rig.write('old/a/one.jsonl', linesOf(aUser(1, 'Salt.')));
  rig.write('old/notes.md', '# Notes\n');
  rig.write('old/events.jsonl', '{"session_id":"s","role":"user","text":"hello"}\n');
  const jobs = await findJobs([rig.path('old')], [], rig.deps);
  expect(jobs.map(({files}) => files.map(({path}) => path))).toEqual([[rig.path('old/a/one.jsonl')]]);
});

test('refuses a named file that is no transcript, and names that do not exist', async () => {
  using rig = new ImportRig();
  rig.write('notes.md', '# Notes\n');
  await expect(findJobs([rig.path('notes.md')], [], rig.deps)).rejects.toMatchObject({
    code: 'INPUT_BAD',
    message: `${rig.path('notes.md')} holds no transcript that mem knows; nothing was read`,
  });
  await expect(findJobs([rig.path('gone')], [], rig.deps)).rejects.toMatchObject({
    code: 'NO_INPUT',
    message: `${rig.path('gone')} does not exist`,
  });
  await expect(findJobs(['claud-code'], [], rig.deps)).rejects.toMatchObject({
    code: 'NO_INPUT',
    hint: 'did you mean "mem import claude-code"?',
  });
});
