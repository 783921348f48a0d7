import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {EventForSummary} from '../../../src/domain/toc/summary.js';
import {body, eventId, eventsOf, PLAIN, squeezed, summaryOf} from './builders.js';

const word = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom('the', 'parser', 'fails', 'Zürich', 'src/a-b/c.ts', '`runAll()`', '**bold**', 'e.g.', 'naïve', '"quoted"'),
  },
  {weight: 3, arbitrary: fc.string({unit: 'grapheme', minLength: 1, maxLength: 12})},
  {
    weight: 1,
    arbitrary: fc.constantFrom('\n', '\n\n- ', '\n# ', '\n```\n', '。', '! ', '\n| a | b |\n', '\u001b[31m', '\ud800', '东京都', '<b-c>'),
  },
);
const text = fc.array(word, {maxLength: 60}).map((words) => words.join(' '));
const anEvent = fc.record({
  text,
  type: fc.constantFrom('user_message' as const, 'assistant_message' as const, 'tool_result' as const, 'session_start' as const),
  role: fc.constantFrom('user' as const, 'assistant' as const, 'tool' as const, 'system' as const),
});
const someEvents = fc
  .array(anEvent, {maxLength: 12})
  .map((events): EventForSummary[] => events.map((event, at) => ({...PLAIN, id: eventId(at), ...event})));

describe('for any events', () => {
  test('bullets are at most 5, none twice, each part of them word for word inside an event that it cites', () => {
    fc.assert(
      fc.property(someEvents, (events) => {
        const {bullets} = summaryOf(events);
        expect(bullets.length).toBeLessThanOrEqual(5);
        expect(new Set(bullets.map((bullet) => bullet.text)).size).toBe(bullets.length);
        for (const bullet of bullets) {
          const cited = events.filter(({id}) => bullet.sources.includes(id));
          expect(cited.length).toBe(bullet.sources.length);
          // A report that begins with a heading is a plan.
          expect([cited[0]?.role, 'plan']).toContain(bullet.text.split(': ', 1)[0]);
          for (const part of body(bullet.text).split('; ')) {
            expect(cited.some(({text: whole}) => squeezed(whole).includes(squeezed(part)))).toBe(true);
          }
        }
      }),
      {numRuns: 300},
    );
  });

  test('there is a title of at most 10 words when anything is said', () => {
    fc.assert(
      fc.property(someEvents, (events) => {
        const {title, bullets} = summaryOf(events);
        const said = events.filter((event) => event.text.trim() !== '');
        expect(title === '').toBe(said.length === 0);
        expect(bullets.length > 0).toBe(said.length > 0);
        expect(title.split(/\s+/).length).toBeLessThanOrEqual(10);
      }),
      {numRuns: 300},
    );
  });

  test('keywords are at most 7, each a word of the text as it stands there', () => {
    fc.assert(
      fc.property(someEvents, (events) => {
        const {keywords} = summaryOf(events);
        expect(keywords.length).toBeLessThanOrEqual(7);
        expect(new Set(keywords).size).toBe(keywords.length);
        for (const keyword of keywords) expect(events.some((event) => event.text.includes(keyword))).toBe(true);
      }),
      {numRuns: 300},
    );
  });

  test('a summary depends on nothing but its own events', () => {
    fc.assert(
      fc.property(someEvents, someEvents, (events, others) => {
        const alone = summaryOf(events);
        summaryOf(others);
        expect(summaryOf(events)).toEqual(alone);
      }),
      {numRuns: 200},
    );
  });
});

