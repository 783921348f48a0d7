import {expect, test} from 'vitest';
import {claudeCode} from '../../../src/sources/claude-code.js';
import {SourceRig} from '../source-rig.js';
import {aUser, linesOf, SESSION, TRANSCRIPT, timeOf} from './claude-lines.js';

const HISTORY = '.claude/history.jsonl';
const prompt = (display: string, members: Readonly<Record<string, unknown>> = {}): string =>
  JSON.stringify({display, pastedContents: {}, timestamp: Date.parse('2023-11-14T22:13:20Z'), project: '/srv/kitchen', ...members});

async function read(...lines: readonly string[]) {
  using rig = new SourceRig(claudeCode);
  rig.writeAll({[HISTORY]: linesOf(...lines), [TRANSCRIPT]: linesOf(aUser(1, 'Salt the water.'))});
  return (await rig.read(HISTORY)).events;
}

test('gives the prompts of sessions that are gone, in their sessions', async () => {
  expect(await read(prompt('What did we cook?', {sessionId: 'gone'}))).toEqual([
    expect.objectContaining({
      sessionId: 'gone',
      type: 'user_message',
      role: 'user',
      text: 'What did we cook?',
      time: Date.parse('2023-11-14T22:13:20Z'),
      cwd: '/srv/kitchen',
      origin: 'history',
    }),
  ]);
});

test('leaves out what a transcript has, with or without the name of its session', async () => {
  const events = await read(
    prompt('Salt the water.', {sessionId: SESSION}),
    prompt('Salt the water.', {timestamp: Date.parse(timeOf(1)) - 20}),
    prompt('Long before.'),
  );
  expect(events.map(({text}) => text)).toEqual(['Long before.']);
});

test('puts prompts without a session together by folder and day', async () => {
  const day = 86_400_000;
  const at = Date.parse('2023-11-14T01:00:00Z');
  const events = await read(
    prompt('a', {timestamp: at}),
    prompt('b', {timestamp: at + 1000}),
    prompt('c', {timestamp: at + day}),
    prompt('d', {timestamp: at, project: '/srv/bakery'}),
  );
  expect(new Set(events.map(({sessionId}) => sessionId)).size).toBe(3);
  expect(events[0]?.sessionId).toBe(events[1]?.sessionId);
});

test('puts pasted texts where their marks stand, and leaves out commands without words', async () => {
  const pastedContents = {1: {id: 1, type: 'text', content: 'two carrots'}};
  const events = await read(
    prompt('Cook [Pasted text #1 +3 lines] now', {pastedContents}),
    prompt('/clear '),
    prompt('/cook soup'),
    prompt(''),
  );
  expect(events.map(({text}) => text)).toEqual(['Cook two carrots now', '/cook soup']);
});
