import fc from 'fast-check';
import {expect, test} from 'vitest';
import {type AgentEvent, compareEvents, type EventId, type SessionKey} from '../../../src/domain/event/event.js';
import {makeEventId} from '../../../src/domain/event/identity/event-id.js';
import {SessionDayCounter, type SessionDayEntry} from '../../../src/domain/search/index/entry.js';
import {countIntoRow, decodeEventsRow, decodePendingEntry} from '../../../src/domain/search/index/entry-row.js';
import {
  type MergedMonth,
  mergeMonth,
  type RowToMerge,
  readRowToMerge,
  type StoredMonth,
} from '../../../src/domain/search/index/merge-month.js';
import {bucketOf, decodeBucket, findInBucket, mergedDay} from '../../../src/domain/search/index/month.js';
import {decodeMonthHeader, encodeMonthHeader} from '../../../src/domain/search/index/month-header.js';
import {decodeWords} from '../../../src/domain/search/index/words-row.js';
import {FoundPlaces} from '../../../src/domain/search/rank/found-places.js';
import {SearchTokenizer} from '../../../src/domain/search/words/tokenizer.js';
import {instant} from '../../../src/domain/time/instant.js';
import {type LocalDate, localDate} from '../../../src/domain/toc/node-id.js';

const start = Date.parse('2024-01-01T00:00:00Z');
const counter = new SessionDayCounter(new SearchTokenizer());

/** A session-day of the index. */
interface CountedDay {
  readonly date: LocalDate;
  readonly sessionKey: SessionKey;
  readonly events: readonly AgentEvent[];
}

const aText = fc
  .array(fc.constantFrom('fix', 'bug', 'Größe', '修复登录', 'HTTPServer', 'a-long-word-of-some-length', 'the', 'z'.repeat(50)), {
    maxLength: 9,
  })
  .map((words) => words.join(' '));

const anEvent = fc
  .record({
    after: fc.integer({min: 0, max: 31 * 86_400_000}),
    elsewhere: fc.constantFrom(0, 0, 1),
    digit: fc.integer({min: 0, max: 31}),
    role: fc.constantFrom('user', 'assistant', 'system', 'tool'),
    project: fc.constantFrom('', 'acme/api', 'größe'),
    branch: fc.constantFrom('', 'main', 'fix/x'),
    text: aText,
  })
  .map(
    ({after, elsewhere, digit, branch, ...event}): Omit<AgentEvent, 'sessionId' | 'agent'> => ({
      id: makeEventId(instant(start + after), '0123456789ABCDEFGHJKMNPQRSTVWXYZ'.charAt(digit).repeat(16)) as EventId,
      time: instant(start + after + elsewhere),
      seq: 0,
      type: 'user_message',
      ...event,
      source: '',
      sourceEventId: '',
      textBytes: 0,
      metadata: branch === '' ? {} : {git_branch: branch},
    }),
  );

const aDay: fc.Arbitrary<CountedDay> = fc
  .record({
    day: fc.integer({min: 1, max: 31}),
    session: fc.constantFrom('A', 'B', 'C'),
    events: fc.uniqueArray(anEvent, {minLength: 1, maxLength: 6, selector: ({id}) => id}),
  })
  .map(({day, session, events}) => ({
    date: localDate(`2024-01-${String(day).padStart(2, '0')}`),
    sessionKey: session.repeat(16) as SessionKey,
    events: events.map((event) => ({...event, sessionId: `session ${session}`, agent: session === 'A' ? '' : 'codex'})),
  }));

const someDays = fc.uniqueArray(aDay, {minLength: 1, maxLength: 12, selector: ({date, sessionKey}) => date + sessionKey});

function toMerge({date, sessionKey, events}: CountedDay): RowToMerge {
  const row = readRowToMerge(date, sessionKey, countIntoRow(counter, events, 'a token'));
  if (row === undefined) throw new Error('the row is of another version');
  return row;
}

/** As bytes and back, as a store would keep it. */
function stored({header, buckets}: MergedMonth): StoredMonth {
  const read = decodeMonthHeader('2024-01', encodeMonthHeader(header));
  if (read === undefined) throw new Error('the header is of another version');
  return {header: read, buckets: new Map(buckets)};
}

