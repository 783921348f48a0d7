import {ModelFailure} from '../../domain/model/model-summarizer.js';

/**
 * Lets in so many calls at once, but the first one alone: whether the key and the model are right shows with it, and a rejected key is
 * worth one request. Once a call was refused all others are, without a request.
 */
export class Turnstile {
  readonly #most: number;
  readonly #waiting: (() => void)[] = [];
  #open = 0;
  #isProven = false;
  #refusal: ModelFailure | undefined;

  constructor(most: number) {
    this.#most = most;
  }

  /** @throws ModelFailure of `work`, or of an earlier call that was refused */
  async run<T>(work: () => Promise<T>): Promise<T> {
    while (this.#refusal === undefined && this.#open >= (this.#isProven ? this.#most : 1)) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    if (this.#refusal !== undefined) throw this.#refusal;
    this.#open++;
    try {
      const result = await work();
      this.#isProven = true;
      return result;
    } catch (error) {
      if (error instanceof ModelFailure && error.kind === 'refused') this.#refusal = error;
      else if (error instanceof ModelFailure && error.kind === 'failed') this.#isProven = true;
      throw error;
    } finally {
      this.#open--;
      // Each looks again whether it is its turn.
      for (const wake of this.#waiting.splice(0)) wake();
    }
  }
}
