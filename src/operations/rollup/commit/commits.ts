import type {RollupOutcome} from '../../../domain/rollup/rollup-step.js';
import type {Change, Expectation, Fence} from '../../../store/port/store.js';
import {assertHeld} from '../../access/take-lease.js';
import type {Mark} from '../find/marked-work.js';
import type {RollupRun} from '../rollup-run.js';
import type {RollupStore} from '../rollup-store.js';
import {checkpointAfter, checkpointChange, firstCheckpoint, type RollupCheckpoint, readCheckpoint} from './checkpoint.js';
import {type Claim, changesFor, claimAgain} from './claims.js';
import {changesStore, type Made} from './made.js';

/** A commit takes at most this many nodes for which no call was made. */
const NODES_PER_COMMIT = 200;

/**
 * All that one rollup writes. What no call was made for waits until the store is opened the next time, for reading the next work: each
 * opening takes longer than a commit. What is lost with a run that is killed stays marked.
 */
export class Commits {
  readonly #run: RollupRun;
  readonly #fence: Fence | undefined;
  #checkpoint: RollupCheckpoint;
  #waiting: Made[] = [];
  #isCommitting = false;
  #outcomes: RollupOutcome[] = [];

  /** @param fence of the lease that the rollup runs under */
  constructor(run: RollupRun, fence?: Fence) {
    this.#run = run;
    this.#fence = fence;
    this.#checkpoint = firstCheckpoint(run.now);
  }

  /** Commits at once what a call was made for, with all that waits; the rest with the next opening of the store. */
  async add(made: Made): Promise<void> {
    // In the order in which it was made: what waits comes first.
    if (this.#waiting.length === 0 && !this.#isCommitting && !changesStore(made)) this.#outcomes.push(...made.outcomes);
    else this.#waiting.push(made);
    if (made.isPaid) await this.hold(async () => undefined);
  }

  /** What became of nodes since it was asked the last time. */
  takeOutcomes(): readonly RollupOutcome[] {
    return this.#outcomes.splice(0);
  }

  /**
   * Opens the store in turns for `work`; what waits is committed first. @param isWhole false: only as much as fills commits, the rest waits on
   */
  inTurns<T>(work: (current: () => RollupStore) => AsyncGenerator<void, T>, isWhole = true): Promise<T> {
    const commitWaiting = this.#commitWaiting.bind(this);
    return this.#run.hold.inTurns(async function* (current) {
      yield* commitWaiting(current, isWhole);
      return yield* work(current);
    });
  }

  /** The same for a short piece of work. */
  hold<T>(work: (store: RollupStore) => Promise<T>): Promise<T> {
    // biome-ignore lint/correctness/useYield: it is done in one turn
    return this.inTurns(async function* (current) {
      return work(current());
    });
  }

  /** The run's last commit: with it, all before it are on disk. A run that changed nothing writes nothing, unless it closes one that was cut short. */
  async finish(): Promise<void> {
    await this.hold(async (store) => {
      const last = await readCheckpoint(store);
      const settlements = this.#run.budget?.settlements() ?? [];
      const {made, retracted} = this.#checkpoint;
      if (made + retracted + settlements.length === 0 && (last === undefined || last.finishedAt !== undefined)) return;
      await this.#write(store, [...settlements, checkpointChange({...this.#checkpoint, finishedAt: this.#run.mem.clock()})], true);
    });
  }

  async *#commitWaiting(current: () => RollupStore, isWhole: boolean): AsyncGenerator<void> {
    const groups = [...groupForCommits(this.#waiting.splice(0))];
    if (!isWhole && !isFull(groups.at(-1))) this.#waiting = [...(groups.pop() ?? [])];
    this.#isCommitting = true;
    for (const group of groups) {
      this.#outcomes.push(...(await this.#commitMade(current(), group)));
      yield;
    }
    this.#isCommitting = false;
  }

  /**
   * Commits work whose mark is still the one that was read: then so are its inputs. The rest stays marked for the next rollup. Unsynced
   * unless a call was made: what a power cut takes back is still marked.
   */
  async #commitMade(store: RollupStore, group: readonly Made[]): Promise<readonly RollupOutcome[]> {
    const isPaid = group.some((made) => made.isPaid);
    let settlements: readonly Change[] = [];
    let claims: readonly Claim[] = group.map((made) => ({made, mark: made.work.mark}));
    for (;;) {
      const changes = changesFor(claims, this.#run.retries);
      const nodes = claims.flatMap(({made}) => made.nodes);
      const checkpoint = checkpointAfter(this.#checkpoint, nodes);
      // A row of the index alone is no reason: what a call took goes with what it made.
      if (changes.some(({kind}) => kind !== 'search-row')) settlements = [...settlements, ...(this.#run.budget?.settlements() ?? [])];
      const marks = claims.filter(({made}) => changesStore(made)).map(({mark}) => mark);
      const all = [...changes, ...settlements, checkpointChange(checkpoint)];
      const stale = all.length > 1 ? await this.#write(store, all, isPaid, marks) : undefined;
      if (stale === undefined) {
        this.#checkpoint = checkpoint;
        for (const {made} of claims) made.work.partsLeft -= made.parts;
        return claims.flatMap(({made}) => made.outcomes);
      }
      claims = await claimAgain(this.#run, store, claims, stale);
    }
  }

  /** @returns marks that are not there any more, for which nothing was written */
  async #write(
    store: RollupStore,
    changes: readonly Change[],
    sync: boolean,
    marks: readonly Mark[] = [],
  ): Promise<Expectation | undefined> {
    const sessionDayMarks = marks.filter((mark) => 'date' in mark);
    const nodeMarks = marks.filter((mark) => 'id' in mark);
    const options = {sync, expect: {sessionDayMarks, nodeMarks}, ...(this.#fence && {fence: this.#fence})};
    const outcome = await store.commit(changes, this.#run.mem.clock(), options);
    assertHeld('rollup', outcome);
    return outcome.kind === 'stale' ? outcome.stale : undefined;
  }
}

function isFull(group: readonly Made[] = []): boolean {
  return group.some(({isPaid}) => isPaid) || group.reduce((sum, {nodes}) => sum + nodes.length, 0) >= NODES_PER_COMMIT;
}

function* groupForCommits(waiting: readonly Made[]): Generator<readonly Made[]> {
  let group: Made[] = [];
  let nodes = 0;
  for (const made of waiting) {
    if (group.length > 0 && (made.isPaid || nodes >= NODES_PER_COMMIT)) {
      yield group;
      [group, nodes] = [[], 0];
    }
    group.push(made);
    nodes += made.isPaid ? NODES_PER_COMMIT : made.nodes.length;
  }
  if (group.length > 0) yield group;
}
