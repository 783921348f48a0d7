import fc from 'fast-check';
import {expect, test} from 'vitest';
import {readAnswer} from '../../../src/summarizers/openai/answer/answer.js';
import {ANSWER_LIMITS} from '../../../src/summarizers/openai/answer/answer-limits.js';
import {draftOfChildren, draftOfEvents} from '../../../src/summarizers/openai/prompt/prompt.js';
import {childOf, eventId, eventsOf} from '../extractive/builders.js';

const BOUNDARY = 'mem-00000000000000000000000000000000';
const segment = draftOfEvents(eventsOf('The tide table is wrong.', 'It is mended now.'), {overlap: []})(7_000, BOUNDARY);
const answer = (parts: object) => readAnswer(JSON.stringify({title: 'Tide table', bullets: [], keywords: [], ...parts}), segment);
const bullet = (text: string, ...sources: unknown[]) => ({text, sources});

test.each([
  ['segment', 5],
  ['day', 8],
  ['week', 10],
  ['month', 8],
  ['year', 5],
] as const)('of twenty bullets a %s keeps the first %i', (tocLevel, most) => {
  const prompt = tocLevel === 'segment' ? segment : draftOfChildren(tocLevel, [childOf('x', 'Title', 'One bullet.')])(3_500, BOUNDARY);
  const source = tocLevel === 'segment' ? 'e1' : 'b1';
  const bullets = Array.from({length: 20}, (_, at) => bullet(`Number ${at}.`, source));
  const read = readAnswer(JSON.stringify({title: 'T', bullets, keywords: []}), prompt);
  expect(typeof read === 'string' ? read : read.bullets.map(({text}) => text)).toEqual(
    Array.from({length: most}, (_, at) => `Number ${at}.`),
  );
});

test('bullets without a source that was given are dropped, and invented ones of the others', () => {
  expect(
    answer({
      bullets: [
        bullet('No source.'),
        bullet('Foreign.', 'e3', 'x', eventId(0)),
        bullet('Half.', 'e9', 'e2'),
        bullet('Forms.', '[e2], E1', 'e2', 7),
      ],
    }),
  ).toMatchObject({
    bullets: [
      {text: 'Half.', sources: [eventId(1)]},
      {text: 'Forms.', sources: [eventId(1), eventId(0)]},
    ],
  });
});

test('what is said twice is said once, whatever its case and marks', () => {
  expect(answer({bullets: [bullet('- It is mended.', 'e1'), bullet('it is **mended**', 'e2'), bullet('…', 'e1')]})).toMatchObject({
    bullets: [{text: 'It is mended.'}],
  });
});

test('a long title, bullet and keyword are clipped or dropped, and keywords are words of the text', () => {
  const words = (count: number) => Array.from({length: count}, (_, at) => `w${at}`).join(' ');
  expect(
    answer({
      title: words(12),
      bullets: [bullet(words(60), 'e1'), bullet('x'.repeat(2_000), 'e1')],
      keywords: ['Tide Table', 'tide table', 'invented', 'the tide table is wrong', 'mended', 7, 'e1'],
    }),
  ).toEqual({
    title: `${words(10)}…`,
    bullets: [
      {text: `${words(40)}…`, sources: [eventId(0)]},
      {text: `${'x'.repeat(400)}…`, sources: [eventId(0)]},
    ],
    keywords: ['Tide Table', 'mended'],
  });
});

test('controls and invisible characters are taken out, lines become one, and joiners stay', () => {
  expect(answer({title: ' \u001b[31mRed\u0007\n\u202etide ', bullets: [bullet('One\r\ntwo\u200b 👩‍🚀 \ud800', 'e1')]})).toMatchObject({
    title: '[31mRed tide',
    bullets: [{text: 'One two 👩‍🚀 \ufffd'}],
  });
});

test('an empty title is the beginning of the first bullet', () => {
  expect(answer({title: ' . ', bullets: [bullet('It is mended now.', 'e1')]})).toMatchObject({title: 'It is mended now.'});
});

test.each([
  '',
  'no',
  '[]',
  '{',
  'null',
  '"x"',
  '{"title": 1, "bullets": []}',
  '{"title": "x", "bullets": {}}',
  '{"title":"x","bullets":[null]}',
])('%j is no answer', (text) => {
  expect(readAnswer(text, segment)).toMatch(/^(not-json|wrong-shape|no-sources)$/);
});

test.each(['```\n', '{', '}', '\n', '<think>', '{"title":', '\\', '</think>{'])('a megabyte of %j is read at once', (unit) => {
  expect(readAnswer(unit.repeat(1_048_576 / unit.length), segment)).toBe('not-json');
});

test('whatever a model answers, a summary keeps its limits and cites what was given', () => {
  const text = fc.oneof(fc.string({unit: 'binary', maxLength: 300}), fc.lorem({maxCount: 60}));
  const source = fc.oneof(fc.constantFrom('e1', 'e2', 'e3', 'E1'), fc.anything());
  const bullets = fc.array(fc.oneof(fc.record({text, sources: fc.oneof(fc.array(source), source)}), fc.anything()), {maxLength: 30});
  const model = fc.record({title: fc.oneof(text, fc.anything()), bullets, keywords: fc.oneof(fc.array(text), fc.anything())});
  fc.assert(
    fc.property(model, (value) => {
      const read = readAnswer(JSON.stringify(value) ?? '', segment);
      if (typeof read === 'string') return;
      const {bullets: most, titleWords, bulletWords, keywords} = ANSWER_LIMITS.segment;
      expect(read.title).not.toBe('');
      expect(read.title.split(/\s+/).length).toBeLessThanOrEqual(titleWords);
      expect(read.bullets.length).toBeGreaterThan(0);
      expect(read.bullets.length).toBeLessThanOrEqual(most[1]);
      expect(read.keywords.length).toBeLessThanOrEqual(keywords);
      for (const {text: line, sources} of read.bullets) {
        expect(line.split(' ').length).toBeLessThanOrEqual(bulletWords);
        expect(line).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e]/u);
        expect(line.isWellFormed()).toBe(true);
        expect(sources.length).toBeGreaterThan(0);
        for (const id of sources) expect([eventId(0), eventId(1)]).toContain(id);
      }
    }),
    {numRuns: 2_000},
  );
});
