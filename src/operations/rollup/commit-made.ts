import type {RollupOutcome} from '../../domain/rollup/rollup-step.js';
import {dependentsOf} from '../../domain/time/period.js';
import type {NodeId} from '../../domain/toc/node-id.js';
import type {Change, NodeMark, SessionDayMark} from '../../store/port/store.js';
import {Checkpoint, ROLLUP_JOB, type RollupCheckpoint} from './checkpoint.js';
import {readSessionDays} from './find/read-session-days.js';
import {sessionDayWork} from './find/session-day-work.js';
import type {NodeToMake, Work} from './find/work.js';
import type {Made} from './make/made.js';
import type {RollupRun} from './rollup-run.js';
import type {RollupStore} from './rollup-store.js';

/** What no call was made for goes up to so many nodes to a commit. */
const NODES_PER_COMMIT = 200;

/**
 * All that one rollup writes. What no call was made for waits until the store is opened the next time, for reading the next work: each
 * opening takes longer than a commit. What is lost with a run that is killed stays marked.
 */
export class Commits {
  readonly #run: RollupRun;
  readonly #checkpoint: Checkpoint;
  #waiting: Made[] = [];
  #outcomes: RollupOutcome[] = [];

  constructor(run: RollupRun) {
    this.#run = run;
    this.#checkpoint = new Checkpoint(run.now);
  }

  get changedCount(): number {
    return this.#checkpoint.changedCount;
  }

  /** Commits at once what a call was made for, with all that waits; the rest with the next opening of the store. */
  async add(made: Made): Promise<void> {
    // In the order in which it was made: what waits comes first.
    if (this.#waiting.length === 0 && !changesStore(made)) this.#outcomes.push(...made.outcomes);
    else this.#waiting.push(made);
    if (made.isPaid) await this.hold(async () => undefined);
  }

  /** What became of nodes since it was asked the last time. */
  takeOutcomes(): readonly RollupOutcome[] {
    return this.#outcomes.splice(0);
  }

  /** Opens the store in turns for `work`; what waits is committed first. */
  inTurns<T>(work: (current: () => RollupStore) => AsyncGenerator<void, T>): Promise<T> {
    const commitWaiting = this.#commitWaiting.bind(this);
    return this.#run.hold.inTurns(async function* (current) {
      yield* commitWaiting(current);
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
      const last = (await store.jobState(ROLLUP_JOB)) as RollupCheckpoint | undefined;
      const settlements = (await this.#run.budget?.settlements(store)) ?? [];
      if (this.changedCount === 0 && settlements.length === 0 && (last === undefined || last.finished_at !== undefined)) return;
      const {clock} = this.#run.mem;
      await store.commit([...settlements, this.#checkpoint.change(clock())], clock(), {sync: true});
    });
  }

  async *#commitWaiting(current: () => RollupStore): AsyncGenerator<void> {
    for (const group of groupForCommits(this.#waiting.splice(0))) {
      this.#outcomes.push(...(await this.#commitMade(current(), group)));
      yield;
    }
  }

  /**
   * Commits work whose mark is still the one that was read: then so are its inputs. The rest stays marked for the next rollup. While a
   * call was under way, events may have come in: a segment that is still cut as it was has cost its money and is stored, and its
   * session-day keeps the new mark. Unsynced unless a call was made: what a power cut takes back is still marked.
   */
  async #commitMade(store: RollupStore, group: readonly Made[]): Promise<readonly RollupOutcome[]> {
    const changes: Change[] = [];
    const outcomes: RollupOutcome[] = [];
    const above = new Set<NodeId>();
    const present = await marksOf(store, group);
    for (const [at, made] of group.entries()) {
      const {work, nodes, asked} = made;
      const mark = present[at];
      const isSame = mark?.commit === work.mark.commit;
      if (changesStore(made) && !isSame && !(mark && asked && (await isStillWanted(this.#run, store, mark, asked)))) continue;
      for (const node of nodes) {
        changes.push({kind: 'node', node});
        for (const id of dependentsOf(node.id)) above.add(id);
        this.#checkpoint.count(node);
      }
      changes.push(...made.changes);
      work.partsLeft -= made.parts;
      if (isSame && work.isSettled && work.partsLeft === 0) changes.push(unmark(work));
      outcomes.push(...made.outcomes);
    }
    if (changes.length > 0) {
      for (const id of above) changes.push({kind: 'mark-node', id});
      changes.push(...this.#leavingRetries(changes), ...((await this.#run.budget?.settlements(store)) ?? []), this.#checkpoint.change());
      await store.commit(changes, this.#run.mem.clock(), {sync: group.some(({isPaid}) => isPaid)});
    }
    return outcomes;
  }

  /** A node that gets a version leaves the retry list, unless it is put on it again. */
  #leavingRetries(changes: readonly Change[]): readonly Change[] {
    const {retries} = this.#run;
    const leaving = new Set(changes.flatMap((change) => (change.kind === 'node' && retries.has(change.node.id) ? [change.node.id] : [])));
    if (leaving.size > 0) for (const change of changes) if (change.kind === 'retry') leaving.delete(change.retry.id);
    return [...leaving].map((id) => ({kind: 'no-retry', id}));
  }
}

function changesStore({work, nodes, changes, parts}: Made): boolean {
  return nodes.length > 0 || changes.length > 0 || (parts > 0 && work.isSettled);
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
    nodes += made.nodes.length;
    if (made.isPaid) nodes = NODES_PER_COMMIT;
  }
  if (group.length > 0) yield group;
}

/** The marks as they are now. All of a group are of one TOC level. */
async function marksOf(store: RollupStore, group: readonly Made[]): Promise<readonly (SessionDayMark | NodeMark | undefined)[]> {
  const marks = group.map(({work}) => work.mark);
  const ofSessionDays = marks.filter((mark) => 'date' in mark);
  if (ofSessionDays.length > 0) return store.sessionDayMarksOf(ofSessionDays);
  return store.nodeMarksOf(marks.flatMap((mark) => ('id' in mark ? [mark.id] : [])));
}

function unmark({mark}: Work): Change {
  if ('id' in mark) return {kind: 'unmark-node', id: mark.id};
  return {kind: 'unmark-session-day', date: mark.date, sessionKey: mark.sessionKey};
}

/** Whether a session-day that has gone on still gives the segment that was made. */
async function isStillWanted(run: RollupRun, store: RollupStore, mark: SessionDayMark | NodeMark, made: NodeToMake): Promise<boolean> {
  if ('id' in mark) return false;
  for await (const group of readSessionDays(() => store, mark.date, [mark])) {
    for (const sessionDay of group ?? []) {
      const {toMake} = await sessionDayWork(run, store, sessionDay);
      const same = toMake.find(({step}) => step.id === made.step.id);
      return same?.fingerprint === made.fingerprint && same.version === made.version;
    }
  }
  return false;
}
