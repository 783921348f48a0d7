import {addSpending, grantWithin, NOTHING_SPENT, type Spending} from '../../domain/rollup/budget.js';
import {type NodePointer, pointerTo, type TocNode} from '../../domain/toc/node.js';
import {
  type LocalDate,
  type NodeId,
  type PeriodId,
  type PeriodLevel,
  periodPartOf,
  type TocLevel,
  tocLevelOf,
} from '../../domain/toc/node-id.js';
import type {Change, CommitOutcome, DateRange, NodeMark, ReservationRequest, SessionDayMark, Store} from '../../store/port/store.js';
import {holdInTurns, holdOnce} from '../access/hold.js';
import {JOB_PATIENCE_MS, type Mem} from '../mem.js';
import type {Hold, RollupStore} from './rollup-store.js';

type SessionDayKey = Pick<SessionDayMark, 'date' | 'sessionKey'>;

/** What a dry run would store, in memory above the store: what is read shows it, and nothing of it is written. */
export class Overlay implements RollupStore {
  #base: Store | undefined;
  readonly #nodes = new Map<NodeId, TocNode>();
  readonly #pointers = new Layer<NodePointer>(nodePlace);
  readonly #nodeMarks = new Layer<NodeMark, Pick<NodeMark, 'id'>>(nodePlace);
  readonly #sessionDayMarks = new Layer<SessionDayMark, SessionDayKey>(({date, sessionKey}) => ['', `${date} ${sessionKey}`]);
  readonly #spent: Map<LocalDate, Spending>;
  #commits = 0;

  /** @param spent the ledger, as far as it is needed */
  constructor(spent: Iterable<readonly [LocalDate, Spending]>) {
    this.#spent = new Map(spent);
  }

  /** The view on an opening of the store. */
  over(store: Store): this {
    this.#base = store;
    return this;
  }

  get #store(): Store {
    if (this.#base === undefined) throw new Error('the overlay lies over no store');
    return this.#base;
  }

  get header(): Store['header'] {
    return this.#store.header;
  }

  get care(): Store['care'] {
    return this.#store.care;
  }

  readonly sessionDays: Store['sessionDays'] = (range) => this.#store.sessionDays(range);
  readonly sessionDaysOf: Store['sessionDaysOf'] = (wanted) => this.#store.sessionDaysOf(wanted);
  readonly events: Store['events'] = (start, end, rows) => this.#store.events(start, end, rows);
  readonly retries: Store['retries'] = () => this.#store.retries();
  readonly searchRowsOf: Store['searchRowsOf'] = (keys) => this.#store.searchRowsOf(keys);
  readonly jobStates: Store['jobStates'] = (jobs) => this.#store.jobStates(jobs);

  async markedDates(): Promise<readonly LocalDate[]> {
    return [...new Set((await this.sessionDayMarks({})).map(({date}) => date))];
  }

  async sessionDayMarks(range: DateRange): Promise<readonly SessionDayMark[]> {
    return this.#sessionDayMarks.above(await this.#store.sessionDayMarks(range), '', range);
  }

  async sessionDayMarksOf(wanted: readonly SessionDayKey[]): Promise<readonly (SessionDayMark | undefined)[]> {
    return this.#sessionDayMarks.aboveEach(await this.#store.sessionDayMarksOf(wanted), wanted);
  }

  async nodeMarks(tocLevel: PeriodLevel, range: PartRange = {}): Promise<readonly NodeMark[]> {
    return this.#nodeMarks.above(await this.#store.nodeMarks(tocLevel, range), tocLevel, range);
  }

