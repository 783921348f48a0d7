import {ANSWER_FORMATS, type AnswerFormat} from '../../domain/model/model-check.js';
import type {LimitName} from './chat.js';

/** What is known of an endpoint's abilities with a model. */
export interface Ability {
  readonly format: AnswerFormat;
  readonly limitName: LimitName;
}

/** Remembers abilities from one process to the next. Losing them costs a request. */
export interface AbilityMemory {
  read(endpoint: string): Ability | undefined;
  write(endpoint: string, ability: Ability): void;
}

const UNTRIED: Ability = {format: 'schema', limitName: 'max_tokens'};

/** The format that is so many steps looser, or the loosest. */
export function looserFormat(format: AnswerFormat, steps: number): AnswerFormat {
  return ANSWER_FORMATS[ANSWER_FORMATS.indexOf(format) + steps] ?? 'text';
}

/** Decides how to ask the endpoint: strictly at first, less strictly after a refusal. An answer makes the way of asking known for good. */
export class Abilities {
  readonly #endpoint: string;
  readonly #memory: AbilityMemory | undefined;
  #ability: Ability | undefined;
  #remembered: Ability | undefined;

  /** @param memory undefined: every process tries again, and nothing is kept */
  constructor(endpoint: string, memory: AbilityMemory | undefined) {
    this.#endpoint = endpoint;
    this.#memory = memory;
  }

  current(): Ability {
    if (this.#ability === undefined) {
      this.#remembered = this.#memory?.read(this.#endpoint);
      this.#ability = this.#remembered ?? UNTRIED;
    }
    return this.#ability;
  }

  /** The endpoint answered a request of this kind. */
  confirm(asked: Ability): void {
    if (asked !== this.#ability || asked === this.#remembered) return;
    this.#remembered = asked;
    this.#memory?.write(this.#endpoint, asked);
  }

  /** Takes the next looser format. @returns false when this was the loosest; true also if another call has already loosened it */
  loosenFormat(asked: Ability): boolean {
    if (asked !== this.#ability) return true;
    const next = ANSWER_FORMATS[ANSWER_FORMATS.indexOf(asked.format) + 1];
    if (next === undefined) return false;
    this.#ability = {...asked, format: next};
    return true;
  }

  renameLimit(asked: Ability): boolean {
    if (asked !== this.#ability) return true;
    if (asked.limitName !== UNTRIED.limitName) return false;
    this.#ability = {...asked, limitName: 'max_completion_tokens'};
    return true;
  }
}
