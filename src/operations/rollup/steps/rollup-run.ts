import type {EpochMs} from '../../../domain/event/event.js';
import type {Retry} from '../../../domain/rollup/retry.js';
import type {Calendar} from '../../../domain/time/period.js';
import type {NodeId} from '../../../domain/toc/node-id.js';
import type {Change, Store} from '../../../store/port/store.js';
import type {Mem} from '../../mem.js';
import {dueOf} from './retries.js';
import {RunBudget} from './run-budget.js';

/** What `status` shows of a rollup, and whether one was cut short. What is left to do is what is marked. */
export interface RollupCheckpoint {
  readonly run_id: string;
  readonly started_at: EpochMs;
  readonly made: number;
  readonly retracted: number;
  readonly last_node: NodeId | undefined;
  /** Missing while it runs, and for ever when it was killed. */
  readonly finished_at?: EpochMs;
}

export const ROLLUP_JOB = 'rollup';

/** One rollup: what its parts share. */
export class RollupRun {
  readonly mem: Mem;
  readonly calendar: Calendar;
  /** Decides what is due, the same for the whole run. */
  readonly now: EpochMs;
  readonly signal: AbortSignal;
  /** Only of a run with a model. */
  readonly budget: RunBudget | undefined;
  /** Nodes for which the model is asked again now. */
  readonly dueRetries: ReadonlySet<NodeId>;
  readonly #retries: Map<NodeId, Retry>;
  readonly #runId: string;
  #made = 0;
  #retracted = 0;
  #lastNode: NodeId | undefined;

  /** @param retries the retry list */
  constructor(mem: Mem, calendar: Calendar, now: EpochMs, signal: AbortSignal, retries: readonly Retry[]) {
    this.mem = mem;
    this.calendar = calendar;
    this.now = now;
    this.signal = signal;
    this.budget = mem.model && new RunBudget(mem, calendar);
    this.dueRetries = new Set(dueOf(mem, retries, now).map(({id}) => id));
    this.#retries = new Map(retries.map((retry) => [retry.id, retry]));
    this.#runId = `${now}`;
  }

  get changedCount(): number {
    return this.#made + this.#retracted;
  }

  /** The entry of a node on the retry list, if it is there. */
  retryOf(id: NodeId): Retry | undefined {
    return this.#retries.get(id);
  }

  /**
   * Commits changes with the checkpoint, and with what calls really took. Unsynced unless money was paid for it: marks and nodes of a
   * commit that a power cut takes back are made again. A node that gets a version leaves the retry list.
   */
  async commit(store: Store, changes: readonly Change[], {sync} = {sync: false}): Promise<void> {
    if (changes.length === 0) return;
    const leaving = new Set<NodeId>();
    for (const change of changes) {
      if (change.kind !== 'node') continue;
      if (change.node.status === 'retracted') this.#retracted++;
      else this.#made++;
      this.#lastNode = change.node.id;
      if (this.#retries.has(change.node.id)) leaving.add(change.node.id);
    }
    if (leaving.size > 0) for (const change of changes) if (change.kind === 'retry') leaving.delete(change.retry.id);
    const noRetries = [...leaving].map((id): Change => ({kind: 'no-retry', id}));
    const settlements = this.budget?.settlements() ?? [];
    await store.commit([...changes, ...noRetries, ...settlements, this.#checkpoint()], this.mem.clock(), {sync});
  }

  /** The run's last commit: with it, all before it are on disk. A run that changed nothing writes nothing, unless it closes one that was cut short. */
  async finish(store: Store): Promise<void> {
    const settlements = this.budget?.settlements() ?? [];
    const last = (await store.jobStates([ROLLUP_JOB]))[0] as RollupCheckpoint | undefined;
    if (this.changedCount > 0 || settlements.length > 0 || (last !== undefined && last.finished_at === undefined))
      await store.commit([...settlements, this.#checkpoint(this.mem.clock())], this.mem.clock(), {sync: true});
  }

  #checkpoint(finishedAt?: EpochMs): Change {
    const state: RollupCheckpoint = {
      run_id: this.#runId,
      started_at: this.now,
      made: this.#made,
      retracted: this.#retracted,
      last_node: this.#lastNode,
      ...(finishedAt !== undefined && {finished_at: finishedAt}),
    };
    return {kind: 'job-state', job: ROLLUP_JOB, state};
  }
}
