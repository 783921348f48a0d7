import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {EventId, SessionKey} from '../../../src/domain/event/event.js';
import {makeEventId} from '../../../src/domain/event/identity/event-id.js';
import type {IndexedEvent, SessionDayEntry} from '../../../src/domain/search/index/entry.js';
import {decodeEventsRow, decodePendingEntry, encodeEventsRow, encodePendingEntry} from '../../../src/domain/search/index/entry-row.js';
import {
  bucketOf,
  decodeBucket,
  decodeMonthHeader,
  encodeBucket,
  encodeMonthHeader,
  findInBucket,
  type MergedMonth,
  mergeMonth,
  termsOfBucket,
} from '../../../src/domain/search/index/month.js';
import {instant} from '../../../src/domain/time/instant.js';
import {localDate} from '../../../src/domain/toc/node-id.js';

const start = Date.parse('2024-01-01T00:00:00Z');

const anEvent: fc.Arbitrary<IndexedEvent> = fc.record({
  id: fc
    .tuple(fc.integer({min: 0, max: 31 * 86_400_000}), fc.integer({min: 0, max: 31}))
    .map(([after, digit]) => makeEventId(instant(start + after), '0123456789ABCDEFGHJKMNPQRSTVWXYZ'.charAt(digit).repeat(16)) as EventId),
  time: fc.integer({min: 0, max: 31 * 86_400_000}).map((after) => instant(start + after)),
  role: fc.constantFrom('user', 'assistant', 'system', 'tool'),
  length: fc.nat(5_000),
  project: fc.constantFrom('', 'acme/api', 'größe'),
  branch: fc.constantFrom('', 'main', 'fix/x'),
});

const anEntry: fc.Arbitrary<SessionDayEntry> = fc
  .record({
    day: fc.integer({min: 1, max: 31}),
    session: fc.constantFrom('A', 'B', 'C'),
    events: fc.array(anEvent, {minLength: 1, maxLength: 6}),
    postings: fc.dictionary(
      fc.constantFrom('fix', 'bug', '修复', 'a-long-term-of-some-length', 'z'),
      fc.uniqueArray(fc.tuple(fc.nat(300), fc.integer({min: 1, max: 200})), {minLength: 1, maxLength: 5, selector: ([number]) => number}),
    ),
  })
  .map(({day, session, events, postings}) => ({
    date: localDate(`2024-01-${String(day).padStart(2, '0')}`),
    sessionKey: session.repeat(16) as SessionKey,
    sessionId: `session ${session}`,
    agent: session === 'A' ? '' : 'codex',
    events,
    postings: new Map(Object.entries(postings).map(([term, places]) => [term, places.sort(([a], [b]) => a - b).flat()])),
  }));

const someEntries = fc.uniqueArray(anEntry, {minLength: 1, maxLength: 12, selector: ({date, sessionKey}) => date + sessionKey});

/** As bytes and back, as a store would keep it. */
function stored({header, buckets}: MergedMonth): MergedMonth {
  const read = decodeMonthHeader('2024-01', encodeMonthHeader(header));
  if (read === undefined) throw new Error('the header is of another version');
  return {header: read, buckets: new Map([...buckets].map(([number, bucket]) => [number, decodeBucket(encodeBucket(bucket))]))};
}

const bytesOf = ({header, buckets}: MergedMonth): string =>
  [
    encodeMonthHeader({...header, generation: 0}),
    ...[...buckets].sort(([a], [b]) => a - b).map(([number, bucket]) => Buffer.concat([Buffer.of(number), encodeBucket(bucket)])),
  ]
    .map((row) => row.toString('hex'))
    .join(' ');

test('an entry is the same after it was written and read', () => {
  fc.assert(
    fc.property(anEntry, fc.string(), (entry, token) => {
      expect(decodePendingEntry(entry.date, entry.sessionKey, encodePendingEntry({entry, token}))).toEqual({entry, token});
      const {sessionId, agent, events} = entry;
      expect(decodeEventsRow(encodeEventsRow({sessionId, agent, events}))).toEqual({sessionId, agent, events});
    }),
  );
});

test('an entry of another tokenizer is not read', () => {
  fc.assert(
    fc.property(anEntry, (entry) => {
      const row = encodePendingEntry({entry, token: ''});
      row[0] = 99;
      expect(decodePendingEntry(entry.date, entry.sessionKey, row)).toBeUndefined();
    }),
    {numRuns: 5},
  );
});

test('a month is the same whatever was merged first, also after entries were replaced and taken out', () => {
  fc.assert(
    fc.property(someEntries, fc.array(anEntry, {maxLength: 4}), fc.nat(12), (entries, later, cut) => {
      const {length} = later;
      const newest = new Map([...entries, ...later].map((entry) => [entry.date + entry.sessionKey, entry]));
      const gone = new Set([...newest.keys()].filter((name) => name.endsWith('C') && length % 2 === 1));
      const whole = mergeMonth(
        undefined,
        [...newest].filter(([name]) => !gone.has(name)).map(([, entry]) => entry),
      );
      const first = stored(mergeMonth(undefined, entries.slice(0, cut)));
      const second = stored(mergeMonth(first, entries.slice(cut)));
      const third = later.reduce((month, entry) => stored(mergeMonth(month, [entry])), second);
      expect(bytesOf(mergeMonth(third, [], gone))).toBe(bytesOf(whole));
    }),
  );
});

test('every term is found in its bucket with its places, and no other', () => {
  fc.assert(
    fc.property(someEntries, (entries) => {
      const {header, buckets} = mergeMonth(undefined, entries);
      for (const entry of entries) {
        const place = header.days.findIndex((day) => day.date === entry.date && day.sessionKey === entry.sessionKey);
        for (const [term, postings] of entry.postings) {
          const row = encodeBucket(buckets.get(bucketOf(term, header.buckets)) ?? new Map());
          expect(
            findInBucket(row, new Set([term, 'absent']))
              .get(term)
              ?.get(place),
          ).toEqual(postings);
          expect(termsOfBucket(row)).toContain(term);
        }
      }
    }),
  );
});
