import type {EpochMs, JsonObject} from '../../domain/event/event.js';
import type {NewEvent} from '../../domain/event/event-record.js';
import {hasExactNumber} from '../../domain/event/json/exact-number.js';
import {type NewEventContext, newEvent} from '../../domain/event/new-event.js';
import {limitMetadata} from '../../domain/event/parse/metadata-limit.js';
import {withoutPrivate} from '../../domain/event/parse/private-text.js';
import type {Redactor} from '../../domain/event/redactor.js';
import {HOUR_MS} from '../../domain/time/durations.js';
import type {SourceEvent} from '../../sources/source.js';

/** A clock that is further ahead was wrong: nothing is stored for a future that far. */
const AHEAD_MS = 48 * HOUR_MS;

export interface BorderDeps {
  readonly redactor: Redactor;
  readonly randomBits: () => string;
}

/** Where an agent's record becomes an event of ours: cut, redacted, without what is private. */
export class EventBorder {
  readonly #agent: string;
  readonly #context: NewEventContext;

  constructor(agent: string, {redactor, randomBits}: BorderDeps) {
    this.#agent = agent;
    // Every event of a source has its `seq`: nothing is to be counted.
    this.#context = {redactor, randomBits, countBefore: () => 0};
  }

  /**
   * @param project of the folder that the agent worked in
   * @param guess a time for a record that has none
   * @returns undefined where nothing is left of it
   */
  take(given: SourceEvent, project: string, guess: EpochMs, now: EpochMs): NewEvent | undefined {
    const isPrompt = given.role === 'user';
    const text = isPrompt ? withoutPrivate(given.text) : given.text;
    if (isPrompt && text === '') return undefined;
    const metadata = limitMetadata(metadataOf(given));
    const isWrong = given.time === undefined || given.time > now + AHEAD_MS || given.time < 0;
    return newEvent(
      {
        ulid: undefined,
        sourceEventId: given.eventId,
        agent: this.#agent,
        sessionId: given.sessionId,
        time: isWrong || given.isTimeGuessed ? undefined : given.time,
        arrivedAt: isWrong || given.time === undefined ? guess : given.time,
        seq: given.seq,
        type: given.type,
        role: given.role,
        text,
        textBytes: 0,
        project,
        source: given.origin ?? 'transcript',
        metadata,
        hasExactNumbers: hasExactNumber(metadata),
      },
      this.#context,
    );
  }
}

function metadataOf({metadata, cwd, gitBranch}: SourceEvent): JsonObject {
  return {...metadata, ...(cwd === undefined ? {} : {cwd}), ...(gitBranch === undefined ? {} : {git_branch: gitBranch})};
}
