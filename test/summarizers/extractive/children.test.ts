import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {ChildSummary} from '../../../src/domain/toc/summary.js';
import {childOf, summaryOfChildren} from './builders.js';

const LIMITS = {day: [3, 8], week: [5, 10], month: [5, 8], year: [3, 5]} as const;
const LEVELS = ['day', 'week', 'month', 'year'] as const;
const TOPICS = 'harbour violin glacier orchard telescope parliament saffron locomotive cathedral beetle volcano tapestry'.split(' ');
const VERBS = 'painted measured rebuilt photographed abandoned inherited surveyed repaired catalogued auctioned flooded illuminated'.split(
  ' ',
);
const ADJECTIVES = 'crimson ancient tilted frozen marble velvet hollow bronze copper woolen granite amber'.split(' ');

/** Children that each say different things. */
function distinct(count: number): ChildSummary[] {
  return Array.from({length: count}, (_, at) => {
    const of = (list: readonly string[], turn: number) => `${list[(at + turn) % list.length]}${at >= list.length ? at : ''}`;
    return childOf(
      `Day ${at}`,
      `${of(ADJECTIVES, 0)} ${of(TOPICS, 0)}`,
      `user: Somebody ${of(VERBS, 0)} the ${of(ADJECTIVES, 0)} ${of(TOPICS, 0)} before sunrise${at}.`,
      `assistant: The archive${at} holds ${of(TOPICS, 5)} drawings by engineer${at}.`,
    );
  });
}

const someChildren = fc.array(
  fc.record({
    label: fc.string(),
    title: fc.string({unit: 'grapheme', maxLength: 60}),
    keywords: fc.constant([]),
    facts: fc.constant([]),
    workstreams: fc.constant([]),
    bullets: fc.array(fc.record({text: fc.string({unit: 'grapheme', maxLength: 120}), eventIds: fc.constant([])}), {maxLength: 6}),
  }),
  {maxLength: 12},
);

describe.each(LEVELS)('the summary of a %s', (tocLevel) => {
  const [least, most] = LIMITS[tocLevel];

  test('holds between its least and its most bullets of a long period', () => {
    const {bullets} = summaryOfChildren(tocLevel, distinct(12));
    expect(bullets.length).toBeGreaterThanOrEqual(least);
    expect(bullets.length).toBeLessThanOrEqual(most);
  });

  test('hears the whole period: the first, the middle and the last third', () => {
    const {bullets} = summaryOfChildren(tocLevel, distinct(24));
    const thirds = new Set(bullets.map(({sources}) => Math.floor(Number.parseInt(sources[0] ?? '', 10) / 8)));
    expect(thirds).toEqual(new Set([0, 1, 2]));
  });

  test('takes bullets as they are, cites them by child and bullet, in time order, none twice, whatever they hold', () => {
    fc.assert(
      fc.property(someChildren, (children) => {
        const {title, bullets, keywords} = summaryOfChildren(tocLevel, children);
        expect(bullets.length).toBeLessThanOrEqual(most);
        expect(new Set(bullets.map(({text}) => text)).size).toBe(bullets.length);
        const places = bullets.map(({text, sources}) => {
          const [child = -1, bullet = -1] = (sources[0] ?? '').split('.').map(Number);
          expect(children[child]?.bullets[bullet]?.text).toBe(text);
          return child * 1000 + bullet;
        });
        expect(places).toEqual([...places].sort((a, b) => a - b));
        expect(title.split(/\s+/).length).toBeLessThanOrEqual(10);
        expect(keywords.length).toBeLessThanOrEqual(7);
        const all = children.flatMap((child) => [child.title, ...child.bullets.map(({text}) => text)]);
        for (const keyword of keywords) expect(all.some((text) => text.includes(keyword))).toBe(true);
      }),
      {numRuns: 100},
    );
  });
});

test('near-repeats are left out, even where that leaves few', () => {
  const children = Array.from({length: 6}, (_, at) =>
    childOf(`Day ${at}`, 'Billing gateway', `user: The deployment of the billing gateway failed again${'.'.repeat(at + 1)}`),
  );
  expect(summaryOfChildren('week', children).bullets.length).toBe(1);
});

test('one loud child does not fill the day', () => {
  const shouts = TOPICS.map((topic, at) => `user: Everybody in ${topic}ville ${VERBS[at]}again the ${ADJECTIVES[at]}ish ${topic}s.`);
  const {bullets} = summaryOfChildren('day', [childOf('Loud', 'Shouting', ...shouts), ...distinct(8).slice(1)]);
  expect(new Set(bullets.map(({sources}) => sources[0]?.split('.')[0])).size).toBeGreaterThanOrEqual(6);
});

test('what a program says at every session gives way to what was said once', () => {
  const formula = (at: number) => `user: For specific particulars beforehand consult transcript number alpha${at} inside folder beta${at}.`;
  const children = distinct(10).map((child, at) => ({
    ...child,
    bullets: [{text: formula(at), eventIds: []}, ...child.bullets],
  }));
  const texts = summaryOfChildren('month', children).bullets.map(({text}) => text);
  expect(texts.filter((text) => text.includes('For specific particulars'))).toEqual([]);
});

test('the title names what several children are about', () => {
  const children = [
    childOf('a', 'Billing gateway timeouts', 'user: The billing gateway times out under load.'),
    childOf('b', 'Retry policy, billing gateway', 'user: A retry policy for the billing gateway was chosen.'),
    childOf('c', 'Typo', 'user: The changelog had one typo.'),
  ];
  expect(summaryOfChildren('day', children).title).toMatch(/billing gateway/i);
});

test('one child gives its title, no children give nothing', () => {
  expect(summaryOfChildren('day', [childOf('a', 'Retry policy', 'user: A retry policy was chosen yesterday.')]).title).toBe('Retry policy');
  expect(summaryOfChildren('year', [])).toEqual({title: '', bullets: [], keywords: []});
});
