import {ANSWER_FORMATS, type AnswerFormat} from '../../domain/model/model-check.js';
import type {LimitName} from './chat.js';

/** What an endpoint can do with a model, as far as it is known. */
export interface Ability {
  readonly format: AnswerFormat;
  readonly limitName: LimitName;
}

/** Where it is remembered from one process to the next; losing it costs a request. */
export interface AbilityMemory {
  read(endpoint: string): Ability | undefined;
  write(endpoint: string, ability: Ability): void;
}

const UNTRIED: Ability = {format: 'schema', limitName: 'max_tokens'};

/** What the endpoint is asked for: the strictest at first, less where it refuses that; remembered once it has answered so. */
export class Abilities {
  readonly #endpoint: string;
  readonly #memory: AbilityMemory | undefined;
  #ability: Ability | undefined;
  #remembered: Ability | undefined;

  /** @param memory undefined: everything is found out anew, and what was found out is not kept */
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

  /** The endpoint answered what was asked so. */
  confirm(asked: Ability): void {
    if (asked !== this.#ability || asked === this.#remembered) return;
    this.#remembered = asked;
    this.#memory?.write(this.#endpoint, asked);
  }

  /** @returns whether there is another way to ask; also when another call has found it meanwhile */
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
