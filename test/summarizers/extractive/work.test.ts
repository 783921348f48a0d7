import {describe, expect, test} from 'vitest';
import type {EventForSummary} from '../../../src/domain/toc/summary.js';
import {eventId, eventsOf, PLAIN, summarized, told} from './builders.js';

describe('facts', () => {
  const [asked, answered] = eventsOf('Can you look into the rusty gear of the northern crane?', 'The gear turns again and was painted.');
  if (asked === undefined || answered === undefined) throw new Error('an event is missing');

  test('a commit is cited like a sentence, and names the segment', () => {
    const {title, bullets} = summarized([
      asked,
      told(50, {kind: 'commit', text: 'fix(crane): replace the rusty gear of the crane'}),
      answered,
    ]);
    expect(title).toBe('Replace rusty gear of crane');
    expect(bullets).toContainEqual({text: 'commit: fix(crane): replace the rusty gear of the crane', sources: [eventId(50)]});
  });

  test('commits of one segment share a bullet, which cites each', () => {
    const events = [
      asked,
      told(50, {kind: 'commit', text: 'Replace the gear'}),
      told(51, {kind: 'commit', text: 'Paint the harbour gate'}),
      answered,
    ];
    expect(summarized(events).bullets).toContainEqual({
      text: 'commit: Replace the gear; Paint the harbour gate',
      sources: [eventId(50), eventId(51)],
    });
  });

  test('of a list of tasks that is printed for the first time, only the last finished one was finished here', () => {
    const done = (text: string) => ({kind: 'task', text, state: 'done'}) as const;
    const open = {kind: 'task', text: 'Grease the gear', state: 'open'} as const;
    const once = [asked, told(50, done('Sell the southern gear'), done('Oil the squeaky chain'), open), answered];
    expect(summarized(once).bullets.map(({text}) => text)).toContain('task: Oil the squeaky chain');
    const twice = [...once, told(51, done('Sell the southern gear'), done('Oil the squeaky chain'), {...open, state: 'done'})];
    expect(summarized(twice).bullets.map(({text}) => text)).toContain(
      'task: Sell the southern gear; Oil the squeaky chain; Grease the gear',
    );
  });

  test('a commit is told, also where its words are said at length before it', () => {
    const said = eventsOf(
      'Please find out why the rusty gear of the northern crane squeaks whenever it turns, and write down what you saw of it there.',
      'The rusty gear of the northern crane squeaks whenever it turns, because no oil reaches the gear, as the old northern pipe is shut.',
      'Then oil the rusty gear of the northern crane, and all that turns with it, so that no gear of the crane squeaks again.',
      'The rusty gear of the northern crane is oiled, and so is all that turns with it, and nothing of the crane squeaks.',
    );
    const {bullets} = summarized([...said, told(50, {kind: 'commit', text: 'Oil the rusty gear of the northern crane'})]);
    expect(bullets.map(({text}) => text)).toContain('commit: Oil the rusty gear of the northern crane');
  });

  test('tasks are told when they are done', () => {
    const {bullets} = summarized([
      asked,
      told(50, {kind: 'task', text: 'Oil the squeaky chain', state: 'done'}, {kind: 'task', text: 'Sell the southern gear', state: 'open'}),
      answered,
    ]);
    expect(bullets.map(({text}) => text)).toContain('task: Oil the squeaky chain');
    expect(bullets.map(({text}) => text).join()).not.toContain('Sell');
  });

  test('of several commits the one that covers most of the work names it, and no merge does', () => {
    const events = [
      asked,
      told(50, {kind: 'commit', text: "Merge branch 'main'"}),
      told(51, {kind: 'commit', text: 'Fix typo'}),
      told(52, {kind: 'commit', text: 'Repair the rusty gear of the northern crane'}),
      answered,
    ];
    expect(summarized(events).title).toBe('Repair rusty gear of northern crane');
  });
});

