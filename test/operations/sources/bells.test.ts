import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import type {EpochMs} from '../../../src/domain/event/event.js';
import {AT, answer, BellRig, prompt} from './bell-rig.js';

const textsOf = (events: readonly {text: string}[]) => events.map(({text}) => text);

test('the last message of a file that was just written waits until the agent says that it stopped', async () => {
  await using rig = new BellRig();
  rig.writeTranscript([prompt('List the tides.', 0), answer('High at nine.', 5)], AT + 5000);
  await rig.import();
  expect(textsOf(await rig.listed())).toEqual(['List the tides.']);
  rig.ring({hook_event_name: 'Stop', last_assistant_message: 'High at nine.'}, AT + 5000);
  await rig.import();
  expect(textsOf(await rig.listed())).toEqual(['List the tides.', 'High at nine.']);
  expect(rig.bellsLeft()).toEqual([]);
});

test('a stop that is older than the file says nothing of what was written since', async () => {
  await using rig = new BellRig();
  rig.writeTranscript([prompt('List the tides.', 0), answer('High at nine.', 50)], AT + 50_000);
  rig.ring({hook_event_name: 'Stop'}, AT + 5000);
  await rig.import();
  expect(textsOf(await rig.listed())).toEqual(['List the tides.']);
});

test('what the file does not show stays a bell for ten minutes, then becomes an event at the time of the bell', async () => {
  await using rig = new BellRig();
  rig.writeTranscript([prompt('List the tides.', 0)], AT);
  rig.ring({hook_event_name: 'Stop', last_assistant_message: 'Low at three.'}, AT + 5000);
  await rig.import();
  expect(rig.bellsLeft()).toHaveLength(1);
  rig.now = (AT + 5000 + 600_000) as EpochMs;
  await rig.import();
  expect(rig.bellsLeft()).toEqual([]);
  const last = (await rig.listed()).at(-1);
  expect(last).toMatchObject({
    text: 'Low at three.',
    time: AT + 5000,
    source: 'hook',
    type: 'assistant_message',
    sessionId: 's1',
    agent: 'claude-code',
  });
});

test('two who convert one bell make one event', async () => {
  await using rig = new BellRig();
  const payload = {hook_event_name: 'UserPromptSubmit', prompt: 'List the tides.', prompt_id: 'p1'};
  rig.now = (AT + 3_600_000) as EpochMs;
  rig.ring(payload, AT, 'first');
  await rig.import();
  rig.ring(payload, AT, 'second');
  await rig.import();
  expect(await rig.listed()).toHaveLength(1);
});

test('an event of a bell is in no list and no node once the file shows its words', async () => {
  await using rig = new BellRig();
  rig.ring({hook_event_name: 'UserPromptSubmit', prompt: 'List the tides.\n'}, AT);
  rig.now = (AT + 700_000) as EpochMs;
  await rig.import();
  expect((await rig.listed()).map(({source}) => source)).toEqual(['hook']);
  rig.writeTranscript([prompt('List the tides.', 1), answer('High at nine.', 5)], AT + 5000);
  await rig.import();
  expect((await rig.listed()).map(({source}) => source)).toEqual(['transcript', 'transcript']);
  rig.now = (AT + 86_400_000 * 2) as EpochMs;
  await rig.rollUp();
  const segments = (await rig.latest()).filter(({id}) => id?.startsWith('toc:segment:'));
  expect(segments.map(({childIds}) => childIds?.length)).toEqual([2]);
});

test('what a machine says in the name of the user does not become words of the user', async () => {
  await using rig = new BellRig();
  rig.now = (AT + 3_600_000) as EpochMs;
  rig.ring({hook_event_name: 'UserPromptSubmit', prompt: '<task-notification>done</task-notification>'}, AT);
  await rig.import();
  expect(await rig.listed()).toEqual([]);
  expect(rig.bellsLeft()).toEqual([]);
});

test('a payload that was cut short is kept as a bad line', async () => {
  await using rig = new BellRig();
  rig.ring('{"hook_event_name":"Stop","session_', AT);
  await rig.import();
  expect(rig.mem.inbox.facts().badLines).toBe(1);
  expect(rig.bellsLeft()).toEqual([]);
});

test('a bell that names a file outside of the folders of the agent does not have it read', async () => {
  await using rig = new BellRig();
  const elsewhere = join(rig.account, 'elsewhere.jsonl');
  writeFileSync(elsewhere, `${JSON.stringify(prompt('A secret of another account.', 0))}\n`);
  rig.ring({hook_event_name: 'Stop', transcript_path: elsewhere}, AT);
  rig.now = (AT + 3_600_000) as EpochMs;
  await rig.import();
  expect(await rig.listed()).toEqual([]);
});

test('what a killed shim left counts after an hour', async () => {
  await using rig = new BellRig();
  rig.ring({hook_event_name: 'Stop'}, AT);
  const path = join(rig.home, 'inbox', 'raw', '.bell.claude-code.abcdefghij');
  writeFileSync(path, JSON.stringify({hook_event_name: 'Stop', session_id: 's1', last_assistant_message: 'Low at three.'}));
  rig.now = Date.now() as EpochMs;
  await rig.import();
  expect(rig.bellsLeft()).toHaveLength(1);
  rig.now = (Date.now() + 2 * 3_600_000) as EpochMs;
  await rig.import();
  expect(rig.bellsLeft()).toEqual([]);
  expect(textsOf(await rig.listed())).toEqual(['Low at three.']);
});
