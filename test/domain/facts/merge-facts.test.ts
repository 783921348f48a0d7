import {expect, test} from 'vitest';
import type {Fact} from '../../../src/domain/facts/fact.js';
import {mergeFacts} from '../../../src/domain/facts/merge-facts.js';
import {nameTasks} from '../../../src/domain/facts/name-tasks.js';
import {anId} from './builders.js';

const aFact = (kind: Fact['kind'], text: string, event: number, more: Partial<Fact> = {}): Fact => ({
  kind,
  text,
  eventIds: [anId(event)],
  ...more,
});
const told = (facts: readonly Fact[]): readonly string[] =>
  facts.map(({kind, text, state}) => [kind, text, state].filter(Boolean).join(' '));

test('tells a task once, with its newest state, in the place of the newest', () => {
  const facts = [aFact('task', 'Peel', 1, {state: 'open'}), aFact('file', 'soup.ts', 2), aFact('task', 'Peel', 3, {state: 'done'})];

  expect(mergeFacts(facts, 'segment')).toEqual([
    aFact('file', 'soup.ts', 2),
    {kind: 'task', text: 'Peel', state: 'done', eventIds: [anId(1), anId(3)]},
  ]);
});

test('leaves out a task that was given up', () => {
  expect(mergeFacts([aFact('task', 'Peel', 1, {state: 'open'}), aFact('task', 'Peel', 2, {state: 'dropped'})], 'segment')).toEqual([]);
});

test('tells a commit that was made again once, with its newest hash', () => {
  const facts = [aFact('commit', 'Salt', 1, {ref: 'aaaaaaa'}), aFact('commit', 'Salt', 2, {ref: 'bbbbbbb'})];

  expect(mergeFacts(facts, 'segment')).toEqual([{kind: 'commit', text: 'Salt', ref: 'bbbbbbb', eventIds: [anId(1), anId(2)]}]);
});

test('tells the same subject of two workstreams twice', () => {
  const facts = [aFact('commit', 'Salt', 1, {workstream: 'a'}), aFact('commit', 'Salt', 2, {workstream: 'b'})];

  expect(mergeFacts(facts, 'period')).toEqual(facts);
});

test('cites the first and the newest three events of a thing', () => {
  const [fact] = mergeFacts(
    [1, 2, 3, 4, 5, 6].map((event) => aFact('file', 'soup.ts', event)),
    'segment',
  );

  expect(fact?.eventIds).toEqual([1, 4, 5, 6].map(anId));
});

test('tells of test runs in a row with the same end the newest, and shows that they failed before', () => {
  const runs = (['failed', 'failed', 'passed', 'passed', 'failed'] as const).map((state, at) => aFact('test', `run ${at}`, at, {state}));

  expect(told(mergeFacts(runs, 'segment'))).toEqual(['test run 1 failed', 'test run 3 passed', 'test run 4 failed']);
});

test('drops files first, then tests and tasks, the oldest of each kind before the newer ones', () => {
  const files = Array.from({length: 40}, (_, at) => aFact('file', `f${at}`, at));
  const tasks = Array.from({length: 30}, (_, at) => aFact('task', `t${at}`, 40 + at, {state: 'open'}));
  const commits = Array.from({length: 8}, (_, at) => aFact('commit', `c${at}`, 70 + at));
  const kept = mergeFacts([...files, ...tasks, ...commits], 'segment');

  expect(kept).toHaveLength(48);
  expect(kept).toEqual([...files.slice(-10), ...tasks, ...commits]);
});

test('keeps the newest facts of every workstream in turn', () => {
  const busy = Array.from({length: 200}, (_, at) => aFact('commit', `a${at}`, at, {workstream: 'a'}));
  const quiet = Array.from({length: 2}, (_, at) => aFact('commit', `b${at}`, 0, {workstream: 'b'}));
  const kept = mergeFacts([...quiet, ...busy], 'period');

  expect(kept).toEqual([...quiet, ...busy.slice(-94)]);
});

test('gives a task that is named by its number the subject that was told before', () => {
  const made = aFact('task', 'Peel', 1, {ref: '#3', state: 'open'});
  const done = aFact('task', '', 2, {ref: '#3', state: 'done'});

  expect(nameTasks([[made], [], [done]])).toEqual([[made], [], [{...done, text: 'Peel'}]]);
});

test('leaves out a task of which only the number is known, and one without a state', () => {
  expect(nameTasks([[aFact('task', '', 1, {ref: '#3', state: 'done'})], [aFact('task', 'Peel', 2, {ref: '#4'})]])).toEqual([[], []]);
});