const bytesOf = ({header, words, buckets}: MergedMonth): string =>
  [
    encodeMonthHeader({...header, generation: 0}),
    words,
    ...[...buckets].sort(([a], [b]) => a - b).map(([number, row]) => Buffer.concat([Buffer.of(number), row])),
  ]
    .map((row) => row.toString('hex'))
    .join(' ');

/** Counted with strings and maps, as one reads what an entry is. */
function slowEntry({date, sessionKey, events}: CountedDay): SessionDayEntry {
  const tokenizer = new SearchTokenizer();
  const postings = new Map<string, number[]>();
  const sorted = [...events].sort(compareEvents);
  const terms = sorted.map(({text}) => tokenizer.terms(text));
  terms.forEach((found, number) => {
    const times = new Map<string, number>();
    for (const term of found) times.set(term, (times.get(term) ?? 0) + 1);
    for (const [term, count] of times) {
      const known = postings.get(term) ?? [];
      known.push(number, count);
      postings.set(term, known);
    }
  });
  const [first] = sorted;
  const counted = sorted.map(({id, time, role, project, metadata}, number) => {
    const {git_branch: branch} = metadata;
    return {id, time, role, length: terms[number]?.length ?? 0, project, branch: typeof branch === 'string' ? branch : ''};
  });
  return {date, sessionKey, sessionId: first?.sessionId ?? '', agent: first?.agent ?? '', events: counted, postings};
}

test('an entry holds what its events say, and is the same after it was written and read', () => {
  fc.assert(
    fc.property(aDay, fc.string(), (day, token) => {
      const entry = slowEntry(day);
      expect(counter.entryOf({date: day.date, sessionKey: day.sessionKey}, day.events)).toEqual(entry);
      const row = countIntoRow(counter, day.events, token);
      expect(decodePendingEntry(day.date, day.sessionKey, row)).toEqual({entry, token});
    }),
  );
});

test('a merge reads off a waiting entry what the month and the events row hold', () => {
  fc.assert(
    fc.property(aDay, (day) => {
      const {sessionId, agent, events, ...entry} = slowEntry(day);
      const {day: merged, eventsRow} = toMerge(day);
      expect(merged).toEqual(mergedDay({...entry, agent, events}));
      expect(decodeEventsRow(eventsRow)).toEqual({sessionId, agent, events});
    }),
  );
});

test('an entry of another tokenizer is not read', () => {
  fc.assert(
    fc.property(aDay, ({date, sessionKey, events}) => {
      const row = countIntoRow(counter, events, '');
      row[0] = 99;
      expect(decodePendingEntry(date, sessionKey, row)).toBeUndefined();
      expect(readRowToMerge(date, sessionKey, row)).toBeUndefined();
    }),
    {numRuns: 5},
  );
});

test('a month is the same whatever was merged first, also after entries were replaced and taken out', () => {
  fc.assert(
    fc.property(someDays, fc.array(aDay, {maxLength: 4}), fc.nat(12), (days, later, cut) => {
      const {length} = later;
      const newest = new Map([...days, ...later].map((day) => [day.date + day.sessionKey, day]));
      const gone = new Set([...newest.keys()].filter((name) => name.endsWith('C') && length % 2 === 1));
      const whole = mergeMonth(
        undefined,
        [...newest].filter(([name]) => !gone.has(name)).map(([, day]) => toMerge(day)),
      );
      const first = stored(mergeMonth(undefined, days.slice(0, cut).map(toMerge)));
      const second = stored(mergeMonth(first, days.slice(cut).map(toMerge)));
      const third = later.reduce((month, day) => stored(mergeMonth(month, [toMerge(day)])), second);
      expect(bytesOf(mergeMonth(third, [], gone))).toBe(bytesOf(whole));
    }),
  );
});

function placesIn(row: Buffer, term: string): Map<number, Int32Array> {
  const reader = findInBucket(row, Buffer.from(term));
  const found = new FoundPlaces();
  let place = 0;
  for (let left = reader?.number() ?? 0; reader && left > 0; left--) {
    place += reader.number();
    found.read(place, reader);
  }
  return new Map(Array.from({length: found.size}, (_, rank) => [found.dayAt(rank), found.postingsAt(rank)]));
}