  async nodeMarksOf(ids: readonly PeriodId[]): Promise<readonly (NodeMark | undefined)[]> {
    return this.#nodeMarks.aboveEach(
      await this.#store.nodeMarksOf(ids),
      ids.map((id) => ({id})),
    );
  }

  async pointers(tocLevel: TocLevel, range: PartRange, limit?: number): Promise<readonly NodePointer[]> {
    return this.#pointers.above(await this.#store.pointers(tocLevel, range, limit), tocLevel, range).slice(0, limit);
  }

  async pointersOf(ids: readonly NodeId[]): Promise<readonly (NodePointer | undefined)[]> {
    return this.#pointers.aboveEach(
      await this.#store.pointersOf(ids),
      ids.map((id) => ({id})),
    );
  }

  async nodes(ids: readonly NodeId[]): Promise<readonly (TocNode | undefined)[]> {
    const stored = (await this.#store.nodes(ids.filter((id) => !this.#nodes.has(id)))).values();
    return ids.map((id) => this.#nodes.get(id) ?? stored.next().value);
  }

  async reserve(date: LocalDate, {asked, limits, run}: ReservationRequest): Promise<readonly boolean[]> {
    const day = this.#spent.get(date) ?? NOTHING_SPENT;
    const granted = grantWithin(limits, run, day, asked);
    this.#spent.set(date, asked.filter((_, at) => granted[at]).reduce(addSpending, day));
    return granted;
  }

  async commit(changes: readonly Change[]): Promise<CommitOutcome> {
    const token = `planned ${++this.#commits}`;
    for (const change of changes) await this.#apply(change, token);
    return {kind: 'done'};
  }

  /** Checkpoints and the retry list are nothing that a plan reads. */
  async #apply(change: Change, token: string): Promise<void> {
    switch (change.kind) {
      case 'mark-session-day':
        return this.#sessionDayMarks.set(change, {date: change.date, sessionKey: change.sessionKey, token});
      case 'unmark-session-day':
        return this.#sessionDayMarks.set(change, undefined);
      case 'mark-node':
        return this.#nodeMarks.set(change, {id: change.id, token});
      case 'unmark-node':
        return this.#nodeMarks.set(change, undefined);
      case 'redo-node': {
        const [pointer] = await this.pointersOf([change.pointer.id]);
        return pointer && this.#pointers.set(pointer, {...pointer, inputFingerprint: ''});
      }
      case 'node':
        this.#nodes.set(change.node.id, change.node);
        return this.#pointers.set(change.node, pointerTo(change.node));
    }
  }
}

/** Opens the store for a dry run, with the overlay above it. */
export function holdOverlay(mem: Pick<Mem, 'store' | 'clock'>, overlay: Overlay): Hold {
  return {
    once: (work) => holdOnce(mem, (store) => work(overlay.over(store))),
    inTurns: (work) => holdInTurns(mem, JOB_PATIENCE_MS, (current) => work(() => overlay.over(current()))),
    ledger: (work) => work(overlay),
  };
}

type PartRange = {readonly from?: string | undefined; readonly to?: string | undefined};
/** Where a value belongs: a group, and in it a part by which ranges go. */
type Place = readonly [group: string, part: string];

const nodePlace = ({id}: {readonly id: NodeId}): Place => [tocLevelOf(id), periodPartOf(id)];

/** Values in the place of stored ones; undefined for one that was taken away. Kept by year, so that a range is not sought among all. */
class Layer<T extends K, K = {readonly id: NodeId}> {
  readonly #placeOf: (key: K) => Place;
  readonly #years = new Map<string, Map<string, T | undefined>>();

  constructor(placeOf: (key: K) => Place) {
    this.#placeOf = placeOf;
  }

  set(key: K, value: T | undefined): void {
    const [group, part] = this.#placeOf(key);
    const name = `${group} ${part.slice(0, 4)}`;
    this.#years.set(name, (this.#years.get(name) ?? new Map<string, T | undefined>()).set(part, value));
  }

  /** What a range of stored values looks like from above. */
  above(stored: readonly T[], group: string, {from = '', to = '~'}: PartRange): readonly T[] {
    const planned = new Map<string, T | undefined>();
    for (const [name, values] of this.#years) {
      if (name < `${group} ${from.slice(0, 4)}` || name > `${group} ${to.slice(0, 4)}`) continue;
      for (const [part, value] of values) if (part >= from && part < to) planned.set(part, value);
    }
    if (planned.size === 0) return stored;
    const parts = new Map<string, T | undefined>(stored.map((value) => [this.#placeOf(value)[1], value]));
    for (const [part, value] of planned) parts.set(part, value);
    return [...parts].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, value]) => value ?? []);
  }

  /** What single values look like from above. */
  aboveEach(stored: readonly (T | undefined)[], keys: readonly K[]): readonly (T | undefined)[] {
    return keys.map((key, at) => {
      const [group, part] = this.#placeOf(key);
      const values = this.#years.get(`${group} ${part.slice(0, 4)}`);
      return values?.has(part) ? values.get(part) : stored[at];
    });
  }
}
