import {appendFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {claudeCode} from '../../../src/sources/claude-code.js';
import type {SourceCursor} from '../../../src/sources/source.js';
import {SourceRig} from '../source-rig.js';
import {aCall, aLine, anAnswer, aResult, aText, aUser, linesOf, TRANSCRIPT} from './claude-lines.js';

/** What each reading of a file gives that grows by a line, from the cursor of the one before. */
async function readEachStep(lines: readonly string[]): Promise<readonly (readonly string[])[]> {
  using rig = new SourceRig(claudeCode);
  rig.write(TRANSCRIPT, '');
  const steps: (readonly string[])[] = [];
  let cursor: SourceCursor | undefined;
  for (const line of lines) {
    appendFileSync(rig.path(TRANSCRIPT), linesOf(line));
    const reading = await rig.read(TRANSCRIPT, {cursor, isAtRest: false});
    cursor = reading.cursor;
    steps.push(reading.events.map(({type, text}) => `${type}: ${text}`));
  }
  return steps;
}

test('of two messages in a row only the last is held back, and neither is given twice', async () => {
  const steps = await readEachStep([
    aUser(1, 'Salt the water.'),
    anAnswer(2, [aText('First I look.')]),
    anAnswer(3, [aText('Now I salt.')]),
    anAnswer(4, [aText('Done.')]),
    aUser(5, 'Thanks.'),
  ]);
  expect(steps).toEqual([
    ['user_message: Salt the water.'],
    [],
    ['assistant_message: First I look.'],
    ['assistant_message: Now I salt.'],
    ['assistant_message: Done.', 'user_message: Thanks.'],
  ]);
});

test('two texts of one message are held back together, until something stands behind them', async () => {
  const steps = await readEachStep([
    anAnswer(1, [aText('First I look.')], {id: 'm'}),
    anAnswer(2, [aText('Then I salt.')], {id: 'm'}),
    anAnswer(3, [aText('Then I salt. And stir.')], {id: 'm'}),
    anAnswer(4, [aCall('t-1', 'Bash', {command: 'stir'})], {id: 'm'}),
    aUser(5, [aResult('t-1', 'stirred')]),
  ]);
  expect(steps).toEqual([
    [],
    [],
    [],
    [],
    ['assistant_message: First I look.', 'assistant_message: Then I salt. And stir.', 'tool_result: stirred'],
  ]);
});

test('what is held back is not lost behind lines that say nothing, and broken ones', async () => {
  const steps = await readEachStep([
    anAnswer(1, [aText('First I look.')]),
    '{"type":"queue-operation","operation":"enqueue"}',
    '{"type":"queue-operation","opera',
    aLine(2, {type: 'nobody-knows'}),
    aUser(3, 'Thanks.'),
  ]);
  expect(steps).toEqual([[], [], [], [], ['assistant_message: First I look.', 'user_message: Thanks.']]);
});
