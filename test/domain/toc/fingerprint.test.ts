import {expect, test} from 'vitest';
import type {EventId} from '../../../src/domain/event/event.js';
import {contentDigestOf} from '../../../src/domain/toc/fingerprint.js';
import type {NodeContent} from '../../../src/domain/toc/node-content.js';
import {segmentEvents} from '../../../src/domain/toc/segment-event.js';
import {anEvent, aShell} from '../facts/builders.js';

const ID = '0'.repeat(26) as EventId;
const CONTENT: NodeContent = {
  title: 'Soup',
  bullets: [{text: 'It is served.', eventIds: [ID], workstream: 'w1'}],
  keywords: ['soup'],
  facts: [{kind: 'task', text: 'Peel', ref: '#1', state: 'open', eventIds: [ID], workstream: 'w1'}],
  workstreams: [{id: 'w1', project: 'cafe/menu', branch: 'feat/soup', events: 3, commits: 1, days: 1}],
};
const [FACT] = CONTENT.facts;
const [STREAM] = CONTENT.workstreams;

test.each<[string, Partial<NodeContent>]>([
  ['title', {title: 'Bread'}],
  ['the workstream of a bullet', {bullets: [{text: 'It is served.', eventIds: [ID], workstream: 'w2'}]}],
  ['keywords', {keywords: []}],
  ['facts', {facts: []}],
  ['the state of a fact', {facts: FACT ? [{...FACT, state: 'done'}] : []}],
  ['the hash of a fact', {facts: FACT ? [{...FACT, ref: '#2'}] : []}],
  ['how many lines a commit changed', {facts: FACT ? [{...FACT, lines: 3}] : []}],
  ['the events of a fact', {facts: FACT ? [{...FACT, eventIds: []}] : []}],
  ['workstreams', {workstreams: []}],
  ['the weight of a workstream', {workstreams: STREAM ? [{...STREAM, events: 4}] : []}],
])('the digest of a content covers %s', (_, other) => {
  expect(contentDigestOf({...CONTENT})).toBe(contentDigestOf(CONTENT));
  expect(contentDigestOf({...CONTENT, ...other})).not.toBe(contentDigestOf(CONTENT));
});

test.each([
  ['its project', anEvent({project: 'cafe/bar'})],
  ['its branch', anEvent({metadata: {git_branch: 'feat/soup'}})],
  ['its facts', aShell('git commit -m Salt')],
])('the digest of an event covers %s', (_, event) => {
  const digest = (given: typeof event) => segmentEvents([{event: given, sessionKey: 'S' as never, hasText: true}])[0]?.contentDigest;

  expect(digest(event)).not.toBe(digest(anEvent({})));
});

test('a segment knows no commit that was only replayed in it', () => {
  const factsIn = (command: string) => {
    const event = aShell(command, '[main 0123abc] Salt the soup');
    return segmentEvents([{event, sessionKey: 'S' as never, hasText: true}])[0]?.facts;
  };

  expect(factsIn('git commit -F msg')).toHaveLength(1);
  expect(factsIn('git cherry-pick a1')).toEqual([]);
});

test('a commit that was begun, and is one in the end, is no task of its segment', () => {
  const factsIn = (...answers: readonly string[]) => {
    const events = answers.map((answer) => aShell('git commit -m "Salt the soup"', answer, answer === '' ? {interrupted: true} : {}));
    const read = events.map((event) => ({event, sessionKey: 'S' as never, hasText: true}));
    return segmentEvents(read).flatMap(({facts}) => facts.map(({kind}) => kind));
  };

  expect(factsIn('')).toEqual(['task']);
  expect(factsIn('', '[main 0123abc] Salt the soup')).toEqual(['commit']);
  expect(factsIn('', '[main 0123abc] Peel the onion')).toEqual(['task', 'commit']);
});
