import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {ChildSummary} from '../../../../src/domain/toc/summary.js';
import {summaryOfChildren} from '../builders.js';
import {editedIn, streamOf, together, workOf} from './builders.js';

const tides = streamOf('t', 'ann/abc-12-add-tide-tables');
const harbour = streamOf('h', 'ben/harbour-fees', {events: 40});
const session = streamOf('s', '');

function textsOf(...args: Parameters<typeof summaryOfChildren>): string[] {
  return summaryOfChildren(...args).bullets.map(({text}) => text);
}

describe('a day', () => {
  test('has a line for each workstream, in time order: what its branch is about, and what came out', () => {
    const children = [
      workOf('Add tide tables', tides, 'user: add tide tables for the northern ports', 'commit: feat: read tide tables of northern ports'),
      workOf('Raise harbour fees', harbour, 'commit: fix: round harbour fees to whole cents'),
      workOf('Draw moon phases', session, 'assistant: Printed the moon phases beside each calendar week.'),
    ];
    expect(summaryOfChildren('day', children).bullets).toEqual([
      {text: 'Add tide tables: read tide tables of northern ports', sources: ['0.1']},
      {text: 'fix: round harbour fees to whole cents', sources: ['1.0']},
      {text: 'Draw moon phases: print the moon phases beside each calendar week', sources: ['2.0']},
    ]);
  });

  test('cites each bullet once, also where it gives several outcomes', () => {
    const children = [workOf('Tides', tides, 'commit: read tide tables of ports; draw each tide as a curve; print a legend below')];
    const [bullet] = summaryOfChildren('day', [...children, workOf('Fees', harbour, 'commit: round harbour fees')]).bullets;
    expect(bullet?.sources).toEqual(['0.0']);
  });

  test('tells one workstream in one line, however much came out', () => {
    const children = [
      workOf('Parse tide tables', tides, 'commit: parse tide tables of the northern ports'),
      workOf('Draw tide curves', tides, 'commit: draw smooth curves between the readings'),
      workOf('Print legends', tides, 'commit: print legends in the language of the reader'),
    ];
    expect(textsOf('day', children)).toEqual([
      'Add tide tables: parse tide tables of the northern ports; draw smooth curves between the readings; print legends in the language of the reader',
    ]);
  });

  test('names the workstreams that have no line in the last one', () => {
    const things = 'harbour violin glacier orchard telescope parliament saffron locomotive cathedral beetle'.split(' ');
    const children = things.map((thing, at) =>
      workOf(
        `Paint ${thing} doors`,
        streamOf(`w${at}`, `paint-${thing}-doors`, {events: 100 - at}),
        `commit: paint ${thing} doors in green`,
      ),
    );
    const {bullets} = summaryOfChildren('day', children);
    expect(bullets.length).toBe(8);
    expect(bullets[0]).toEqual({text: 'Paint harbour doors in green', sources: ['0.0']});
    expect(bullets[7]).toEqual({
      text: 'Also: Paint locomotive doors; Paint cathedral doors; Paint beetle doors',
      sources: ['7.0', '8.0', '9.0'],
    });
  });

  test('says what was asked where nothing came out, and nothing of what an agent is about to do', () => {
    const children = [
      workOf(
        'Tide tables',
        tides,
        'assistant: Let me look at the tide tables of the ports first.',
        'user: compare our tide tables with the almanac of 1912',
      ),
      workOf('Harbour fees', harbour, 'assistant: I will read the harbour fees of all ports now.'),
    ];
    expect(textsOf('day', children)).toEqual(['asked: compare our tide tables with the almanac of 1912', 'Also: Harbour fees']);
  });

  test('tells merges, formatting and green tests only where there is nothing else', () => {
    const children = [
      workOf(
        'Tide tables',
        tides,
        'commit: Merge branch main into tide tables; run gofmt over all files',
        'assistant: All tests pass now.',
        'commit: interpolate between two readings',
      ),
      workOf('Harbour fees', harbour, 'commit: round harbour fees'),
    ];
    expect(textsOf('day', children)[0]).toBe('Add tide tables: interpolate between two readings');
  });

  test('tells what was reported or committed, and nothing that was found or proposed', () => {
    const children = [
      editedIn(
        workOf('Tide tables', tides, 'assistant: Three ports are read twice a day.', 'assistant: I sorted the tide tables by port.'),
      ),
      workOf('Harbour fees', harbour, 'commit: round harbour fees'),
    ];
    expect(textsOf('day', children)[0]).toBe('Add tide tables: sort the tide tables by port');
  });

  test('cuts a long outcome at a clause and marks the cut', () => {
    const long =
      'assistant: Moved the reading of all tide tables into one worker per port, which keeps the page responsive while a hundred years of readings are loaded and sorted.';
    expect(textsOf('day', [editedIn(workOf('Faster', tides, long)), workOf('Fees', harbour, 'commit: round harbour fees')])[0]).toBe(
      'Add tide tables: move the reading of all tide tables into one worker per port, which keeps the page responsive …',
    );
  });
});

