import {describe, expect, test} from 'vitest';
import type {ChildSummary} from '../../../../src/domain/toc/summary.js';
import {summaryOfChildren} from '../builders.js';
import {editedIn, streamOf, workOf} from './builders.js';

const tides = streamOf('t', 'ann/abc-12-add-tide-tables');
const textsOf = (...children: readonly ChildSummary[]) => summaryOfChildren('day', children).bullets.map(({text}) => text);

describe('a line in which nothing was committed, planned or finished', () => {
  const asked = 'user: could you paint the tide gauge in a green that one sees';

  test('tells what the titles of its segments say, where something was edited', () => {
    const painted = editedIn(workOf('Add tide tables: sort the northern gauges; why is it pale?', tides, asked));
    expect(textsOf(painted)).toEqual(['Add tide tables: sort the northern gauges']);
  });

  test('tells what was asked, where nothing was edited', () => {
    expect(textsOf(workOf('Add tide tables: sort the northern gauges', tides, asked))).toEqual([
      'Tide tables: asked: paint the tide gauge in a green that one sees',
    ]);
  });

  test('tells no title that is a mere name for something', () => {
    expect(textsOf(editedIn(workOf('Add tide tables: northern gauge paint', tides, asked)))).toEqual([
      'Tide tables: asked: paint the tide gauge in a green that one sees',
    ]);
  });

  test('tells a finished task that is a title, also where it begins with no verb', () => {
    const child = editedIn(workOf('Pure gauge machine (gauge and lamp)', tides, asked));
    const task = {
      kind: 'task',
      state: 'done',
      text: 'Task 1: Pure gauge machine (gauge and lamp)',
      eventIds: child.facts[0]?.eventIds ?? [],
    } as const;
    expect(textsOf({...child, facts: [...child.facts, task]})).toEqual(['Add tide tables: Pure gauge machine (gauge and lamp)']);
    expect(textsOf({...child, facts: [...child.facts, {...task, state: 'open'}]})).not.toContain(
      'Add tide tables: Pure gauge machine (gauge and lamp)',
    );
  });

  test('tells its name where that was done, and not what was found on the way', () => {
    const child = editedIn(
      workOf('Restore the lamp guard of the northern mole', streamOf('s', ''), 'assistant: The lamp test fails because of the old guard.'),
    );
    const begun = {kind: 'task', state: 'doing', text: 'restore the lamp guard of the northern mole', eventIds: []} as const;
    expect(textsOf({...child, facts: [...child.facts, begun]})).toEqual(['Restore the lamp guard of the northern mole']);
  });

  test('tells as asked what nothing else tells of', () => {
    const other = 'user: could you count the gulls on the roof of the customs house';
    const child = editedIn(workOf('Sort the northern gauges', streamOf('t', 'count-gulls'), other));
    expect(textsOf(child)).toEqual([
      'Count gulls: asked: count the gulls on the roof of the customs house; asked: Sort the northern gauges',
    ]);
  });

  test('cites the bullet that the title was made of', () => {
    const child = editedIn(workOf('Sort the northern gauges', tides, 'user: where is the tide table', asked));
    expect(summaryOfChildren('day', [child]).bullets).toEqual([{text: 'Add tide tables: sort the northern gauges', sources: ['0.1']}]);
  });
});

test('a title is not told beside a commit', () => {
  const child = workOf('Add tide tables: sort the northern gauges', tides, 'commit: read the tides of both ports');
  expect(textsOf(child)).toEqual(['Add tide tables: read the tides of both ports']);
});

describe('a period of a single workstream is called', () => {
  test('by its name and what came out of it', () => {
    const children = [
      workOf('a', tides, 'commit: read the tides of both ports'),
      workOf('b', tides, 'commit: read the tides of both ports', 'commit: lint'),
    ];
    expect(summaryOfChildren('day', children).title).toBe('Add tide tables: read the tides of both ports');
  });

  test('by what was done, not by what is so since the last step', () => {
    const children = [
      editedIn(workOf('a', tides, 'assistant: The northern tides are now clean')),
      editedIn(workOf('b', tides, 'assistant: `src/ports.ts` - Removed `rusty_gauges` of each tide')),
    ];
    expect(summaryOfChildren('day', children).title).toBe('Add tide tables: remove `rusty_gauges` of each tide');
  });

  test('by its name alone, where what came out repeats it', () => {
    const children = [workOf('a', tides, 'commit: add the tide tables'), workOf('b', tides, 'commit: lint')];
    expect(summaryOfChildren('day', children).title).toBe('Add tide tables');
  });
});

test('behind a name, what a task, a plan and a commit say begins alike', () => {
  const children = [
    workOf('a', tides, 'commit: read the tides of both ports', 'task: Sort the northern gauges'),
    workOf('b', tides, 'plan: ABC-12 + ABC-14: Move Harbour Readings Into Archive', 'commit: oil the crane'),
  ];
  expect(textsOf(...children)).toEqual([
    'Add tide tables: read the tides of both ports; sort the northern gauges; move harbour readings into archive; oil the crane',
  ]);
});

test('a line that could only say paths tells one of them rather than nothing', () => {
  const child = editedIn(
    workOf('Create `tide_north.ts` with `//go:build tide` tag', tides, 'user: what is `tide_north.ts` with its `//go:build tide` for'),
  );
  expect(textsOf(child)).toEqual(['Add tide tables: create `tide_north.ts` with `//go:build tide` tag']);
});

describe('a report', () => {
  const reported = workOf('a', tides, 'assistant: Sorted the tide gauges by port.', 'user: could you sort the tide gauges');

  test('tells as done what was done where something was edited', () => {
    expect(textsOf(editedIn(reported))).toEqual(['Add tide tables: sort the tide gauges by port']);
  });

  test('tells nothing as done where nothing was edited: it may be of what others did', () => {
    const other = workOf('b', streamOf('c', 'ben/oil-the-crane'), 'commit: oil the crane');
    expect(textsOf(reported, other)[0]).toBe('Tide tables: asked: sort the tide gauges');
  });

  test('tells what was done in a day of which no edit is known at all', () => {
    expect(textsOf(reported)).toEqual(['Add tide tables: sort the tide gauges by port']);
  });
});

test('a name of which there is no more to say stands in "Also: …", and a week tells it again where it is a fact', () => {
  const crane = streamOf('c', 'ben/oil-the-crane');
  const done = workOf('a', tides, 'commit: read the tides of both ports');
  const bare = workOf('Oil the crane', crane, 'assistant: I will look at the crane now.');
  expect(textsOf(done, bare)).toEqual(['Add tide tables: read the tides of both ports', 'Also: Oil the crane']);
  const facts = [...done.facts, {kind: 'commit', text: 'paint the northern mole', eventIds: [], workstream: crane.id}] as const;
  const day = {
    ...done,
    facts,
    workstreams: [tides, crane],
    bullets: [
      {text: 'Add tide tables: read the tides', eventIds: []},
      {text: 'Also: Paint the northern mole; Some other talk', eventIds: []},
    ],
  };
  const {bullets} = summaryOfChildren('week', [day]);
  expect(bullets.map(({text}) => text).join()).toContain('aint the northern mole');
  expect(bullets.map(({text}) => text).join()).not.toContain('Some other talk');
});
