import {expect, test} from 'vitest';
import type {ChildSummary} from '../../../src/domain/toc/summary.js';
import {childOf, summaryOfChildren} from './builders.js';

const THINGS = 'harbour violin glacier orchard telescope parliament saffron locomotive cathedral beetle'.split(' ');

/** Says four telling words among many small ones: what says more in fewer words is chosen before it, unless something speaks against that. */
function plain(thing: string): string {
  return `assistant: Most of ${thing} is now with the ${thing}keepers of ${thing}ville behind ${thing}gate.`;
}

/** As many children as the period has places, each with a rival of its own and a plain bullet. */
function rivals(count: number, rival: (thing: string) => string): ChildSummary[] {
  return THINGS.slice(0, count).map((thing, at) => childOf(`Child ${at}`, 'Rest', rival(thing), plain(thing)));
}

function chosen(tocLevel: 'week' | 'month' | 'year', count: number, rival: (thing: string) => string): string[] {
  return summaryOfChildren(tocLevel, rivals(count, rival)).bullets.map(({text}) => text);
}

const plains = (count: number) => THINGS.slice(0, count).map(plain);

test.each<[string, (thing: string) => string]>([
  ['a reason', (thing) => `assistant: Because ${thing}masters forbid ${thing}workers duplicated ${thing}.`],
  ['an answer', (thing) => `assistant: No: ${thing}masters lack ${thing}workers inside ${thing}.`],
  ['"it"', (thing) => `assistant: It swallows ${thing}masters, ${thing}workers inside ${thing}.`],
  ['"this"', (thing) => `assistant: This convinces ${thing}masters, ${thing}workers inside ${thing}.`],
  ['a question about "it"', (thing) => `user: Can it swallow ${thing}masters, ${thing}workers inside ${thing}?`],
  ['a reason in German', (thing) => `assistant: Weil ${thing}meister ${thing}arbeiter verbieten.`],
])('%s without what it leans on does not stand in a week', (_, leaning) => {
  expect(chosen('week', 10, leaning)).toEqual(plains(10));
});

test('"This quarter …" stands by itself in a week', () => {
  const alone = (thing: string) => `assistant: This quarter convinced ${thing}masters, ${thing}makers, ${thing}workers inside ${thing}.`;
  expect(chosen('week', 10, alone)).toEqual(THINGS.map(alone));
});

test.each<[string, (thing: string) => string]>([
  ['a question without a verb', (thing) => `user: ${thing}masters and ${thing} instructions?`],
  ['a few words', (thing) => `user: those ${thing}masters are ${thing}workers again`],
])('in a month %s is a remark that gives way', (_, remark) => {
  expect(chosen('month', 8, remark)).toEqual(plains(8));
  expect(chosen('year', 5, remark)).toEqual(plains(5));
});

test('in a month a request is no remark, however short', () => {
  const asked = (thing: string) => `user: Remove ${thing}masters of ${thing}hall, ${thing}gate and ${thing}ville`;
  expect(chosen('month', 8, asked)).toEqual(THINGS.slice(0, 8).map(asked));
});

test('paths and identifiers give way to words', () => {
  const code = (thing: string) =>
    `assistant: \`${thing}_master.ts\` \`${thing}Hall()\` \`${thing}_rows\` and \`${thing}Key\` are \`${thing}Old\`.`;
  expect(chosen('year', 5, code)).toEqual(plains(5));
});
