import {expect, test} from 'vitest';
import type {AgentEvent, EventId, SessionKey} from '../../../src/domain/event/event.js';
import {makeEventId} from '../../../src/domain/event/identity/event-id.js';
import {DayTable} from '../../../src/domain/search/index/day-table.js';
import {SessionDayCounter, type SessionDayEntry} from '../../../src/domain/search/index/entry.js';
import {scoreDays} from '../../../src/domain/search/rank/day-scores.js';
import {proximityOf, scoreEvents, scoreOwnWords, scoreSessionsOf} from '../../../src/domain/search/rank/event-scores.js';
import {FoundPlaces} from '../../../src/domain/search/rank/found-places.js';
import {SearchTokenizer} from '../../../src/domain/search/words/tokenizer.js';
import {instant} from '../../../src/domain/time/instant.js';
import {localDate} from '../../../src/domain/toc/node-id.js';

const tokenizer = new SearchTokenizer();

function anEvent(at: number, text: string): AgentEvent {
  const time = instant(Date.parse('2024-01-15T10:00:00Z') + at * 1000);
  const id: EventId = makeEventId(time, String(at % 10).repeat(16));
  return {
    id,
    time,
    seq: 0,
    type: 'user_message',
    role: 'user',
    sessionId: 's',
    agent: '',
    project: '',
    source: '',
    sourceEventId: '',
    text,
    textBytes: 0,
    metadata: {},
  };
}

function entry(date: string, session: string, texts: readonly string[]): SessionDayEntry {
  const name = {date: localDate(date), sessionKey: session.repeat(16) as SessionKey};
  return new SessionDayCounter(tokenizer).entryOf(
    name,
    texts.map((text, at) => anEvent(at, text)),
  );
}

function placesOf(entries: readonly SessionDayEntry[], term: string): FoundPlaces {
  const found = new FoundPlaces();
  // From the last to the first: what waits is added behind what is merged.
  for (let day = entries.length - 1; day >= 0; day--) {
    const postings = entries[day]?.postings.get(term);
    if (postings) found.add(day, postings);
  }
  return found.sorted();
}

function rank(entries: readonly SessionDayEntry[], query: string) {
  const wanted = [...new Set(tokenizer.terms(query))].map((term) => ({term, weight: 1}));
  const days = new DayTable(new Map(), entries, []);
  const places = new Map(wanted.map(({term}) => [term, placesOf(entries, term)]));
  const view = {days, places};
  const scores = scoreDays(view, wanted);
  const opened = new Map(scores.order.first(entries.length).map((day) => [day, entries[day]?.events ?? []] as const));
  const events = scoreEvents(scores, opened, scoreOwnWords(view, wanted, scores, opened), new Map());
  return {events, sessions: scoreSessionsOf(view, scores, events), scores};
}

test('the event that says it comes first, then its neighbours, and what says nothing does not come', () => {
  const {events} = rank(
    [entry('2024-01-15', 'A', ['hello there', 'which port', 'the port is 8080', 'thanks', 'x', 'y', 'z z'])],
    'port 8080',
  );
  expect(events.map(({number}) => number)).toEqual([2, 1, 3, 0, 4, 5]);
});

test('a rarer word tells more, and a long event less', () => {
  const long = `rare ${'filler word here '.repeat(40)}`;
  const {events} = rank(
    [
      entry('2024-01-15', 'A', ['common']),
      entry('2024-01-16', 'B', ['common']),
      entry('2024-01-17', 'C', [long]),
      entry('2024-01-18', 'D', ['rare']),
      entry('2024-01-19', 'E', ['common']),
    ],
    'rare common',
  );
  expect(events.map(({day}) => day)).toEqual([3, 0, 1, 4, 2]);
});

test('a day is found by its name', () => {
  const {events} = rank([entry('2024-01-15', 'A', ['lunch']), entry('2024-01-16', 'B', ['lunch'])], 'lunch tuesday');
  expect(events[0]?.day).toBe(1);
});

test('a session is found by all its text together', () => {
  const {sessions} = rank(
    [entry('2024-01-15', 'A', ['login', 'page', 'redirect']), entry('2024-01-15', 'B', ['login', 'coffee', 'tea'])],
    'login redirect page',
  );
  expect(sessions.map(({key}) => key.charAt(0))).toEqual(['A', 'B']);
});

test('pairs of words count by their distance, the rarer one by its worth, up to four terms apart', () => {
  const wanted = [
    {term: 'a1', weight: 1},
    {term: 'b2', weight: 1},
  ];
  const places = (terms: readonly string[]) => terms.map((term, at) => ({term, at})).filter(({term}) => term !== 'x');
  expect(proximityOf(places(['a1', 'b2']), wanted, [3, 2])).toBe(2);
  expect(proximityOf(places(['a1', 'x', 'b2']), wanted, [3, 2])).toBe(1);
  expect(proximityOf(places(['a1', 'x', 'x', 'x', 'x', 'b2']), wanted, [3, 2])).toBe(0);
  expect(proximityOf(places(['a1', 'a1']), wanted, [3, 2])).toBe(0);
  expect(proximityOf(places(Array.from({length: 100}, (_, at) => (at % 2 ? 'a1' : 'b2'))), wanted, [3, 2])).toBe(20);
});
