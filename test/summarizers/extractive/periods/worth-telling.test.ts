import {describe, expect, test} from 'vitest';
import type {Fact} from '../../../../src/domain/facts/fact.js';
import type {ChildSummary} from '../../../../src/domain/toc/summary.js';
import {eventId, summaryOfChildren} from '../builders.js';
import {editedIn, streamOf, together, workOf} from './builders.js';

const tides = streamOf('t', 'ann/abc-12-add-tide-tables');
const harbour = streamOf('h', 'ben/harbour-fees', {events: 40});

function textsOf(tocLevel: 'day' | 'week', children: readonly ChildSummary[]): string[] {
  return summaryOfChildren(tocLevel, children).bullets.map(({text}) => text);
}

describe('a line', () => {
  test('does not tell as asked for what a user only pasted', () => {
    const pasted = workOf(
      'Tide tables',
      tides,
      'user: The northern tide table holds twelve readings for each port, of which the third one is rounded',
    );
    const told = workOf('Harbour fees', harbour, 'user: the harbour fees are wrong since I moved the ports');
    expect(textsOf('day', [pasted, told])).toEqual(['asked: the harbour fees are wrong since I moved the ports', 'Also: Tide tables']);
  });

  test('tells what was done, not what is so since, where both are told', () => {
    const state = 'assistant: The northern crane now turns over the mole';
    const deed = 'assistant: Replaced the rusty gears of the northern crane';
    expect(textsOf('day', [editedIn(workOf('Crane', tides, state, deed))])).toEqual(['Replace the rusty gears of the northern crane']);
    expect(textsOf('day', [editedIn(workOf('Crane', tides, state))])).toEqual(['The northern crane now turns over the mole']);
  });

  test('tells beside a plan what was reported', () => {
    const child = workOf('Crane', tides, 'plan: Turn the northern crane', 'assistant: Replaced the rusty gears below the mole');
    const edit: Fact = {kind: 'file', text: 'src/crane.ts', eventIds: [eventId(9)], workstream: 't'};
    expect(textsOf('day', [{...child, facts: [...child.facts, edit]}])[0]).toMatch(/replace the rusty gears below the mole$/);
  });

  test('knows a plan again by its heading without the tickets before it', () => {
    const day = workOf('Crane', tides, 'Add tide tables: Turn the northern crane; oil every gear below the mole');
    const of = {eventIds: [eventId(0)], workstream: 't'};
    const facts: Fact[] = [
      {kind: 'commit', text: 'Oil every gear below the mole', ...of},
      {kind: 'plan', text: 'ABC-1 + ABC-2: Turn the Northern Crane', ...of},
      {kind: 'file', text: 'src/crane.ts', eventIds: [eventId(9)], workstream: 't'},
    ];
    expect(textsOf('week', [{...day, facts}, workOf('Moon', harbour, 'commit: draw moon phases')]).at(-1)).toBe(
      'Add tide tables: oil every gear below the mole; turn the northern crane',
    );
  });

  test('tells what was finished before what somebody looked at or planned', () => {
    const looked = 'task: Research the structure of all northern moles; Create a plan for the lamps of each harbour';
    const done =
      'task: Replace the rusty gears; Oil the northern crane; Hang a bell at each gate; Weigh every anchor; Sort all ropes by length';
    const [line = ''] = textsOf('week', [workOf('Crane', tides, looked, done), workOf('Moon', harbour, 'commit: draw moon phases')]).slice(
      -1,
    );
    expect(line).toContain('sort all ropes by length');
    expect(line.slice(line.indexOf(': '))).not.toMatch(/research|plan/i);
  });

  test('tells no question about "it" where another one says what about', () => {
    const asks = [
      'user: I have trouble with the bell of the northern gate at dawn',
      'user: it only rings when the gauge shows low water, why?',
    ];
    expect(textsOf('day', [workOf('a', tides, ...asks)]).join()).toMatch(/^(?!.*low water).*bell of the northern gate/);
  });

  test('has no step of the process for a name where something came out', () => {
    const child = editedIn(workOf('Update PR title', streamOf('s', ''), 'assistant: Replaced the rusty gears below the mole'));
    expect(textsOf('day', [child])).toEqual(['Replace the rusty gears below the mole']);
  });

  test('says of a branch that it fixes something only where something was done', () => {
    const leak = streamOf('k', 'ann/fix-leak-below-the-mole');
    const asked = 'user: could you tell me where the leak is that wets each gear of the crane?';
    expect(textsOf('day', [workOf('a', leak, asked)])[0]).toMatch(/^Leak below the mole/);
    expect(textsOf('day', [workOf('a', leak, asked, 'commit: seal the leak below the mole')])[0]).toMatch(/^Fix leak below the mole/);
  });

  test('tells what was said without the breath before it', () => {
    const told = (text: string) => textsOf('day', [workOf('Tide tables', tides, text)]);
    expect(told('user: ok. hm... no. the gauges of the north are wrong since I moved the ports')).toEqual([
      'Tide tables: asked: the gauges of the north are wrong since I moved the ports',
    ]);
    expect(told('user: no gauge of the north is right since I moved the ports')).toEqual([
      'Tide tables: asked: no gauge of the north is right since I moved the ports',
    ]);
  });

  test('has no line that tells of the lint alone', () => {
    const lint = streamOf('l', '', {events: 9});
    const children = [
      workOf('Tide tables', tides, 'commit: interpolate between two readings'),
      workOf('Fix lint warnings', lint, 'task: Fix lint warnings - blanks behind the tables'),
    ];
    expect(textsOf('day', children)).toEqual(['Tide tables: interpolate between two readings']);
  });
});