test('every term is found in its bucket with its places, and no other; and the words of the month are those of its buckets', () => {
  fc.assert(
    fc.property(someDays, (days) => {
      const month = mergeMonth(undefined, days.map(toMerge));
      const {header, buckets} = stored(month);
      for (const entry of days.map(slowEntry)) {
        const place = header.days.list().findIndex((day) => day.date === entry.date && day.sessionKey === entry.sessionKey);
        for (const [term, postings] of entry.postings) {
          const row = buckets.get(bucketOf(term, header.buckets)) ?? Buffer.alloc(0);
          expect(placesIn(row, term).get(place)).toEqual(Int32Array.from(postings));
          expect(placesIn(row, 'absent')).toEqual(new Map());
        }
      }
      const terms = [...buckets.values()].flatMap((row) => [...decodeBucket(row).keys()]);
      expect(decodeWords(month.words)).toEqual(terms.filter((term) => !term.includes(':')).sort());
    }),
  );
});

test('a header tells of each session-day what was merged, and of all of them together', () => {
  const aMergedDay = fc.record({
    date: fc.integer({min: 1, max: 31}).map((day) => localDate(`2024-01-${String(day).padStart(2, '0')}`)),
    sessionKey: fc.constantFrom('A', 'B').map((letter) => letter.repeat(16) as SessionKey),
    agent: fc.constantFrom('', 'codex', 'größe'),
    events: fc.constantFrom(0, 1, 255, 256, 65_536, 2 ** 32 - 1),
    length: fc.nat({max: 2 ** 32 - 1}),
    projects: fc.subarray(['', 'acme/api', 'größe', 'x'.repeat(300)]),
  });
  fc.assert(
    fc.property(fc.array(aMergedDay, {maxLength: 40}), (days) => {
      const row = encodeMonthHeader({generation: 3, buckets: 8, days});
      const header = decodeMonthHeader('2024-01', row);
      expect(header).toMatchObject({generation: 3, buckets: 8});
      expect(header?.days.list()).toEqual(days);
      expect(header?.days.events).toBe(days.reduce((sum, {events}) => sum + events, 0));
      expect(header?.days.terms).toBe(days.reduce((sum, {length}) => sum + length, 0));
      expect(new Set(header?.days.projects)).toEqual(new Set(days.flatMap(({projects}) => projects)));
      row[0] = 99;
      expect(decodeMonthHeader('2024-01', row)).toBeUndefined();
    }),
  );
});

/** A session-day of January with an event for each text, a second apart. */
function dayOf(day: number, texts: readonly string[]): CountedDay {
  const events = texts.map((text, at): AgentEvent => {
    const time = instant(start + (day - 1) * 86_400_000 + at * 1_000);
    const said = {type: 'user_message', role: 'user', sessionId: 's', agent: '', project: '', source: '', sourceEventId: ''} as const;
    return {id: makeEventId(time, 'A'.repeat(16)), time, seq: 0, ...said, text, textBytes: 0, metadata: {}};
  });
  return {date: localDate(`2024-01-${String(day).padStart(2, '0')}`), sessionKey: 'S'.repeat(16) as SessionKey, events};
}

test('a session-day may have thousands of terms, and each of them stand in thousands of its events', () => {
  const words = Array.from({length: 5_000}, (_, n) => `word${n}x`);
  const long = dayOf(1, [words.join(' '), ...Array.from({length: 3_000}, (_, n) => `common word${n}x word${n}x`)]);
  expect(counter.entryOf({date: long.date, sessionKey: long.sessionKey}, long.events)).toEqual(slowEntry(long));
});

test('a term may stand in each session-day of a month, and a month have thousands of terms', () => {
  const words = Array.from({length: 5_000}, (_, n) => `word${n}x`);
  const days = Array.from({length: 31}, (_, at) => dayOf(at + 1, [`${at === 7 ? words.join(' ') : 'common'} common`]));
  const {header, buckets} = stored(mergeMonth(undefined, days.map(toMerge)));
  const find = (term: string) => placesIn(buckets.get(bucketOf(term, header.buckets)) ?? Buffer.alloc(0), term);
  expect([...find('common')]).toEqual(days.map((_, place) => [place, Int32Array.of(0, place === 7 ? 1 : 2)]));
  for (const word of words) expect([...find(word)]).toEqual([[7, Int32Array.of(0, 1)]]);
});