describe('what is chosen', () => {
  const session = eventsOf(
    'Hello! Please look at why the nightly importer drops rows when the warehouse times out.',
    'Let me look at the importer.\n\n```ts\nconst secretBlockOfCode = warehouse.connect();\n```\n\nPerfect! Now let me check the logs:',
    'tool: ERROR connection reset by warehouse at row 81123 after thirty seconds of silence',
    'The importer swallowed the timeout: its retry loop treated a reset connection as an empty page, so rows were dropped.\n\n| file | lines |\n|---|---|\n| importer.ts | 40 |',
    'Decide whether we retry or fail the whole batch. I would rather fail the batch.',
    'Decided: the importer now fails the batch when the warehouse resets the connection, and mails the night operator. Regression test added in test/importer.test.ts.',
    '[Request interrupted by user]',
    '<command-name>/clear</command-name>',
  );
  const summary = summaryOf(session);

  test('what was asked, found and decided wins over announcements, code, tables and tags', () => {
    const all = summary.bullets.map((bullet) => bullet.text).join('\n');
    expect(all).toContain('why the nightly importer drops rows');
    expect(all).toContain('The importer swallowed the timeout');
    expect(all).toContain('the importer now fails the batch');
    for (const noise of ['Let me', 'Perfect', 'secretBlockOfCode', '|', 'interrupted', '/clear']) expect(all).not.toContain(noise);
  });

  test('bullets stand in the order of the events', () => {
    const places = summary.bullets.map((bullet) => session.findIndex(({id}) => id === bullet.sources[0]));
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  test('the title is made of what the text is about and of no greeting', () => {
    expect(summary.title.toLowerCase()).toMatch(/importer|warehouse/);
    expect(summary.title).not.toMatch(/hello|please|let me/i);
  });

  test('what a tool printed is not told where somebody says something', () => {
    const events = eventsOf(
      'Please repair the harbour telescope before autumn.',
      'The telescope turns again: its gear was rusty.',
      'tool: The parliament rejected its saffron locomotive during autumn.',
    );
    expect(summaryOf(events).bullets.map(({text}) => text.split(':')[0])).toEqual(['user', 'assistant']);
  });

  test('the speaker is named where known, and is not what the title is about', () => {
    const say = (at: number, speaker: string, said: string): EventForSummary => ({
      ...PLAIN,
      id: eventId(at),
      type: 'user_message',
      role: 'user',
      text: said,
      speaker,
    });
    const {bullets, title, keywords} = summaryOf([
      say(0, 'Theodora', 'Hey Benedict! I went to a sailing lesson with the neighbours yesterday.'),
      say(1, 'Benedict', 'Wow, Theodora! Theo, which sailing lesson was it? I joined a chess club near the station.'),
    ]);
    expect(bullets.map((bullet) => bullet.text)).toContain('Theodora: I went to a sailing lesson with the neighbours yesterday.');
    expect(`${title} ${keywords.join(' ')}`).not.toMatch(/benedict|theo/i);
  });

  test('a repeated sentence is given once', () => {
    const {bullets} = summaryOf(eventsOf(...Array.from({length: 9}, () => 'The deployment of the billing gateway failed again.')));
    expect(bullets.map((bullet) => bullet.text)).toEqual(['user: The deployment of the billing gateway failed again.']);
  });

  test('a very long sentence is clipped between words and says so', () => {
    const long = `The gateway ${Array.from({length: 200}, (_, at) => `certificate${at}`).join(' ')} expired.`;
    const {bullets} = summaryOf(eventsOf(long));
    expect(bullets.length).toBe(1);
    expect(bullets[0]?.text).toMatch(/^user: The gateway certificate0 .* certificate\d+ …$/);
    expect(bullets[0]?.text.length).toBeLessThan(600);
  });

  test('boilerplate alone still gives its own text', () => {
    expect(summaryOf(eventsOf('Let me check the file.')).bullets).toEqual([{text: 'user: Let me check the file.', sources: [eventId(0)]}]);
    expect(summaryOf(eventsOf('please continue'))).toMatchObject({
      title: 'A few words of user',
      bullets: [{text: 'user: please continue', sources: [eventId(0)]}],
    });
    expect(summaryOf(eventsOf('👍👍')).bullets).toEqual([{text: 'user: 👍👍', sources: [eventId(0)]}]);
  });

  test('nothing said gives an empty summary', () => {
    expect(summaryOf(eventsOf('', ' \n'))).toEqual({title: '', bullets: [], keywords: []});
  });

  test('marks of lists and bold type are dropped, paths stay whole', () => {
    const {bullets, keywords} = summaryOf(eventsOf('- **Cause:** the lexer in `src/lexer/scan_all.ts` skipped surrogate halves'));
    expect(bullets[0]?.text).toBe('user: Cause: the lexer in `src/lexer/scan_all.ts` skipped surrogate halves');
    expect(keywords.filter((keyword) => keyword.includes('scan_all'))).toEqual(
      keywords.includes('src/lexer/scan_all.ts') ? ['src/lexer/scan_all.ts'] : [],
    );
  });
});
