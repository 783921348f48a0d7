import type {AgentEvent, EventId} from '../../domain/event/event.js';
import {searchedText} from '../../domain/search/index/entry.js';
import type {HitKind} from '../../domain/search/query/hit-kind.js';
import {passesQuery, type Query, readsTexts} from '../../domain/search/query/query.js';
import type {DayScores} from '../../domain/search/rank/day-scores.js';
import {type ScoredEvent, type ScoredGroup, scoreGroups, scoreSessionsOf} from '../../domain/search/rank/event-scores.js';
import type {IndexView} from '../../domain/search/rank/view.js';
import type {SearchTokenizer} from '../../domain/search/words/tokenizer.js';
import type {Store} from '../../store/port/store.js';
import {findSegments} from './find-segments.js';

/** Phrases and what is not wanted are looked for in the texts of so many events. */
const MOST_TEXTS = 2_000;
const TEXTS_AT_ONCE = 200;

export interface ScoredHit {
  readonly event: AgentEvent;
  readonly score: number;
}

interface TextParts {
  readonly tokenizer: SearchTokenizer;
  /** Of events whose texts were read, whether they pass: none is read twice in the same search. */
  readonly passing: Map<EventId, boolean>;
}

/** The best of some scored events, or the best of each session, day or segment, with their texts; of those alone that hold what the query asks for beside its words. */
export async function takeHits(
  store: Pick<Store, 'eventsOf' | 'pointers'>,
  view: IndexView,
  scores: DayScores,
  events: readonly ScoredEvent[],
  query: Query,
  {limit, by}: {readonly limit: number; readonly by: HitKind},
  parts: TextParts,
): Promise<{hits: readonly ScoredHit[]; isCut: boolean}> {
  const reads = readsTexts(query);
  const {passing, isCut} = reads
    ? await readTexts(store, events, query, by === 'event' ? limit : MOST_TEXTS, parts)
    : {passing: events, isCut: false};
  const best: readonly {scored: ScoredEvent; score: number}[] =
    by === 'event'
      ? passing.slice(0, limit).map((scored) => ({scored, score: scored.score}))
      : (await scoreBy(by, store, view, scores, passing))
          .slice(0, limit)
          .flatMap(({events: [first], score}: ScoredGroup) => (first ? [{scored: first, score}] : []));
  const found = await store.eventsOf(best.map(({scored}) => scored.event.id));
  return {hits: best.flatMap(({score}, at) => (found[at] ? [{event: found[at], score}] : [])), isCut};
}

/** What has no segment yet counts as one: the events of its session-day. */
async function scoreBy(
  by: Exclude<HitKind, 'event'>,
  store: Pick<Store, 'pointers'>,
  view: IndexView,
  scores: DayScores,
  events: readonly ScoredEvent[],
): Promise<readonly ScoredGroup[]> {
  if (by === 'session') return scoreSessionsOf(view, scores, events);
  if (by === 'day') return scoreGroups(events, ({day}) => view.days.date(day));
  const segmentOf = await findSegments(
    store,
    events.map(({day}) => view.days.date(day)),
  );
  return scoreGroups(events, ({day, event}) => {
    const sessionKey = view.days.sessionKey(day);
    return segmentOf({sessionKey, time: event.time})?.id ?? `${view.days.date(day)}${sessionKey}`;
  });
}

/** Those whose texts hold what the query asks for, in their order. */
async function readTexts(
  store: Pick<Store, 'eventsOf'>,
  events: readonly ScoredEvent[],
  query: Query,
  enough: number,
  {tokenizer, passing: known}: TextParts,
): Promise<{passing: readonly ScoredEvent[]; isCut: boolean}> {
  const passing: ScoredEvent[] = [];
  let at = 0;
  for (; at < Math.min(events.length, MOST_TEXTS) && passing.length < enough; at += TEXTS_AT_ONCE) {
    const some = events.slice(at, Math.min(at + TEXTS_AT_ONCE, MOST_TEXTS));
    const unread = some.filter(({event}) => !known.has(event.id)).map(({event}) => event.id);
    const texts = await store.eventsOf(unread);
    unread.forEach((id, place) => {
      const event = texts[place];
      const text = event && searchedText(event);
      known.set(id, text !== undefined && passesQuery(query, text, () => new Set(tokenizer.terms(text))));
    });
    passing.push(...some.filter(({event}) => known.get(event.id)));
  }
  return {passing, isCut: passing.length < enough && at < events.length};
}
