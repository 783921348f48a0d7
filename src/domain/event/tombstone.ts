import type {AgentEvent, EpochMs, EventId} from './event.js';
import type {EventHead} from './event-record.js';
import {isTelling, type SpokenWords, typesOfWords, type WordsMark, wordsMark} from './identity/words-mark.js';

/** Says that an event was forgotten. It never expires: whatever it names is dropped when it comes in again. */
export interface Tombstone {
  readonly id: EventId;
  readonly at: EpochMs;
  /** Of an event that its source gave an id and no time: each delivery has another id, and the same alias. Else empty. */
  readonly alias: string;
  /** By which its words are known again under any other id; none where they are too short for that. */
  readonly words: readonly WordsMark[];
}

/** The mark of words under the key of the memory. */
export type MarkWords = (words: SpokenWords) => WordsMark;

/** @param key that of the memory, asked for once, when it is needed */
export function wordsMarker(key: () => Buffer): MarkWords {
  let known: Buffer | undefined;
  return (words) => {
    known ??= key();
    return wordsMark(known, words);
  };
}

export function tombstoneOf(event: AgentEvent, {sourceAlias}: Pick<EventHead, 'sourceAlias'>, at: EpochMs, mark: MarkWords): Tombstone {
  return {id: event.id, at, alias: sourceAlias, words: isTelling(event.text) ? marksOf(event, mark) : []};
}

/** The marks of an event's words, of one for each type under which they may come in. */
export function marksOf(event: AgentEvent, mark: MarkWords): readonly WordsMark[] {
  return typesOfWords(event).map((type) => mark({...event, type}));
}
