import type {EpochMs} from '../../../domain/event/event.js';
import {type CallTokens, ModelFailure, type ModelSummarizer} from '../../../domain/model/model-summarizer.js';
import type {RollupReason} from '../../../domain/rollup/rollup-step.js';
import {dependentsOf} from '../../../domain/time/period.js';
import {summarizerName} from '../../../domain/toc/make-node.js';
import type {Summary} from '../../../domain/toc/summary.js';
import type {Change} from '../../../store/port/store.js';
import {type Made, madeOutcome, nothingMade} from '../commit/made.js';
import type {ModelRequest, NodeToMake} from '../find/node-to-make.js';
import type {Work} from '../find/work.js';
import type {RollupRun} from '../rollup-run.js';
import {fallBack} from './fall-back.js';
import {Reachability} from './reachability.js';
import type {RunBudget} from './run-budget.js';

/** A summary, and what the budget gave for it. */
interface Answer {
  readonly summary: Summary;
  readonly call: CallTokens | undefined;
}

/**
 * The calls of one run, several side by side with the store closed. After a refusal, and
 * once the budget is used up, no call is begun: what is left keeps its mark. Once the endpoint counts as away none is begun either, and
 * what is left falls back at once.
 */
export class ModelCalls {
  readonly #run: RollupRun;
  readonly model: ModelSummarizer;
  readonly #budget: RunBudget;
  readonly #offlineBefore: EpochMs | undefined;
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

  /** @param offlineBefore what ended before it needs no call */
  constructor(run: RollupRun, model: ModelSummarizer, budget: RunBudget, offlineBefore?: EpochMs) {
    this.#run = run;
    this.model = model;
    this.#budget = budget;
    this.#offlineBefore = offlineBefore;
    this.#signal = AbortSignal.any([run.signal, this.#abandoned.signal]);
  }

  /** Whether calls are begun for what is of a time. */
  isAskedFor(time: EpochMs): boolean {
    return this.#end === undefined && this.#reachability.away === undefined && time >= (this.#offlineBefore ?? time);
  }

  /** Whether a node is made offline for its age alone. A retry is not: the model is asked for what it owes. */
  leavesOut({end, step}: NodeToMake): boolean {
    return this.#offlineBefore !== undefined && end <= this.#offlineBefore && step.reason !== 'retry';
  }

  /** How many calls may be under way now. */
  get limit(): number {
    return this.#isProven ? this.model.concurrency : 1;
  }

  /** Ends the calls that are under way. */
  abandon(): void {
    this.#abandoned.abort();
  }

  /** Asks the model for a node, and falls back where it fails. */
  async make(work: Work, node: NodeToMake, request: ModelRequest): Promise<Made> {
    if (this.#end === undefined && this.#signal.aborted) return nothingMade(work, []);
    try {
      const answer = await this.#ask(request);
      return answer === undefined ? this.#leave(work, node) : this.#answered(work, node, answer);
    } catch (error) {
      if (!(error instanceof ModelFailure)) throw error;
      // The call that found the endpoint away notes its failure below; a call that fails with it here was never sent.
      if (error === this.#reachability.away) return fallBack(this.#run, work, node, error, {isUnasked: true});
      switch (error.kind) {
        case 'refused':
          if (this.#end === 'waits-for-model') return this.#leave(work, node);
          this.#end = 'waits-for-model';
          return nothingMade(work, [{kind: 'failed', step: node.step, code: 'MODEL_REFUSED', message: error.message}]);
        case 'budget':
          this.#end ??= 'waits-for-budget';
          return this.#leave(work, node);
        case 'stopped':
          return nothingMade(work, []);
        case 'failed':
          this.#isProven = true;
          this.#reachability.note(error);
          return fallBack(this.#run, work, node, error, {isUnasked: false});
      }
    }
  }

  #leave(work: Work, {step: {id, tocLevel}}: NodeToMake): Made {
    if (this.#end === undefined) return nothingMade(work, []);
    const left = nothingMade(work, [{kind: 'left', step: {id, tocLevel, reason: this.#end}}]);
    // A dry run names what is above it too.
    return this.#run.isDryRun ? {...left, changes: dependentsOf(id).map((above): Change => ({kind: 'mark-node', id: above}))} : left;
  }

  #answered(work: Work, asked: NodeToMake, {summary, call}: Answer): Made {
    const node = asked.nodeOf(summary, summarizerName(this.model));
    const outcomes = [{...madeOutcome(asked.step, node), call}];
    return {work, asked, parts: 1, nodes: [node], changes: [], outcomes, isPaid: !this.#run.isDryRun};
  }

  /** @returns undefined when the node is left for a later run @throws ModelFailure, also that which showed the endpoint to be away */
  async #ask(request: ModelRequest): Promise<Answer | undefined> {
    const order = this.#begun++;
    while (this.#end === undefined) {
      if (this.#reachability.away !== undefined) throw this.#reachability.away;
      const budget = this.#budget.forCall(order);
      this.#underWay++;
      try {
        const summary = await request({budget, signal: this.#signal});
        this.#isProven = true;
        this.#reachability.note(undefined);
        return {summary, call: budget.reserved};
      } catch (error) {
        // What is reserved is more than what is used: while other calls are under way, there may be room once they have ended.
        const mayFit = error instanceof ModelFailure && error.kind === 'budget' && budget.reserved === undefined && this.#underWay > 1;
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
