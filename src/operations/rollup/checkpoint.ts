import type {EpochMs} from '../../domain/event/event.js';
import type {TocNode} from '../../domain/toc/node.js';
import type {NodeId} from '../../domain/toc/node-id.js';
import type {Change} from '../../store/port/store.js';

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

/** Counts what a rollup stores. */
export class Checkpoint {
  readonly #startedAt: EpochMs;
  #made = 0;
  #retracted = 0;
  #lastNode: NodeId | undefined;

  constructor(startedAt: EpochMs) {
    this.#startedAt = startedAt;
  }

  get changedCount(): number {
    return this.#made + this.#retracted;
  }

  count({id, status}: TocNode): void {
    if (status === 'retracted') this.#retracted++;
    else this.#made++;
    this.#lastNode = id;
  }

  change(finishedAt?: EpochMs): Change {
    const state: RollupCheckpoint = {
      run_id: `${this.#startedAt}`,
      started_at: this.#startedAt,
      made: this.#made,
      retracted: this.#retracted,
      last_node: this.#lastNode,
      ...(finishedAt !== undefined && {finished_at: finishedAt}),
    };
    return {kind: 'job-state', job: ROLLUP_JOB, state};
  }
}
