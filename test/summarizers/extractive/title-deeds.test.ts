import {describe, expect, test} from 'vitest';
import {eventsOf, summarized, told, withBranch} from './builders.js';

const titleOf = (...texts: string[]) => summarized(eventsOf(...texts)).title;

describe('of several tasks that were finished', () => {
  const file = {kind: 'file', text: 'src/crane.ts'} as const;
  const done = (text: string) => ({kind: 'task', text, state: 'done'}) as const;

  test('the one that took most edits names a segment', () => {
    const titled = (short: string, long: string) =>
      summarized([...eventsOf('yes', 'ok'), told(50, done(short)), told(51, file, file, file, file, done(long))]).title;
    expect(titled('Oil the northern gate', 'Paint the northern crane')).toBe('Paint northern crane');
    expect(titled('Paint the northern crane', 'Oil the northern gate')).toBe('Oil northern gate');
  });

  test('those of one event share its edits, and the edits of a task that was only begun come behind it', () => {
    const doing = (text: string) => ({kind: 'task', text, state: 'doing'}) as const;
    const titled = (...events: readonly (typeof file | ReturnType<typeof done> | ReturnType<typeof doing>)[][]) =>
      summarized([...eventsOf('yes', 'ok'), ...events.map((facts, at) => told(50 + at, ...facts))]).title;
    const [gate, crane] = ['Oil the northern gate', 'Paint the northern crane'];
    const preferred = titled([done(gate), done(crane)]);
    const [first, other] = preferred === 'Oil northern gate' ? [gate, crane] : [crane, gate];
    expect(titled([file, file, file, file, done(other), done(first)])).toBe(preferred);
    expect(titled([doing(first)], [file, file, file, file, doing(other)])).toBe(preferred);
  });

  test('it names a segment before a part of what was asked for', () => {
    const asked = eventsOf('Start with the northern gate.', 'The northern gate is painted, and so is the crane.');
    expect(summarized([...asked, told(50, file, done('Paint the northern crane'))]).title).toMatch(/^Paint northern crane/);
  });
});

test('a commit that answers a review is called by what it says behind that', () => {
  const titled = (text: string) => summarized([...eventsOf('yes', 'ok'), told(50, {kind: 'commit', text})]).title;
  expect(titled('Address review: oil the northern crane')).toBe('Oil northern crane');
  expect(titled('Fix stale lantern: cranes have none')).toBe('Fix stale lantern');
});

test('how something is to be called is no title where it is said what to do', () => {
  expect(titleOf('I want to hang the lantern. I want to be based on gas with a green light of the northern mole.', 'ok')).toBe(
    'Hang lantern',
  );
});

test('the task that a subagent was given names a segment in which nothing else was asked for', () => {
  const [asked, given] = eventsOf('go on', 'Here is task 2: Paint the northern crane');
  if (asked === undefined || given === undefined) throw new Error('an event is missing');
  const delegated = {...given, type: 'subagent_start', role: 'system'} as const;
  expect(summarized([asked, delegated]).title).toBe('Paint northern crane');
  expect(summarized(withBranch([delegated], 'fix/lost-anchor-chain')).title).toBe('Paint northern crane');
});

test('the branch says more behind a title than a question that was asked first', () => {
  const events = [
    ...eventsOf('who keeps the moles in winter?', 'Nobody does.'),
    ...[told(50, {kind: 'commit', text: 'Oil the northern crane'})],
  ];
  expect(summarized(events).title).toBe('Oil northern crane; who keeps moles in winter?');
  expect(summarized(withBranch(events, 'harbour-lanterns')).title).toBe('Harbour lanterns: oil northern crane');
});

test('a bracket at the end of a title stands whole', () => {
  expect(titleOf('Please drop the (northern cranes only)', 'ok')).toBe('Drop (northern cranes only)');
});

test('behind a comma a clause of its own is left out, however short the title', () => {
  expect(titleOf('oil the crane, the gate was oiled in May', 'ok')).toBe('Oil crane');
  expect(titleOf('Please fix the crane, the gate and the lantern', 'ok')).toBe('Fix crane, gate and lantern');
  expect(titleOf('Please fill the gauge, however full it is', 'ok')).toBe('Fill gauge, however full');
});

test('of what has a heading a dash is no end', () => {
  const opened = told(50, {kind: 'pull_request', text: 'Northern crane - oiled gears and a lantern'});
  expect(summarized([...eventsOf('yes', 'ok'), opened]).title).toBe('Northern crane, oiled gears and lantern');
});

test('to create, to merge or to check out a branch is a step of the process', () => {
  const asked = (text: string) => titleOf(text, 'Done.', 'Is the northern crane oiled at each tide?', 'It is.');
  for (const text of ['Please create the ann/harbour-lights branch', 'Please check out branch ann/harbour-lights']) {
    expect(asked(text)).toMatch(/^Is northern crane oiled at each tide/);
  }
});

test('"so" opens a clause only where one begins', () => {
  expect(titleOf('why do northern gates take so long now?', 'They are old.')).toBe('Why do northern gates take so long?');
  expect(titleOf('Please oil the northern cranes so they turn', 'ok')).toBe('Oil northern cranes');
  expect(titleOf('Please oil the northern cranes so boats can pass', 'ok')).toBe('Oil northern cranes');
});
