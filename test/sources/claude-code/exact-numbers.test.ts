import {appendFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {ExactNumber} from '../../../src/domain/event/json/exact-number.js';
import {claudeCode} from '../../../src/sources/claude-code.js';
import {SourceRig} from '../source-rig.js';
import {aCall, anAnswer, aResult, aUser, linesOf, TRANSCRIPT} from './claude-lines.js';

test('keeps the digits of numbers in what a tool was given, from one reading to the next too', async () => {
  using rig = new SourceRig(claudeCode);
  const call = anAnswer(1, [aCall('t-1', 'Query', {id: 0, at: 1.5})]).replace('"id":0', '"id":12345678901234567890');
  rig.write(TRANSCRIPT, linesOf(call));
  const {events, cursor} = await rig.read(TRANSCRIPT, {cursor: undefined, isAtRest: false});
  expect(events).toEqual([]);
  appendFileSync(rig.path(TRANSCRIPT), linesOf(aUser(2, [aResult('t-1', 'found')])));
  const again = await rig.read(TRANSCRIPT, {cursor, isAtRest: false});
  expect(again.events[0]?.metadata['tool_input']).toStrictEqual({id: new ExactNumber('12345678901234567890'), at: 1.5});
});
