import {describe, expect, test} from 'vitest';
import {eventsOf, summarized, told, withBranch} from './builders.js';

const titleOf = (...texts: string[]) => summarized(eventsOf(...texts)).title;

describe('a segment in which nobody named the work is called', () => {
  test('after the question that was asked, also one about "this"', () => {
    expect(titleOf('has that moon filter been applied to the tide table as well?', 'The table reads another gauge.')).toBe(
      'Has that moon filter been applied to tide table?',
    );
  });

  test('after the short question of which a single word would be left', () => {
    expect(titleOf('What is this an anchor of?', 'A tug.')).toBe('What is this an anchor of?');
    expect(titleOf('? ?', 'it', 'the billing , ? tide')).toMatch(/^\p{L}/u);
  });

  test('after what was found, if that stands in few words', () => {
    expect(titleOf('ok', 'The gauge fails because the northern clock stands still. I wonder who broke it.')).toBe('Gauge fails');
    expect(titleOf('ok', 'The tide gauge of the northern harbour never starts.')).toBe('Tide gauge of northern harbour never starts');
  });

  test('after the command that was called, with its number', () => {
    const events = eventsOf('/harbour:code-review 12', 'The northern tide gauge reads a clock.');
    expect(summarized(events).title).toBe('Code review 12');
    const edited = [...eventsOf('/review', 'Reads well.'), told(50, {kind: 'file', text: 'src/tide.ts'})];
    expect(summarized(withBranch(edited, 'ann/harbour-lights')).title).toBe('Harbour lights: review');
  });

  test('after what it talks about, where the command is a single word and no branch says what of', () => {
    expect(titleOf('/review', 'The northern tide gauge reads a clock. The northern tide gauge is late.')).toBe('Northern tide gauge');
  });
});

describe('where nothing that was said names a segment, it is called after its branch', () => {
  const called = (branch: string, ...texts: string[]) => summarized(withBranch(eventsOf(...texts), branch)).title;

  test('with what it talks about behind it, though nothing that was said is of the branch', () => {
    const talk = ['hm', 'The northern tide gauge reads a clock. The northern tide gauge is late.'];
    expect(called('main', ...talk)).toBe('Northern tide gauge');
    expect(called('fix/lost-anchor-chain', ...talk)).toBe('Lost anchor chain: northern tide gauge');
    expect(called('ann/anchoring', ...talk)).toBe('Anchoring: northern tide gauge');
  });

  test('where a log was pasted', () => {
    const log = `this one still fails: ${Array.from({length: 40}, (_, at) => `{"level":"debug","at":${at}}`).join('\n')}`;
    expect(called('fix/lost-anchor-chain', log)).toBe('Lost anchor chain');
  });

  test('not where a program said goodbye', () => {
    const events = withBranch(eventsOf('Bye!'), 'fix/lost-anchor-chain').map((event) => ({...event, role: 'system' as const}));
    expect(summarized(events).title).toBe('A few words of system');
  });
});

describe('a plan that was in force before a segment', () => {
  const [request] = eventsOf('Implement the following plan:\n\n# Plan: Move Tide Tables Into Archive\n\n- Copy the tables');
  const [, answered] = eventsOf('', 'The tables are there.');
  if (request === undefined || answered === undefined) throw new Error('an event is missing');

  test('names it where nothing else does', () => {
    expect(summarized([answered], {request}).title).toBe('Move tide tables into archive');
  });

  test('names it where only a tool printed something', () => {
    const [, , printed] = eventsOf('', '', 'tool: 513 tide table, 522 gauge of the harbour, 529 moon');
    if (printed === undefined) throw new Error('an event is missing');
    expect(summarized([printed], {request}).title).toBe('Move tide tables into archive');
  });

  test('does not name it where something of its own was done: of three segments in a row it would name all', () => {
    const done = told(50, {kind: 'task', text: 'Copy the northern readings', state: 'done'});
    expect(summarized([answered, done], {request}).title).toBe('Copy northern readings');
  });
});

describe('a title leaves out', () => {
  test('a clause behind a comma', () => {
    expect(titleOf('Please add moon phases to the tide table, ideally our cache can hold them.', 'Sure!')).toBe(
      'Add moon phases to tide table',
    );
    expect(titleOf('Please sort the harbours, cranes and tides by name.', 'Sure!')).toBe('Sort harbours, cranes and tides by name');
  });

  test('the label of what follows', () => {
    expect(titleOf('Please log an issue for the crane (high priority), Project: Harbour with the details', 'Sure!')).toBe(
      'Log issue for crane (high priority)',
    );
  });

  test('what the user thinks of it', () => {
    expect(titleOf('Please paint the northern crane I think', 'Sure!')).toBe('Paint northern crane');
  });

  test('the tickets in front of a plan', () => {
    expect(titleOf('Implement the following plan:\n\n# ABC-12 + ABC-14: Tide Table Archive\n\nAll of it.', 'ok')).toBe(
      'Tide table archive',
    );
  });

  test('the second verb that has lost what it is done to, and half of what belongs together', () => {
    expect(titleOf('Please write a simple test using tides that loads dark and light lanterns for all ports', 'ok')).toBe(
      'Write simple test using tides',
    );
  });
});