describe('a week', () => {
  const day = (...children: readonly ChildSummary[]) => together('Day', ...children);

  test('has a line per workstream, the heaviest first, with its newest state last', () => {
    const children = [
      day(workOf('a', tides, 'Add tide tables: read tables of the northern ports')),
      day(
        workOf('b', harbour, 'Harbour fees: ask the clerks for their list'),
        workOf('c', tides, 'Add tide tables: draw a curve for each port'),
      ),
      day(workOf('d', harbour, 'Harbour fees: round all sums to whole cents')),
    ];
    expect(textsOf('week', children)).toEqual([
      'Harbour fees: ask the clerks for their list; round all sums to whole cents',
      'Add tide tables: read tables of the northern ports; draw a curve for each port',
    ]);
  });

  test('takes at most five outcomes of a workstream', () => {
    const outcomes = [
      'paint harbour doors',
      'tune violins',
      'measure glacier ice',
      'prune orchard trees',
      'polish telescope lenses',
      'bind parliament papers',
      'oil locomotive wheels',
    ];
    const others = ['saffron fields', 'beetle drawings', 'cathedral bells', 'volcano maps'].map((thing, at) =>
      workOf('x', streamOf(`o${at}`, `list-${thing.replace(' ', '-')}`), `List ${thing}: count ${thing} twice`),
    );
    const [line] = textsOf('week', [day(workOf('a', harbour, `Harbour fees: ${outcomes.join('; ')}`), ...others)]);
    expect(line?.split('; ').length).toBe(5);
  });

  test('does not tell as made what was removed again', () => {
    const children = [
      day(workOf('a', tides, 'Add tide tables: Add cached tide reader; parse port names')),
      day(workOf('b', tides, 'Add tide tables: Remove cached tide reader; print legends')),
    ];
    const told = textsOf('week', children).join('; ');
    expect(told).not.toContain('Add cached tide reader');
    expect(told).toContain('parse port names');
  });

  test('is not called after what was removed again', () => {
    const children = [
      day(workOf('a', session, 'Add cached tide reader: Add cached tide reader; parse port names')),
      day(workOf('b', session, 'Print legends: Remove cached tide reader; print legends in green')),
    ];
    const {title, bullets} = summaryOfChildren('week', children);
    expect(title).toBe('Print legends: parse port names');
    expect(bullets.map(({text}) => text)).toEqual(['Print legends: parse port names; print legends in green']);
  });

  test("leaves out a branch's name that a program made up", () => {
    const made = streamOf('m', 'claude/brave-lovelace-x7f2q');
    expect(textsOf('week', [day(workOf('a', made, 'Draw moon phases: draw a crescent beside each week'))])).toEqual([
      'Draw moon phases: draw a crescent beside each week',
    ]);
  });

  test("does not tell a branch's name as the deed where nothing of it was done, though a segment's title begins with it", () => {
    const quiet = streamOf('q', 'fix-broken-tide-gauge');
    const child = workOf('Broken tide gauge: update a comment', quiet, 'assistant: I changed the comment above the parser of the ports.');
    const [line] = textsOf('day', [child]);
    expect(line).not.toMatch(/^Fix broken tide gauge:/);
    const done = workOf(
      'Broken tide gauge: read it twice',
      quiet,
      'commit: mend the broken tide gauge',
      'commit: log what the harbour says',
    );
    expect(textsOf('day', [done])[0]).toMatch(/^Fix broken tide gauge:/);
  });

  test('has the names of its heaviest workstreams as title', () => {
    const children = [
      day(workOf('a', tides, 'Add tide tables: parse the northern ports')),
      day(workOf('b', harbour, 'Harbour fees: count in whole cents')),
    ];
    expect(summaryOfChildren('week', children).title).toBe('Harbour fees, add tide tables');
  });

  test('names in its title nothing of which no line tells', () => {
    const branches = [
      'lift-long-rusty-chain',
      'paint-tall-northern-gate',
      ...Array.from('abcdefgh', (letter) => `lift-long-rusty-rope${letter}`),
    ];
    const children = branches.map((branch, at) => {
      const stream = streamOf(branch, branch, {events: 90, commits: 2});
      return day(workOf(branch, stream, `commit: lift the rusty ropes of tug number ${at} to the northern gate`));
    });
    const light = day(workOf('Oil gates', streamOf('light', 'oil-gates', {events: 30}), 'commit: oil gates of the northern mole'));
    const {title, bullets} = summaryOfChildren('week', [...children, light]);
    const [also = ''] = bullets.map(({text}) => text).filter((text) => text.includes('il gates'));
    expect(also).toMatch(/^(?:Also: .*)?$/);
    expect(title).not.toContain('il gates');
  });
});

const words = fc.array(
  fc.constantFrom(...'tide table harbour; fees: parse, `reader` (because) draw "curve" remove add fix: ü 潮汐 Also asked:'.split(' ')),
  {
    minLength: 0,
    maxLength: 30,
  },
);
const someWork = fc.array(
  fc.record({
    stream: fc.constantFrom(tides, harbour, session),
    texts: fc.array(
      words.map((list) => list.join(' ')),
      {maxLength: 6},
    ),
  }),
  {maxLength: 12},
);
const LIMITS = {day: 8, week: 10, month: 8, year: 5} as const;

describe.each(['day', 'week', 'month', 'year'] as const)('whatever the children of a %s hold', (tocLevel) => {
  test('every line is made of their words, cites them, and stands once', () => {
    fc.assert(
      fc.property(someWork, (work) => {
        const children = work.map(({stream, texts}) => workOf('Tide tables', stream, ...texts));
        const {title, bullets} = summaryOfChildren(tocLevel, children);
        expect(bullets.length).toBeLessThanOrEqual(LIMITS[tocLevel]);
        expect(new Set(bullets.map(({text}) => text)).size).toBe(bullets.length);
        expect(title.split(/\s+/).length).toBeLessThanOrEqual(10);
        for (const {text, sources} of bullets) {
          expect(text.trim()).not.toBe('');
          expect(sources.length).toBeGreaterThan(0);
          for (const source of sources) {
            const [child = -1, bullet = -1] = source.split('.').map(Number);
            expect(children[child]?.bullets[bullet]).toBeDefined();
          }
        }
      }),
      {numRuns: 150},
    );
  });
});
