import {ModelFailure} from '../../domain/model/model-summarizer.js';

/**
 * Limits the calls at once. The first call runs alone: it shows whether key and model are right, and a rejected key costs only one request.
 * After a refused call, all others are refused without a request.
 */
export class Turnstile {
  readonly #most: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;
  #isProven = false;
  #refusal: ModelFailure | undefined;

  constructor(most: number) {
    this.#most = most;
  }

  /** @throws ModelFailure of `work`, or of an earlier call that was refused */
  async run<T>(work: () => Promise<T>): Promise<T> {
    while (this.#refusal === undefined && this.#running >= (this.#isProven ? this.#most : 1)) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    if (this.#refusal !== undefined) throw this.#refusal;
    this.#running++;
    try {
      const result = await work();
      this.#isProven = true;
      return result;
    } catch (error) {
      if (error instanceof ModelFailure && error.kind === 'refused') this.#refusal = error;
      else if (error instanceof ModelFailure && error.kind === 'failed') this.#isProven = true;
      throw error;
    } finally {
      this.#running--;
      // Each waiting call checks again whether it may start.
      for (const wake of this.#waiting.splice(0)) wake();
    }
  }
}
