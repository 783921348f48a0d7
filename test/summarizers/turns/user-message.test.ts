import {describe, expect, test} from 'vitest';
import type {EventForSummary} from '../../../src/domain/toc/summary.js';
import {readUserMessage} from '../../../src/summarizers/turns/user-message.js';
import {eventsOf} from '../extractive/builders.js';

function messageOf(text: string, changes: Partial<EventForSummary> = {}) {
  const [event] = eventsOf(text);
  return event === undefined ? undefined : readUserMessage({...event, ...changes});
}

const asksOf = (text: string) => messageOf(text)?.asks.map(({coreFrom, coreTo}) => text.slice(coreFrom, coreTo));

describe('a message of the user is', () => {
  test.each([
    ['a request', 'request', 'Please add a retry policy to the billing importer.'],
    ['a request by its frame', 'request', 'hey, could you move the tide tables into the archive?'],
    ['a question', 'question', 'why is the harbour importer so slow at midnight?'],
    ['a step that any work takes', 'process', 'commit this, push and open a draft PR'],
    ['a step with a number', 'process', 'fix the review comments of #12'],
    ['assent', 'assent', 'yes please'],
    ['assent by a number', 'assent', '2'],
    ['an interruption', 'assent', '[Request interrupted by user]'],
    ['an answer to a tool that asked', 'assent', 'Q: Which crane should be repaired?\nA: The northern crane'],
    ['an answer to an offer', 'process', 'C) and then open a PR'],
    ['what points at what stood before', 'assent', 'put it there, please'],
    ['a step in other words', 'process', "let's respond to the review comments"],
    ['a step in front of what the user does himself', 'process', "push the branch, I'll tell the pilots myself"],
    ['a document that any work takes', 'process', 'please update the docs'],
    ['an order how to work', 'process', 'please use your subagents'],
    ['what was taken of a list', 'assent', "let's take option B"],
    ['work on what is a step elsewhere', 'request', 'please redesign the checkout of the shop'],
    ['options of a thing', 'request', 'please rename the crane options'],
    ['a question with a list of steps', 'question', 'that is the order, or so I thought\n\n1. open the harbour gate\n2. oil the crane?'],
    ['a request with a list', 'request', 'please do both:\n\n1. open the harbour gate\n2. oil the crane'],
    ['a step of two words', 'process', 'please open a pull request'],
    ['a dropped file', 'assent', "'/tmp/pictures/northern mole.png'"],
    ['a step of its own', 'process', "let's do it on a new branch"],
    ['work that is like a step', 'request', "let's do it on a new harbour mole"],
    ['a step with a hyphen', 'process', 'please run /commit-push'],
    ['a question whether something is needed', 'question', 'do you want to close the old mole?'],
    ['a remark, which asks for nothing', 'remark', 'there are already two tide tables in the archive'],
    ['a remark that ends like a question', 'remark', 'we kept the old tide table, yes?'],
    ['a question about what somebody keeps', 'question', 'where do we keep the old tide table?'],
    ['a request by its "please"', 'request', 'Please repaint the harbour gate'],
    ['a request in Japanese', 'request', '潮の表を分けましょう。'],
    ['a bare command', 'assent', '/compact'],
    ['a command with a matter', 'request', '/review rename the orchard module and its tests'],
    ['a plan', 'plan', 'Implement the following plan:\n\n# Plan: Move tide tables\n\nThe tables are large.'],
  ] as const)('%s', (_, kind, text) => {
    expect(messageOf(text)?.kind).toBe(kind);
  });

  test('pasted where it is long, and only what announces it counts', () => {
    const review = 'The gadget of the orchard module frobnicates rows. '.repeat(30);
    const message = messageOf(`Can you check this review?\n\n${review}`);
    expect(message?.kind).toBe('pasted');
    expect(message?.asks.length).toBe(1);
    expect(messageOf(review)?.asks).toEqual([]);
  });

  test('a plan where a program put it under the user name, and nothing else there is', () => {
    expect(messageOf('Implement the following plan:\n\n# Move tide tables', {role: 'system'})?.heading).toBe('Move tide tables');
    expect(messageOf('Another session is active in this folder.', {role: 'system'})).toBeUndefined();
  });
});

test.each([
  ['# Plan: Move Tide Tables\n\n'.padEnd(800, 'The tables are large. '), 'Move Tide Tables'],
  ['Implement the following plan:\n\n# ABC-12: Split the harbour module\n\n## Goal', 'Split the harbour module'],
  ['implement this plan:\n\n# Retry policy implementation plan\n', 'Retry policy'],
])('the heading of a plan goes without its label', (text, heading) => {
  expect(messageOf(text)?.heading).toBe(heading);
});

test.each([
  ['Great, now can you please also rename the parser?', ['rename the parser']],
  ["ok, let's move the tables. They are large.", ['move the tables', 'They are large']],
  ['The crane is rusty, could you repair its gear?', ['repair its gear']],
  ['based on the log - please extend the lease', ['extend the lease']],
  ['🙈 so, I would like you to paint the gate', ['paint the gate']],
])('a request goes without what stands before it: %s', (text, cores) => {
  expect(asksOf(text)).toEqual(cores);
});

test.each([
  ['do not remove the archive', false],
  ['never touch the archive', false],
  ['remove the archive', true],
  ['The archive is large', false],
])('"%s" is asked for: %s', (text, isAsked) => {
  expect(messageOf(text)?.asks[0]?.isAsked).toBe(isAsked);
});
