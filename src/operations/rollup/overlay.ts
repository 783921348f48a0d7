import type {SessionKey} from '../../domain/event/event.js';
import type {Spending} from '../../domain/rollup/budget.js';
import {type NodePointer, pointerTo, type TocNode} from '../../domain/toc/node.js';
import {type LocalDate, type NodeId, periodPartOf, type TocLevel, tocLevelOf} from '../../domain/toc/node-id.js';
import type {Change, DateRange, NodeMark, SessionDayMark, Store} from '../../store/port/store.js';
import {holdInTurns, holdOnce} from '../access/hold.js';
import {JOB_PATIENCE_MS, type Mem} from '../mem.js';
import type {Hold, RollupStore} from './rollup-store.js';

type PartRange = {readonly from?: string | undefined; readonly to?: string | undefined};
type SessionDayKey = Pick<SessionDayMark, 'date' | 'sessionKey'>;

/** What a dry run would store, in memory above the store: what is read shows it, and nothing of it is written. */
export class Overlay implements RollupStore {
  #base: Store | undefined;
  readonly #nodes = new Map<NodeId, TocNode>();
  readonly #pointers = new ByPart<NodePointer>();
  /** Undefined where a mark was taken away. */
  readonly #nodeMarks = new ByPart<NodeMark | undefined>();
  readonly #sessionDayMarks = new Map<string, SessionDayMark | undefined>();
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

  readonly sessionDays: Store['sessionDays'] = (range) => this.#store.sessionDays(range);
  readonly events: Store['events'] = (start, end, rows) => this.#store.events(start, end, rows);
  readonly retries: Store['retries'] = () => this.#store.retries();
  readonly jobState: Store['jobState'] = (job) => this.#store.jobState(job);

  async sessionDayMarks({from, to}: DateRange): Promise<readonly SessionDayMark[]> {
    const stored = (await this.#store.sessionDayMarks({from, to})).filter((mark) => !this.#sessionDayMarks.has(keyOf(mark)));
    const planned = [...this.#sessionDayMarks.values()].filter((mark) => mark && isIn(mark.date, {from, to})) as SessionDayMark[];
    return [...stored, ...planned].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  }

  async sessionDayMarksOf(wanted: readonly SessionDayKey[]): Promise<readonly (SessionDayMark | undefined)[]> {
    const stored = await this.#store.sessionDayMarksOf(wanted);
    return wanted.map((one, at) => (this.#sessionDayMarks.has(keyOf(one)) ? this.#sessionDayMarks.get(keyOf(one)) : stored[at]));
  }

  async nodeMarks(tocLevel: TocLevel, range: PartRange = {}): Promise<readonly NodeMark[]> {
    const stored = (await this.#store.nodeMarks(tocLevel, range)).filter(({id}) => !this.#nodeMarks.has(id));
    return byId([...stored, ...this.#nodeMarks.within(tocLevel, range).filter((mark) => mark !== undefined)]);
  }

  async nodeMarksOf(ids: readonly NodeId[]): Promise<readonly (NodeMark | undefined)[]> {
    const stored = await this.#store.nodeMarksOf(ids);
    return ids.map((id, at) => (this.#nodeMarks.has(id) ? this.#nodeMarks.get(id) : stored[at]));
  }

  async pointers(tocLevel: TocLevel, range: PartRange, limit = Number.POSITIVE_INFINITY): Promise<readonly NodePointer[]> {
    const planned = this.#pointers.within(tocLevel, range);
    const stored = await this.#store.pointers(tocLevel, range, limit);
    if (planned.length === 0) return stored;
    return byId([...stored.filter(({id}) => !this.#pointers.has(id)), ...planned]).slice(0, limit);
  }

  async pointersOf(ids: readonly NodeId[]): Promise<readonly (NodePointer | undefined)[]> {
    const stored = await this.#store.pointersOf(ids);
    return ids.map((id, at) => this.#pointers.get(id) ?? stored[at]);
  }

  async nodes(ids: readonly NodeId[]): Promise<readonly (TocNode | undefined)[]> {
    const stored = await this.#store.nodes(ids.filter((id) => !this.#nodes.has(id)));
    const missing = stored.values();
    return ids.map((id) => this.#nodes.get(id) ?? missing.next().value);
  }

  async spentOn(date: LocalDate): Promise<Spending | undefined> {
    return this.#spent.get(date);
  }

  async commit(changes: readonly Change[]): Promise<number> {
    const commit = --this.#commits;
    for (const change of changes) this.#apply(change, commit);
    return commit;
  }

  /** @param commit no number that a commit of the store ever had */
  #apply(change: Change, commit: number): void {
    switch (change.kind) {
      case 'mark-session-day':
        this.#sessionDayMarks.set(keyOf(change), {date: change.date, sessionKey: change.sessionKey, commit});
        return;
      case 'unmark-session-day':
        this.#sessionDayMarks.set(keyOf(change), undefined);
        return;
      case 'mark-node':
        this.#nodeMarks.set(change.id, {id: change.id, commit});
        return;
      case 'unmark-node':
        this.#nodeMarks.set(change.id, undefined);
        return;
      case 'node':
        this.#nodes.set(change.node.id, change.node);
        this.#pointers.set(change.node.id, pointerTo(change.node));
        return;
      case 'redo-node':
        this.#pointers.set(change.pointer.id, {...change.pointer, inputFingerprint: ''});
        return;
      case 'ledger':
        this.#spent.set(change.date, change.spending);
        return;
      default:
        // Nothing that a plan reads: checkpoints and the retry list.
        return;
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

/** What belongs to nodes, by TOC level and year, so that a range is not looked for among all. */
class ByPart<T> {
  readonly #groups = new Map<string, Map<NodeId, T>>();

  set(id: NodeId, value: T): void {
    const key = `${tocLevelOf(id)} ${periodPartOf(id).slice(0, 4)}`;
    const group = this.#groups.get(key) ?? new Map<NodeId, T>();
    this.#groups.set(key, group.set(id, value));
  }

  #groupOf(id: NodeId): ReadonlyMap<NodeId, T> | undefined {
    return this.#groups.get(`${tocLevelOf(id)} ${periodPartOf(id).slice(0, 4)}`);
  }

  has(id: NodeId): boolean {
    return this.#groupOf(id)?.has(id) ?? false;
  }

  get(id: NodeId): T | undefined {
    return this.#groupOf(id)?.get(id);
  }

  within(tocLevel: TocLevel, range: PartRange): T[] {
    const found: T[] = [];
    for (const [key, group] of this.#groups) {
      const [level, year = ''] = key.split(' ');
      if (level !== tocLevel || year < (range.from ?? '').slice(0, 4) || (range.to !== undefined && year > range.to.slice(0, 4))) continue;
      for (const [id, value] of group) if (isIn(periodPartOf(id), range)) found.push(value);
    }
    return found;
  }
}

const keyOf = ({date, sessionKey}: {readonly date: LocalDate; readonly sessionKey: SessionKey}): string => `${date} ${sessionKey}`;
const isIn = (part: string, {from = '', to}: PartRange): boolean => part >= from && (to === undefined || part < to);
const byId = <T extends {readonly id: NodeId}>(list: T[]): T[] => list.sort((a, b) => (a.id < b.id ? -1 : 1));
