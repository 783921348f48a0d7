import type {EpochMs} from '../domain/event.js';
import type {NodeId} from '../domain/node-id.js';
import type {Calendar} from '../domain/period.js';
import type {Change, Store} from '../store/store.js';
import type {Mem} from './mem.js';

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
  readonly #runId: string;
  #made = 0;
  #retracted = 0;
  #lastNode: NodeId | undefined;

  constructor(mem: Mem, calendar: Calendar, now: EpochMs, signal: AbortSignal) {
    this.mem = mem;
    this.calendar = calendar;
    this.now = now;
    this.signal = signal;
    this.#runId = `${now}`;
  }

  /**
   * Whether to begin with what is newest: where calls of a model are counted, they may run out. Otherwise the oldest comes first, which
   * spares LevelDB to step over the marks that were removed, again and again.
   */
  get isNewestFirst(): boolean {
    return this.mem.summarizer.model !== '';
  }

  get changedCount(): number {
    return this.#made + this.#retracted;
  }

  /** Commits changes with the checkpoint; unsynced, since marks and nodes of a commit that a power cut takes back are made again. */
  async commit(store: Store, changes: readonly Change[]): Promise<void> {
    if (changes.length === 0) return;
    for (const change of changes) {
      if (change.kind !== 'node') continue;
      if (change.node.status === 'retracted') this.#retracted++;
      else this.#made++;
      this.#lastNode = change.node.id;
    }
    await store.commit([...changes, this.#checkpoint()], this.mem.clock(), {sync: false});
  }

  /** The run's last commit: with it, all before it are on disk. A run that changed nothing writes nothing, unless it closes one that was cut short. */
  async finish(store: Store): Promise<void> {
    const last = (await store.jobState(ROLLUP_JOB)) as RollupCheckpoint | undefined;
    if (this.changedCount > 0 || (last !== undefined && last.finished_at === undefined))
      await store.commit([this.#checkpoint(this.mem.clock())], this.mem.clock(), {sync: true});
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
