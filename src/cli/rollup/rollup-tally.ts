import type {FailureReason} from '../../domain/model/failure-reason.js';
import type {RollupOutcome} from '../../domain/rollup/rollup-step.js';
import {EXIT_STATUS, MemError} from '../../errors.js';

/** Counts outcomes, for the last line and the exit status. */
export class RollupTally {
  made = 0;
  /** Of those, made offline because they are old. */
  callsSaved = 0;
  #retracted = 0;
  #kept = 0;
  #left = 0;
  #failed = 0;
  #budget = 0;
  #model = 0;
  #unasked = 0;
  /** How many summaries the fallback made or will make, by reason. */
  readonly #fallbacks = new Map<FailureReason, number>();
  /** The words of the model's endpoint when it refused. */
  #refusal: string | undefined;
  /** The worst exit status of the failed nodes; 0 when no node failed. */
  exitStatus = 0;

  add(outcome: RollupOutcome): void {
    if ('isUnasked' in outcome && outcome.isUnasked) this.#unasked++;
    switch (outcome.kind) {
      case 'made':
        this.made++;
        if (outcome.isCallSaved) this.callsSaved++;
        if (outcome.fallback !== undefined) this.#addFallback(outcome.fallback);
        break;
      case 'kept':
        this.#kept++;
        this.#addFallback(outcome.fallback);
        break;
      case 'retracted':
        this.#retracted++;
        break;
      case 'left':
        this.#left++;
        if (outcome.step.reason === 'waits-for-budget') this.#budget++;
        if (outcome.step.reason === 'waits-for-model') this.#model++;
        break;
      case 'failed':
        this.#failed++;
        if (outcome.code === 'MODEL_REFUSED') this.#refusal = outcome.message;
        this.exitStatus = Math.max(this.exitStatus, EXIT_STATUS[outcome.code]);
        break;
    }
  }

  #addFallback(reason: FailureReason): void {
    this.#fallbacks.set(reason, (this.#fallbacks.get(reason) ?? 0) + 1);
  }

  /** Whether a person should hear of it, even by mail: nodes that failed, fell back or wait for budget. */
  get isNotable(): boolean {
    return this.#failed + this.#fallbacks.size + this.#budget > 0;
  }

  /** The refusal that ended all calls of the run, to print once. */
  get refusal(): MemError | undefined {
    if (this.#refusal === undefined) return undefined;
    return new MemError('MODEL_REFUSED', this.#refusal, {
      hint: `fix the summarizer's settings and try them with: mem config check; the next mem rollup makes the waiting nodes (${this.#model + 1})`,
    });
  }

  /** The last line for people; undefined when there was nothing to do. */
  summary(): string | undefined {
    const fallbacks = [...this.#fallbacks].sort(([, a], [, b]) => b - a);
    const reasons = fallbacks.map(([reason, number]) => `${reason}: ${number}`).join(', ');
    const fellBack = fallbacks.reduce((sum, [, number]) => sum + number, 0);
    const parts = [
      [this.made, 'made'],
      [this.#retracted, 'retracted'],
      [this.#kept, 'kept'],
      [this.#left, 'left for later'],
      [this.#failed, 'failed'],
      [fellBack, `${fellBack === 1 ? 'summary' : 'summaries'} by the fallback (${reasons})`],
      [this.#unasked, 'not asked for, because the endpoint is unavailable (see: mem config check)'],
      [this.#budget, 'waiting for budget'],
      [this.#model, 'waiting for the model'],
    ] as const;
    const text = parts.filter(([number]) => number > 0).map(([number, what]) => `${number} ${what}`);
    return text.length === 0 ? undefined : text.join(', ');
  }
}