describe('where nothing came out, a line tells', () => {
  test('what was found', () => {
    const asked = workOf(
      'a',
      tides,
      'user: why does the tide table lose the northern ports',
      'assistant: The gauge fails because its clock stands still.',
    );
    expect(textsOf('day', [asked])).toEqual(['Tide tables: found: The gauge fails because its clock stands still']);
  });

  test('what was asked, without the politeness before it', () => {
    const asked = workOf('a', tides, 'user: hey, could you please draw the tide table of the northern ports');
    expect(textsOf('day', [asked])).toEqual(['asked: draw the tide table of the northern ports']);
  });
});

describe('what is told as done', () => {
  test('is what was committed, and beside it nothing that was only reported', () => {
    const made = workOf('a', tides, 'commit: parse the tides of northern ports', 'assistant: Created a ticket for the harbour master.');
    expect(textsOf('day', [made])).toEqual(['Add tide tables: parse the tides of northern ports']);
  });

  test('is nothing that a user with a name asked for', () => {
    const asked = workOf('a', tides, 'Ann: draw the moon beside each tide', 'Ann: show the harbour office our legend');
    for (const tocLevel of ['day', 'week'] as const) expect(textsOf(tocLevel, [asked]).join()).toMatch(/^Tide tables: asked: (?!.*Ann)/);
  });

  test('is a plan only once something was done', () => {
    const planned = workOf('a', tides, 'plan: Draw smooth tide curves between the readings');
    const begun = workOf('a', tides, 'plan: Draw smooth tide curves between the readings', 'commit: parse the tides of northern ports');
    expect(textsOf('day', [planned])).toEqual(['Tide tables: planned: Draw smooth tide curves between the readings']);
    expect(textsOf('day', [begun])).toEqual([
      'Add tide tables: Draw smooth tide curves between the readings; parse the tides of northern ports',
    ]);
  });

  test('is in a week a plan of one day that the next one carries out', () => {
    const planning = workOf('a', tides, 'Tide tables: planned: Draw smooth tide curves between the readings');
    const facts: Fact[] = [{kind: 'plan', text: 'Draw smooth tide curves between the readings', eventIds: [eventId(0)], workstream: 't'}];
    const doing = workOf('b', tides, 'task: parse the northern ports', 'commit: parse the northern ports of the almanac');
    expect(textsOf('week', [{...planning, facts}])).toEqual(['Tide tables: planned: Draw smooth tide curves between the readings']);
    expect(textsOf('week', [{...planning, facts}, doing]).join()).not.toContain('planned');
  });

  test('is no document that somebody wrote', () => {
    const {bullets, ...child} = workOf('a', tides, 'plan: Review of all the harbour gates', 'commit: parse the tides of northern ports');
    const facts = child.facts.filter(({kind}) => kind === 'commit');
    expect(textsOf('day', [{...child, bullets, facts}])).toEqual(['Add tide tables: parse the tides of northern ports']);
  });
});

test('a line is called after its branch rather than after a step of the process', () => {
  const answered = workOf(
    'Paint gates: address review comments',
    streamOf('g', 'velvet-gates', {commits: 1}),
    'commit: address the comments of the second review',
  );
  expect(textsOf('day', [answered])[0]).toMatch(/^Paint gates: /);
  expect(textsOf('day', [{...answered, title: 'Address review comments'}])[0]).toMatch(/^Velvet gates: /);
});

