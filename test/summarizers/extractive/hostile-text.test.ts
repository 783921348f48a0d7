import {expect, test} from 'vitest';
import {eventsOf, squeezed, summaryOf} from './builders.js';

const MEGABYTE = 1_048_576;
const repeated = (unit: string) => unit.repeat(Math.ceil(MEGABYTE / unit.length));

// Bounded work, not measured time: each of these took minutes where a rule looked at its text again from every place in it.
test.each([
  ['one line', 'word '],
  ['full stops', '.'],
  ['full stops apart', '. '],
  ['sentences', 'One more. '],
  ['line feeds', '\n'],
  ['dashes', '- '],
  ['fences', '```\n'],
  ['tags that nobody closes', '<system-reminder>\n'],
  ['opening brackets', '{'],
  ['blanks behind a bracket', '{                                '],
  ['backticks', '`'],
  ['stars', '** '],
  ['escape sequences', '\u001b[2J\u001b[31m'],
  ['halves of pairs', '\ud800\udc00\udc00'],
  ['one word', 'a'],
  ['one path', 'a/b.c_'],
  ['ideographs', '東京都庁'],
  ['pictures', '👍'],
  ['stack frames', '    at Object.<anonymous> (/a/b.js:1:1)\n'],
])('a megabyte of %s is summarized', (_, unit) => {
  const {title, bullets, keywords} = summaryOf(eventsOf(repeated(unit), 'The harbour crane was repaired yesterday by engineers.'));
  expect(title.split(/\s+/).length).toBeLessThanOrEqual(10);
  expect(bullets.length).toBeGreaterThan(0);
  expect(bullets.length).toBeLessThanOrEqual(5);
  for (const bullet of bullets) expect(bullet.text.length).toBeLessThan(1000);
  for (const keyword of keywords) expect(keyword.length).toBeLessThanOrEqual(40);
});

test('of a huge event head and tail are looked at', () => {
  const filler = repeated('Nothing happened in this hour at all. ');
  const {bullets} = summaryOf(eventsOf(`The glacier station lost its antenna. ${filler} The orchard telescope was sold to Portugal.`));
  const all = squeezed(bullets.map(({text}) => text).join(' '));
  expect(all).toContain(' glacier station lost its antenna ');
  expect(all).toContain(' orchard telescope was sold to portugal ');
});

test('ten thousand equal events cost no more than their text', () => {
  const texts = Array.from({length: 10_000}, () => 'The harbour crane was repaired yesterday by engineers. It had been rusty.');
  expect(summaryOf(eventsOf(...texts)).bullets.length).toBeLessThanOrEqual(5);
});

test('sentences of Chinese, Japanese, Russian and Thai are found', () => {
  const texts = [
    '昨天我们决定使用新的数据库。今天服务器崩溃了！',
    '東京タワーの工事は昨日終わりました。次は大阪です。',
    'Вчера мы починили сервер базы данных. Завтра продолжим работу.',
    'เมื่อวานเราซ่อมเซิร์ฟเวอร์ฐานข้อมูล',
  ];
  const events = eventsOf(...texts);
  const {bullets, keywords, title} = summaryOf(events);
  expect(bullets.length).toBeGreaterThanOrEqual(4);
  expect(keywords.length).toBeGreaterThan(2);
  expect(title).not.toBe('');
  for (const {text, sources} of bullets) {
    const event = events.find(({id}) => id === sources[0]);
    expect(event?.text).toContain(text.replace(/^\w+: /, ''));
  }
});

test('an adverb behind a full stop inside of code or an abbreviation ends no sentence', () => {
  const text = 'Dr. Smith ran `deploy. Now` on cluster 3.5 vs. the old one, e.g. the harbour node.';
  expect(summaryOf(eventsOf(text)).bullets).toEqual([{text: `user: ${text}`, sources: [eventsOf(text)[0]?.id]}]);
});
