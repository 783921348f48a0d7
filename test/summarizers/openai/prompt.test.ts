import fc from 'fast-check';
import {expect, test} from 'vitest';
import {hasEnoughWords} from '../../../src/summarizers/openai/enough-words.js';
import {draftOfChildren, draftOfEvents, type Prompt} from '../../../src/summarizers/openai/prompt/prompt.js';
import {clipToTokens, shareOut, tokensAtMost} from '../../../src/summarizers/openai/prompt/prompt-tokens.js';
import {childOf, eventsOf} from '../extractive/builders.js';
import {readPrompt} from './read-prompt.js';

const BOUNDARY = 'mem-0123456789abcdef0123456789abcdef';
/** A talk among people: what they say is sent as it is. */
const talkOf = (...texts: readonly string[]) => eventsOf(...texts).map((event) => ({...event, speaker: 'Ann'}));
const NOTHING_BEFORE = {overlap: []};
const read = ({messages}: Prompt) => readPrompt({messages});

test('a whole segment of 4,000 tokens is sent as it is', () => {
  const texts = Array.from({length: 40}, (_, at) => `${at} ${'The harbour asked for tables. '.repeat(13)}`);
  const prompt = draftOfEvents(talkOf(...texts), NOTHING_BEFORE)(7_000, BOUNDARY);
  expect(read(prompt).citable.map(({text}) => text)).toEqual(texts);
  expect(prompt.tokens).toBeLessThanOrEqual(7_000);
});

test('of a piece of work a prompt holds what was asked and what came out, in some 400 tokens', () => {
  const work = Array.from({length: 12}, (_, at) => [
    `Please add a retry to the upload number ${at}, and log each try.`,
    `I added a retry to the upload number ${at}. ${'It waits a little longer each time. '.repeat(20)}`,
  ]);
  const events = eventsOf(...work.flat());
  const prompt = draftOfEvents(events, NOTHING_BEFORE)(7_000, BOUNDARY);
  const kinds = read(prompt).lines.map((line) => (line as {kind?: string}).kind);
  expect(new Set(kinds)).toEqual(new Set(['request', 'report']));
  expect(prompt.tokens - prompt.fixedTokens).toBeLessThan(1_000);
  for (const [, id] of prompt.sources) expect(events.map((event) => String(event.id))).toContain(id);
});

test('every child has an equal share, and a small one leaves what it does not need', () => {
  const long = (name: string) => childOf(name, `Title ${name}`, ...Array.from({length: 8}, () => `${name} `.repeat(300)));
  const {citable, lines} = read(draftOfChildren('week', [long('a'), childOf('b', 'Title b', 'Short.'), long('c')])(3_500, BOUNDARY));
  const sizes = lines.map((line) => JSON.stringify(line).length);
  expect(sizes[1]).toBeLessThan(80);
  expect(Math.abs((sizes[0] ?? 0) - (sizes[2] ?? 0))).toBeLessThan(40);
  expect(citable.find(({id}) => id === 'b9')?.text).toBe('Short.');
});

test('a source leads back to the child and its bullet', () => {
  const prompt = draftOfChildren('day', [childOf('a', 'A', 'One.', ' ', 'Two.'), childOf('b', 'B'), childOf('c', 'C', 'Three.')])(
    3_500,
    BOUNDARY,
  );
  expect([...prompt.sources]).toEqual([
    ['b1', '0.0'],
    ['b2', '0.2'],
    ['b3', '2.0'],
  ]);
});

test('ten thousand events, or a day with 500 segments, give a prompt of the same size, spread over all', () => {
  const events = talkOf(...Array.from({length: 10_000}, (_, at) => `Event number ${at} says something of the tide.`));
  const prompt = draftOfEvents(events, NOTHING_BEFORE)(7_000, BOUNDARY);
  expect(prompt.tokens).toBeLessThanOrEqual(7_000);
  expect(prompt.tokens).toBeGreaterThan(5_000);
  const days = draftOfChildren(
    'day',
    Array.from({length: 500}, (_, at) => childOf('x', `Title ${at}`, `Bullet ${at} of the day.`)),
  )(3_500, BOUNDARY);
  expect(days.tokens).toBeLessThanOrEqual(3_500);
  expect(read(days).lines.length).toBeGreaterThan(20);
  for (const {id, text} of read(days).citable) expect(`Bullet ${days.sources.get(id)?.replace('.0', '')} of the day.`).toBe(text);
});