describe('a title', () => {
  test('comes from the request in force where the segment has none, and no bullet cites that', () => {
    const request: EventForSummary = {
      ...PLAIN,
      id: eventId(99),
      type: 'user_message',
      role: 'user',
      text: 'Please replace the rusty gear.',
    };
    const [, report] = eventsOf('', 'The crane turns again after the oil was changed.');
    if (report === undefined) throw new Error('an event is missing');
    const {title, bullets} = summarized([told(50), report], {request});
    expect(title).toBe('Replace rusty gear');
    expect(bullets.flatMap(({sources}) => sources)).not.toContain(eventId(99));
  });

  test('says also what the segment was opened for', () => {
    const [asked, answered] = eventsOf('Create an owners file.', 'The owners file exists.');
    if (asked === undefined || answered === undefined) throw new Error('an event is missing');
    const {title} = summarized([asked, answered, told(50, {kind: 'commit', text: 'Move the help text'})]);
    expect(title).toBe('Move help text; create owners file');
  });

  test('leaves out for whom a thing is made', () => {
    const [asked, answered] = eventsOf('Create me an almanac.md.', 'The almanac exists.');
    if (asked === undefined || answered === undefined) throw new Error('an event is missing');
    expect(summarized([asked, answered]).title).toBe('Create almanac.md');
  });

  test('is no claim about a step of the process', () => {
    const events = eventsOf(
      'The crane has stopped on the northern pier, why?',
      'Salt has worn the gear of the crane.',
      'the build is green',
      'Good.',
    );
    expect(summarized(events).title).not.toMatch(/^(?:The )?build is green/i);
  });

  test('comes from what led to edits, and not from how to work', () => {
    const [asked, , how, answered] = eventsOf(
      'Replace the rusty gear of the crane.',
      '',
      'Please answer briefly and quote the almanac of 1912 in full.',
      'The rusty gear of the crane is replaced. It turns again.',
    );
    if (asked === undefined || how === undefined || answered === undefined) throw new Error('an event is missing');
    const edit = told(50, {kind: 'file', text: 'crane/gear.ts'});
    expect(summarized([how, asked, edit, answered]).title).toBe('Replace rusty gear of crane');
    expect(summarized([asked, how, edit, answered]).title).toBe('Replace rusty gear of crane');
  });

  test('comes from the request whose edits were made when the user had only said to go on', () => {
    const events = eventsOf(
      'Move the northern gate of the harbour.',
      'The northern gate of the harbour was blue.',
      'Replace the southern gear of the crane.',
      'Is it from the northern harbour?',
      'Go on.',
      'The southern gear of the crane is grey.',
    );
    const edit = (at: number) => told(at, {kind: 'file', text: `harbour/${at}.ts`});
    const inTurns = [
      ...events.slice(0, 1),
      edit(50),
      ...events.slice(1, 5),
      ...[51, 52, 53, 54, 55, 56, 57, 58].map(edit),
      ...events.slice(5),
    ];
    expect(summarized(inTurns).title).toBe('Replace southern gear of crane; move northern gate of harbour');
  });

  test('comes from the heading of a document that was written, which is cited as a plan', () => {
    const [asked, written] = eventsOf('Write it down, please.', '# Plan: Replace the Rusty Gear\n\n## Context\n\nThe gear is old.');
    if (asked === undefined || written === undefined) throw new Error('an event is missing');
    const {title, bullets} = summarized([asked, written]);
    expect(title).toBe('Replace rusty gear');
    expect(bullets).toContainEqual({text: 'plan: Replace the Rusty Gear', sources: [written.id]});
  });

  test('comes from no report that asks what to do', () => {
    const [asked, offered] = eventsOf('And now?', 'Added a banner to the northern gate. Shall I keep the velvet one?');
    if (asked === undefined || offered === undefined) throw new Error('an event is missing');
    expect(summarized([asked, offered]).title).not.toMatch(/^Add/);
  });

  test('is never "A few words of …" where there are more than forty', () => {
    const long = Array.from({length: 50}, (_, at) => `word${at}`).join(' ');
    expect(summarized(eventsOf(long)).title).not.toMatch(/^A few words/);
    expect(summarized(eventsOf('ok then')).title).toBe('A few words of user');
  });
});