test('a line that tells only what was asked is known by its name above it', () => {
  const days = [together('Day', workOf('a', tides, 'Paint the harbour gate: asked: is the velvet banner pale'))];
  expect(textsOf('week', days).join()).toContain('Paint the harbour gate');
});

test("a ticket's number before an outcome says nothing", () => {
  const made = workOf('a', tides, 'commit: ABC-12: parse the northern ports');
  expect(textsOf('day', [made])).toEqual(['Parse the northern ports']);
});

test('a title names no answer to a review where something else was done', () => {
  const children = [
    workOf('Address review comments', streamOf('r', '', {events: 90}), 'commit: Address review comments'),
    workOf('Tide tables', tides, 'commit: parse the tide tables of the northern ports'),
  ];
  expect(summaryOfChildren('day', children).title).toBe('Add tide tables');
});

test('a workstream is called after its branch where its work has one word of it', () => {
  const fees = workOf('Round cents', streamOf('f', 'harbour-fee-rounding-bug'), 'commit: count the harbour in whole cents');
  const made = workOf(
    'Round cents',
    streamOf('f', 'velvet-cohen'),
    'commit: count the harbour in whole cents',
    'commit: paint the gate of the lock',
  );
  expect(textsOf('day', [fees])).toEqual(['Harbour fee rounding bug: count the harbour in whole cents']);
  expect(textsOf('day', [made]).join()).not.toContain('cohen');
});

describe('of several commits', () => {
  const committed = (...commits: readonly (readonly [string, number])[]): ChildSummary => {
    const child = workOf('Crane', streamOf('x', 'add-harbour-things'), `commit: ${commits.map(([text]) => text).join('; ')}`);
    const facts = child.facts.map((fact, at) => ({...fact, lines: commits[at]?.[1] ?? 0}));
    return {...child, facts};
  };
  test('the smallest one is left out where there is no room for all', () => {
    const subjects = [
      'replace rusty gears',
      'rename green lanterns',
      'measure deep harbours',
      'polish brass bells',
      'count stray gulls',
      'mend torn nets',
    ];
    for (const small of subjects) {
      const [line = ''] = textsOf('week', [committed(...subjects.map((text) => [text, text === small ? 1 : 400] as const))]);
      expect(subjects.filter((text) => !line.includes(text))).toEqual([small]);
    }
  });

  test('two that are called alike are both told, answers to a review only where there is little else', () => {
    const [line = ''] = textsOf('day', [committed(['oil the northern gears of the crane', 9], ['oil the southern gears of the crane', 9])]);
    expect(line).toContain('northern');
    expect(line).toContain('southern');
    const north = ['address northern review feedback of ann', 9] as const;
    const south = ['address southern review feedback of ann', 9] as const;
    const reviewsIn = (...commits: readonly (readonly [string, number])[]) =>
      textsOf('day', [committed(...commits)])
        .join()
        .match(/review feedback/g) ?? [];
    expect(reviewsIn(['repaint the mole', 9], north, south)).toHaveLength(1);
    expect(reviewsIn(north, south)).toHaveLength(2);
  });

  test.each(['add nolint to the gear of the crane', 'fix the lamp tests', '// eslint-disable-next-line for the crane'])(
    'one that only quiets a tool is not told beside others: %s',
    (chore) => {
      expect(textsOf('day', [committed([chore, 9], ['repaint the mole in green', 9])])).toEqual(['Crane: repaint the mole in green']);
    },
  );
});

test('what only looked around is not told one level up, either', () => {
  const day = editedIn(workOf('Crane', tides, 'Add tide tables: research the structure of all moles; replace the rusty gears'));
  const [line = ''] = textsOf('week', [day, workOf('Moon', harbour, 'commit: draw moon phases')]).slice(-1);
  expect(line).toBe('Add tide tables: replace the rusty gears');
});

test('what a line of a day tells as done is done one level up, however much of it is code', () => {
  const day = workOf('Crane', tides, 'Add tide tables: add `--long` flag to `newCrane()` command');
  const [line = ''] = textsOf('week', [day, workOf('Moon', harbour, 'commit: draw moon phases')]).slice(-1);
  expect(line).toBe('Add tide tables: add `--long` flag to `newCrane()` command');
});

test.each(['evaluate the feedback of the pilots', 'discuss the northern lamps', 'consider a second crane'])(
  'what only weighs what to do is not told beside what was done: %s',
  (looked) => {
    const child = workOf('Crane', streamOf('x', 'add-harbour-things'), `task: ${looked}; replace the rusty gears`);
    expect(textsOf('day', [child]).join()).not.toContain(looked);
  },
);