test('the same input gives the same prompt but for the boundary, and the boundary stands three times', () => {
  const draft = draftOfEvents(eventsOf('One.', 'Two.'), NOTHING_BEFORE);
  const other = 'mem-ffffffffffffffffffffffffffffffff';
  const text = ({messages}: Prompt) => JSON.stringify(messages);
  expect(text(draft(7_000, other)).replaceAll(other, BOUNDARY)).toBe(text(draft(7_000, BOUNDARY)));
  expect(text(draft(7_000, BOUNDARY)).split(BOUNDARY)).toHaveLength(4);
});

test('nothing of a date or a zone is in it', () => {
  const prompt = draftOfChildren('week', [childOf('Monday, January 29, 2024', 'Title', 'Bullet.')])(3_500, BOUNDARY);
  expect(JSON.stringify(prompt.messages)).not.toMatch(/January|2024|Monday/);
});

const anyText = fc.oneof(fc.string({unit: 'binary', maxLength: 400}), fc.lorem({maxCount: 400}), fc.constant('"\n'.repeat(500)));

test('whatever the texts are, a prompt keeps its bound and holds nothing but them', () => {
  fc.assert(
    fc.property(fc.array(anyText, {minLength: 1, maxLength: 30}), fc.integer({min: 1_000, max: 8_000}), (texts, most) => {
      const events = draftOfEvents(eventsOf(...texts), {overlap: eventsOf(...texts.slice(0, 3))})(most, BOUNDARY);
      const children = draftOfChildren('month', [childOf('x', texts[0] ?? '', ...texts), childOf('y', 'Y', ...texts)])(most, BOUNDARY);
      for (const prompt of [events, children]) {
        expect(prompt.tokens).toBeLessThanOrEqual(most);
        expect(read(prompt).obeyed).toEqual(['Answer with the JSON object.']);
        expect(read(prompt).citable.map(({id}) => id)).toEqual([...prompt.sources.keys()]);
      }
    }),
    {numRuns: 300},
  );
});

test('a share is never more than what is wanted, and all are never more than there is', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(5_000)), fc.nat(20_000), (wants, capacity) => {
      const shares = shareOut(wants, capacity);
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeLessThanOrEqual(capacity + 1e-6);
      for (const [at, want] of wants.entries()) expect(shares[at]).toBeLessThanOrEqual(want);
    }),
  );
});

test('a clipped text keeps head and tail, breaks no pair, and fits', () => {
  fc.assert(
    fc.property(fc.string({unit: 'grapheme', minLength: 50, maxLength: 400}), fc.integer({min: 8, max: 100}), (text, tokens) => {
      const clipped = clipToTokens(text, tokens);
      expect(tokensAtMost(clipped)).toBeLessThanOrEqual(tokens + 2);
      if (clipped === '') return;
      expect(clipped.isWellFormed()).toBe(true);
    }),
  );
  expect(clipToTokens(`begin ${'x'.repeat(900)} end`, 20)).toMatch(/^begin x+ … x+ end$/);
});

test.each([
  [['one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'], false],
  [
    [
      'one two three four five six seven eight nine ten',
      'eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty',
    ],
    true,
  ],
  [['- '.repeat(50)], false],
  [['昨天我们决定使用新的数据库。'], false],
  [['昨天我们决定使用新的数据库。今天服务器崩溃了！明天我们会修复它，然后发布新版本，请大家准备好。'], true],
])('20 words are worth a call: %j', (texts, isEnough) => {
  expect(hasEnoughWords(texts)).toBe(isEnough);
});