test('to read something is a means, where anything else is asked for', () => {
  const asked = 'Read the tide notes of the northern port in full. Then port the lanterns of the crane to gas.';
  expect(titleOf(asked, 'I have read the tide notes of the northern port, and the lanterns of the crane burn gas.')).toBe(
    'Port lanterns of crane to gas',
  );
});

test('a word whose stem would be a small one has a meaning', () => {
  expect(titleOf('Please create a theme', 'Sure!')).toBe('Create theme');
  expect(titleOf('Please create a note', 'Sure!')).toBe('Create note');
});

test('a branch stands before a title whole, up to six words, and cut where that leaves no room', () => {
  const file = told(51, {kind: 'file', text: 'src/cloth.ts'});
  const named = (asked: string) => summarized(withBranch([...eventsOf(asked, 'ok'), file], 'fix-lost-anchor-chain-of-tugs')).title;
  expect(named('Please paint the banner.')).toBe('Fix lost anchor chain of tugs: paint banner');
  expect(named('Please paint the banner of our crane in red.')).toBe('Fix lost anchor chain: paint banner of crane in red');
});

test('a branch that only says that it is one stands before no title', () => {
  const file = told(51, {kind: 'file', text: 'src/cloth.ts'});
  const events = [...eventsOf('Please paint the northern banner.', 'ok'), file];
  expect(summarized(withBranch(events, 'feature-branch')).title).toBe('Paint northern banner');
});

test('what somebody asked whether one could do stays a question until something is done', () => {
  const events = eventsOf('Could we sort the northern harbours by tide once they are set up?', 'The tides are not known there.');
  expect(summarized(events).title).toBe('Sort northern harbours by tide once they are set up?');
  const edited = [...events, told(50, {kind: 'file', text: 'src/tide.ts'})];
  expect(summarized(edited).title).toBe('Sort northern harbours by tide once they are set up');
  expect(titleOf('Could you sort the northern harbours by tide?', 'The tides are not known there.')).toBe('Sort northern harbours by tide');
});

test('"checks that" needs no "that" where words are few', () => {
  expect(titleOf('Please add a harbour test that checks that the tide is named in the report.', 'ok')).toBe(
    'Add harbour test that checks tide is named in report',
  );
});

test('a branch of a single word stands before a step of the process alone', () => {
  const on = (branch: string, ...texts: string[]) =>
    summarized(withBranch([...eventsOf(...texts), told(50, {kind: 'file', text: 'src/tide.ts'})], branch)).title;
  expect(on('ann/moorings', 'Please rebase on main', 'ok')).toBe('Moorings: rebase on main');
  expect(on('ann/moorings', 'Please sort the northern harbours', 'ok')).toBe('Sort northern harbours');
  expect(on('ann/staging', 'Please rebase on main', 'ok')).toBe('Rebase on main');
});

test('a task that was begun names a segment before a question does', () => {
  const doing = told(50, {kind: 'task', text: 'Add a gauge to the northern crane', state: 'doing'});
  expect(summarized([...eventsOf('Is there a gauge for cranes?', 'There is none.'), doing]).title).toBe('Add gauge to northern crane');
});

test('a question has one mark at its end', () => {
  expect(titleOf('What gauges can we use for the crane (a clock?)?', 'Three of them.')).toBe('What gauges can we use for crane?');
});

test("the number of a bug or a task in somebody's list is no part of a title", () => {
  const done = (text: string) => told(50, {kind: 'task', text, state: 'done'});
  const titled = (text: string) => summarized([...eventsOf('yes', 'All well.'), done(text)]).title;
  expect(titled('Fix Bug 2: the northern gauge never wakes')).toBe('Northern gauge never wakes');
  expect(titled('Fix Bug 2')).not.toContain('Bug 2');
});

test('a thing that only the conversation can point at is named without the pointing', () => {
  expect(titleOf('Please change those gauges to read metres', 'ok')).toBe('Change gauges to read metres');
  expect(titleOf('Please use that gauge for the northern port', 'ok')).toBe('Use gauge for northern port');
  expect(titleOf('Please add a gauge that wakes the northern port', 'ok')).toBe('Add gauge that wakes northern port');
});

test('what should be otherwise is asked for', () => {
  expect(titleOf('The lanterns we light should be green at night.', 'They hang at the mole.')).toBe(
    'Lanterns we light should be green at night',
  );
  expect(titleOf('It should be green at night, the lantern of the mole.', 'The lantern hangs at the mole.')).not.toMatch(/should/);
});

test('of several commits, what is new names a segment before its documents', () => {
  const commits = (...texts: string[]) => texts.map((text, at) => told(50 + at, {kind: 'commit', text}));
  const events = [...eventsOf('yes', 'ok'), ...commits('docs: describe the northern gauge', 'feat: wake the northern gauge')];
  expect(summarized(events).title).toBe('Wake northern gauge');
});

test('what was asked before a segment is not told behind what was done in it', () => {
  const [request, answered] = eventsOf('Please point the painter at the northern mole.', 'The crane is oiled.');
  if (request === undefined || answered === undefined) throw new Error('an event is missing');
  expect(summarized([answered, told(50, {kind: 'commit', text: 'Oil the crane'})], {request}).title).toBe('Oil crane');
});
