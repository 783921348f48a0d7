import {expect, test} from 'vitest';
import type {EpochMs} from '../../../src/domain/event/event.js';
import {recall} from '../../../src/operations/recall/recall.js';
import {aLine, HomeRig} from '../home-rig.js';

const ANSWER = {event_type: 'assistant_message', timestamp: '2024-01-15T12:01:00Z', text: 'Wrote them.'};

test.each([
  ['an answer closes a request', ANSWER, undefined],
  ['what is only thought leaves it open', {...ANSWER, metadata: {thinking: true}}, 'Write the release notes.'],
])('%s', async (_, line, open) => {
  await using rig = new HomeRig();
  rig.now = Date.parse('2024-01-16T12:00:00Z') as EpochMs;
  await rig.create('UTC');
  await rig.ingest([aLine({text: 'Write the release notes.'}), aLine(line)]);
  await rig.rollUp();
  expect((await recall(rig.mem, {query: '', scope: {kind: 'all'}})).open?.text).toBe(open);
});
