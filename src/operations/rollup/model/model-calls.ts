import {ModelFailure, type ModelSummarizer} from '../../../domain/model/model-summarizer.js';
import type {RollupOutcome, RollupReason} from '../../../domain/rollup/rollup-step.js';
import {summarizerName} from '../../../domain/toc/make-node.js';
import type {Summary} from '../../../domain/toc/summary.js';
import {holdOnce} from '../../access/hold.js';
import type {RollupRun} from '../steps/rollup-run.js';
import type {RunBudget} from '../steps/run-budget.js';
import {fallBack} from './fall-back.js';
import {Reachability} from './reachability.js';
import {sideBySide} from './side-by-side.js';
import type {WantedNode} from './wanted-node.js';

/** What a rollup with a model comes upon: a node to ask for, or what became of nodes that needed no call. */
export type ModelWork = WantedNode | readonly RollupOutcome[];

/**
 * The calls of one run, several side by side with the store closed. Each node is committed as soon as it is there. After a refusal, and
 * once the budget is used up, no call is begun: what is left keeps its mark. Once the endpoint counts as away none is begun either, and
 * what is left falls back at once.
 */
export class ModelCalls {
  readonly #run: RollupRun;
  readonly #model: ModelSummarizer;
  readonly #budget: RunBudget;
  readonly #abandoned = new AbortController();
  readonly #signal: AbortSignal;
  /** Why no call is begun any more. */
  #end: Extract<RollupReason, 'waits-for-budget' | 'waits-for-model'> | undefined;
  /** A call was answered: before that, one that is going to be refused should be the only one. */
  #isProven = false;
  readonly #reachability = new Reachability();
  #begun = 0;
  #underWay = 0;
  #waiting: (() => void)[] = [];

  constructor(run: RollupRun, model: ModelSummarizer, budget: RunBudget) {
    this.#run = run;
    this.#model = model;
    this.#budget = budget;
    this.#signal = AbortSignal.any([run.signal, this.#abandoned.signal]);
  }

  /** Whether no call is begun any more. */
  get hasEnded(): boolean {
    return this.#end !== undefined || this.#reachability.away !== undefined;
  }

  /** Makes the nodes that `source` asks for, in its order as far as they begin. */
  async *make(source: AsyncGenerator<ModelWork>): AsyncGenerator<RollupOutcome> {
    const limit = (): number => (this.#isProven ? this.#model.concurrency : 1);
    const work = async (item: ModelWork): Promise<readonly RollupOutcome[]> => ('step' in item ? this.#do(item) : item);
    for await (const outcomes of sideBySide(source, limit, work, () => this.#abandoned.abort())) yield* outcomes;
  }

  async #do(wanted: WantedNode): Promise<readonly RollupOutcome[]> {
    if (this.#end === undefined && this.#signal.aborted) return [];
    try {
      const summary = await this.#ask(wanted);
      return summary === undefined ? this.#leave(wanted) : await this.#store(wanted, summary);
    } catch (error) {
      if (!(error instanceof ModelFailure)) throw error;
      // The failure that made it away is noted below: whoever meets it here has not asked.
      if (error === this.#reachability.away) return fallBack(this.#run, wanted, error, {isUnasked: true});
      switch (error.kind) {
        case 'refused': {
          if (this.#end === 'waits-for-model') return this.#leave(wanted);
          this.#end = 'waits-for-model';
          return [{kind: 'failed', step: wanted.step, code: 'MODEL_REFUSED', message: error.message}];
        }
        case 'budget':
          this.#end ??= 'waits-for-budget';
          return this.#leave(wanted);
        case 'stopped':
          return [];
        case 'failed': {
          this.#isProven = true;
          this.#reachability.note(error);
          return fallBack(this.#run, wanted, error, {isUnasked: false});
        }
      }
    }
  }

  #leave({step: {id, tocLevel}}: WantedNode): readonly RollupOutcome[] {
    return this.#end === undefined ? [] : [{kind: 'left', step: {id, tocLevel, reason: this.#end}}];
  }

  async #store(wanted: WantedNode, summary: Summary): Promise<readonly RollupOutcome[]> {
    const node = wanted.nodeOf(summary, summarizerName(this.#model));
    const isStored = await holdOnce(this.#run.mem, async (store) => {
      const changes = await wanted.changesFor(store, node);
      if (changes !== undefined) await this.#run.commit(store, changes, {sync: true});
      return changes !== undefined;
    });
    return isStored ? [{kind: 'made', step: wanted.step, version: node.version, title: node.title, fallback: undefined}] : [];
  }

  /** @returns undefined when the node is left for a later run @throws ModelFailure, also that which showed the endpoint to be away */
  async #ask(wanted: WantedNode): Promise<Summary | undefined> {
    const order = this.#begun++;
    while (this.#end === undefined) {
      if (this.#reachability.away !== undefined) throw this.#reachability.away;
      const budget = this.#budget.forCall(order);
      this.#underWay++;
      try {
        const summary = await wanted.ask({budget, signal: this.#signal});
        this.#isProven = true;
        this.#reachability.note(undefined);
        return summary;
      } catch (error) {
        // What is reserved is more than what is used: while other calls are under way, there may be room once they have ended.
        const mayFit = error instanceof ModelFailure && error.kind === 'budget' && !budget.hasReserved && this.#underWay > 1;
        if (!mayFit) throw error;
      } finally {
        this.#underWay--;
        for (const wake of this.#waiting.splice(0)) wake();
      }
      await new Promise<void>((wake) => this.#waiting.push(wake));
    }
    return undefined;
  }
}
