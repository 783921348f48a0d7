import type {FailureReason} from '../../../domain/model/failure-reason.js';
import type {ModelFailure} from '../../../domain/model/model-summarizer.js';

/** Reasons that say that nobody answered, or not in time: each node of that kind takes as long as its tries may. */
const UNREACHED: ReadonlySet<FailureReason> = new Set<FailureReason>(['connection', 'dns', 'timeout']);
/** After this many unreached nodes in a row, the endpoint counts as away. */
export const MOST_UNREACHED = 5;

/**
 * Whether the endpoint is there, as the calls of one run show it. A thousand nodes with three time-outs of two minutes each would take
 * days, and the calls of many days' budgets.
 */
export class Reachability {
  #inARow = 0;
  #away: ModelFailure | undefined;

  /** What the last call for a node came to, all its tries included. @param failure undefined where it was answered */
  note(failure: ModelFailure | undefined): void {
    this.#inARow = failure !== undefined && UNREACHED.has(failure.reason) ? this.#inARow + 1 : 0;
    if (this.#inARow >= MOST_UNREACHED) this.#away ??= failure;
  }

  /** Why nothing is asked any more in this run; undefined while it is. */
  get away(): ModelFailure | undefined {
    return this.#away;
  }
}