describe('a title says what a segment was opened for', () => {
  test('behind what was done, where that says nothing of it', () => {
    const [asked, next, done] = eventsOf('Repair the northern gate', 'commit that', 'Done.');
    if (asked === undefined || next === undefined || done === undefined) throw new Error('three events');
    const commit = told(40, {kind: 'commit', text: 'Oil the crane'});
    expect(summarized([asked, next, commit, done]).title).toBe('Oil crane; repair northern gate');
  });

  test('by a question, where nothing was asked for', () => {
    expect(summarized(eventsOf('why does the northern crane squeak?', 'Its gear is dry.')).title).toBe('Why does northern crane squeak?');
  });

  test('by a later request, where the first one points at what stood before', () => {
    expect(summarized(eventsOf('put it there', 'Done.', 'now paint the northern gate', 'Painted.')).title).toBe('Paint northern gate');
  });

  test('with the number of what its address leads to', () => {
    const address = 'https://forge.example/harbour/tides/pull/88';
    expect(summarized(eventsOf(`look at the tide tables of ${address}`, 'They are fine.')).title).toBe('Look at tide tables of #88');
  });

  test('by the commit that has a word of it', () => {
    const [asked, done] = eventsOf('Paint the northern gate', 'Done.');
    if (asked === undefined || done === undefined) throw new Error('two events');
    const commits = told(40, {kind: 'commit', text: 'Oil velvet crane'}, {kind: 'commit', text: 'Paint gate'});
    expect(summarized([asked, commits, done]).title).toMatch(/^Paint gate/);
  });
});

describe('bullets', () => {
  test('tell what was asked and what came out, and no step of the process', () => {
    const {bullets} = summarized(
      eventsOf(
        'Please repair the northern crane.',
        'Let me look at it.\n\nReplaced its rusty gear and oiled the chain.',
        'commit and push',
        'Committed and pushed.',
        'Why does the harbour gate stand open at midnight?',
        'The gate stands open because its motor lost power.',
      ),
    );
    expect(bullets.map(({text}) => text)).toEqual([
      'user: Please repair the northern crane.',
      'assistant: Replaced its rusty gear and oiled the chain.',
      'user: Why does the harbour gate stand open at midnight?',
      'assistant: The gate stands open because its motor lost power.',
    ]);
  });

  test('list in short what else was asked, each part with its event', () => {
    const things = 'crane gate harbour banner telescope orchard violin glacier'.split(' ');
    const events = eventsOf(
      ...things.flatMap((thing) => [`Please repaint the ${thing} in velvet red.`, `The ${thing} dries in the northern wind.`]),
    );
    const {bullets} = summarized(events);
    const list = bullets.find(({text}) => text.includes('; '));
    expect(bullets.length).toBe(5);
    expect(list?.text).toMatch(/^user: repaint the /);
    for (const [at, part] of (list?.text.slice(6).split('; ') ?? []).entries()) {
      expect(events.find(({id}) => id === list?.sources[at])?.text).toContain(part);
    }
  });

  test('have no sentence of a review that was pasted', () => {
    const review = 'The frobnicator of the orchard module swallows every third row of the table. '.repeat(20);
    const {bullets, title} = summarized(eventsOf(`${review}`, 'The lease of the importer was extended by an hour.'));
    expect(bullets.map(({text}) => text)).toEqual(['assistant: The lease of the importer was extended by an hour.']);
    expect(title).not.toMatch(/frobnicator/i);
  });

  test('show the text of a link, not its address', () => {
    const {bullets} = summarized(
      eventsOf('Where is the plan?', 'Added the [plan of the harbour](https://example.com/plan/12) to the archive.'),
    );
    expect(bullets.at(-1)?.text).toBe('assistant: Added the plan of the harbour to the archive.');
  });

  test('come from the middle of a turn only where its report tells nothing', () => {
    const events = eventsOf('Please repair the northern crane.', 'Replaced the rusty gear of the crane.', 'tool: ok', 'All tests pass.');
    expect(summarized(events).bullets.map(({text}) => text)).toContain('assistant: Replaced the rusty gear of the crane.');
  });
});
