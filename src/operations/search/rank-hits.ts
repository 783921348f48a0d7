import type {AgentEvent, EventId, SessionKey} from '../../domain/event/event.js';
import type {ProjectFilter} from '../../domain/event/project-filter.js';
import {type IndexedEvent, searchedText} from '../../domain/search/index/entry.js';
import type {IndexedDays} from '../../domain/search/index/indexed-days.js';
import type {Query} from '../../domain/search/query/query.js';
import {type DayScores, scoreDays} from '../../domain/search/rank/day-scores.js';
import {type Proximities, proximityOf, scoreEvents, scoreOwnWords} from '../../domain/search/rank/event-scores.js';
import type {EventPlace} from '../../domain/search/rank/near-pairs.js';
import type {IndexView, WantedTerm} from '../../domain/search/rank/view.js';
import {RANK} from '../../domain/search/rank/weights.js';
import {TermFinder} from '../../domain/search/words/term-finder.js';
import type {SearchTokenizer} from '../../domain/search/words/tokenizer.js';
import {instant} from '../../domain/time/instant.js';
import {Calendar} from '../../domain/time/period.js';
import type {LocalDate} from '../../domain/toc/node-id.js';
import type {Store} from '../../store/port/store.js';
import {nearEvents} from './near-events.js';
import {openDays} from './open-days.js';
import type {SearchRequest} from './search-request.js';
import {type ScoredHit, takeHits} from './take-hits.js';

const DAY_MS = 86_400_000;
/** A day before the end of 9999. */
const LAST_TIME = 253_402_214_400_000;

/** What a filter names, found in the store. */
interface Found {
  readonly isWanted: ProjectFilter;
  /** Undefined for all. */
  readonly sessions: ReadonlySet<SessionKey> | undefined;
}

type RankRequest = SearchRequest & Found;

interface Ranked {
  readonly hits: readonly ScoredHit[];
  readonly scores: DayScores;
  readonly isCut: boolean;
}

/** Opens the best session-days, some at a time, until there are hits enough. Those that no wanted event can be of are not opened for it. */
export async function rankHits(
  store: Store,
  view: IndexView & {readonly days: IndexedDays},
  wanted: readonly WantedTerm[],
  query: Query,
  request: RankRequest,
  tokenizer: SearchTokenizer,
): Promise<Ranked> {
  const {days} = view;
  const required = query.phrases.length === 0 ? [] : [...new Set(query.phrases.flatMap((phrase) => tokenizer.terms(phrase)))];
  const scores = scoreDays(view, wanted, {isOpen: (day) => mayHold(days, day, request), required});
  const isInTime = dateFilter(request, new Calendar(store.header.timeZone));
  const nearness = {store, view, wanted, scores, others: new Map<number, Float64Array>()};
  const texts = new NearTexts(store, tokenizer, wanted, scores);
  const passing = new Map<EventId, boolean>();
  const opened = new Map<number, readonly IndexedEvent[]>();
  for (let count = RANK.openDays; ; count *= 4) {
    const best = scores.order.first(count);
    const inside = best.filter((day) => isInTime(days.date(day)));
    const more = inside.filter((day) => !opened.has(day));
    for (const [day, events] of await openDays(store, days, more)) opened.set(day, events);
    const own = scoreOwnWords(view, wanted, scores, opened);
    // With one word there are no pairs.
    const near =
      wanted.length < 2 ? [] : await nearEvents(nearness, own, inside.length === best.length ? [] : best.filter((day) => !opened.has(day)));
    const events = scoreEvents(scores, opened, own, await texts.proximities(near, opened));
    const fitting = events.filter(({event}) => passes(event, request));
    const {hits, isCut} = await takeHits(store, view, scores, fitting, query, request, {tokenizer, passing});
    if (hits.length >= request.limit || count >= scores.order.length) return {hits, scores, isCut};
  }
}

function mayHold(days: IndexedDays, day: number, {agent, sessions}: RankRequest): boolean {
  return (agent === undefined || days.agent(day) === agent) && (sessions === undefined || sessions.has(days.sessionKey(day)));
}

/** Whether a session-day of a date may have events of a span of time. A day more at both ends harms nothing. */
function dateFilter({from, to}: Pick<RankRequest, 'from' | 'to'>, calendar: Calendar): (date: LocalDate) => boolean {
  const first = from === undefined ? '' : dateOf(calendar, from - DAY_MS);
  const last = to === undefined ? '' : dateOf(calendar, to + DAY_MS);
  return (date) => (first === '' || date >= first) && (last === '' || date <= last);
}

/** Empty where it is beyond the dates that can be written. */
function dateOf(calendar: Calendar, time: number): LocalDate | '' {
  return time < 0 || time > LAST_TIME ? '' : calendar.dateOf(instant(time));
}

function passes(event: IndexedEvent, {from, to, role, branch, isWanted}: RankRequest): boolean {
  if (from !== undefined && event.time < from) return false;
  if (to !== undefined && event.time >= to) return false;
  if (role !== undefined && event.role !== role) return false;
  if (branch !== undefined && event.branch !== branch) return false;
  return isWanted(event.project);
}

/** Reads how close together words stand in texts, in each text once. */
class NearTexts {
  readonly #store: Pick<Store, 'eventsOf'>;
  readonly #finder: TermFinder;
  readonly #wanted: readonly WantedTerm[];
  readonly #scores: DayScores;
  readonly #known = new Map<number, Map<number, number>>();

  constructor(store: Pick<Store, 'eventsOf'>, tokenizer: SearchTokenizer, wanted: readonly WantedTerm[], scores: DayScores) {
    this.#store = store;
    this.#finder = new TermFinder(
      tokenizer,
      wanted.map(({term}) => term),
    );
    [this.#wanted, this.#scores] = [wanted, scores];
  }

  async proximities(places: readonly EventPlace[], opened: ReadonlyMap<number, readonly IndexedEvent[]>): Promise<Proximities> {
    const unknown = places.filter(({day, number}) => this.#known.get(day)?.has(number) !== true);
    const texts = await this.#store.eventsOf(unknown.flatMap(({day, number}) => opened.get(day)?.[number]?.id ?? []));
    unknown.forEach(({day, number}, at) => {
      const known = this.#known.get(day) ?? new Map<number, number>();
      this.#known.set(day, known.set(number, this.#proximityOf(texts[at])));
    });
    const wanted = new Map<number, Map<number, number>>();
    for (const {day, number} of places) {
      const own = wanted.get(day) ?? new Map<number, number>();
      wanted.set(day, own.set(number, this.#known.get(day)?.get(number) ?? 0));
    }
    return wanted;
  }

  #proximityOf(event: AgentEvent | undefined): number {
    if (event === undefined) return 0;
    return proximityOf(this.#finder.places(searchedText(event), RANK.proximity.distance), this.#wanted, this.#scores.idf);
  }
}
