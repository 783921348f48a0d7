import {isRecord} from '../stored/fields.js';
import {instant} from '../time/instant.js';
import type {AgentEvent, EpochMs, EventId} from './event.js';
import {asUlid} from './identity/event-id.js';
import {isTelling, markOf, type SpokenWords, typesOfWords, type WordsMark, wordsMark} from './identity/words-mark.js';

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

/** The marks of words under each key that the memory ever had: what was forgotten is known by the key of that day. */
export type EveryMark = (words: SpokenWords) => readonly WordsMark[];

/** @param markers one for each key, asked for when a mark is needed */
export function everyMark(markers: () => readonly MarkWords[]): EveryMark {
  let known: readonly MarkWords[] | undefined;
  return (words) => {
    known ??= markers();
    return known.map((mark) => mark(words));
  };
}

/** @param key that of the memory, asked for once, when it is needed */
export function wordsMarker(key: () => Buffer): MarkWords {
  let known: Buffer | undefined;
  return (words) => {
    known ??= key();
    return wordsMark(known, words);
  };
}

/** The marks of an event's words, one for each type under which they may come in; none where they are too short to be known again. */
export function marksOf(event: AgentEvent, mark: MarkWords): readonly WordsMark[] {
  return isTelling(event.text) ? typesOfWords(event).map((type) => mark({...event, type})) : [];
}

/** The line of a tombstone, as the journal holds it. */
export function tombstoneLine({id, at, alias, words}: Tombstone): string {
  return JSON.stringify({forgotten: id, at: new Date(at).toISOString(), alias: alias || undefined, words});
}

/** The tombstone of a line; undefined where this mem cannot read it as one. */
export function tombstoneOfLine(line: string): Tombstone | undefined {
  try {
    const value: unknown = JSON.parse(line);
    if (!isRecord(value)) return undefined;
    const {forgotten, at, alias = '', words} = value;
    const id = typeof forgotten === 'string' ? asUlid(forgotten) : undefined;
    const time = typeof at === 'string' ? Date.parse(at) : Number.NaN;
    if (id === undefined || Number.isNaN(time) || typeof alias !== 'string' || !Array.isArray(words)) return undefined;
    return {id, at: instant(time), alias, words: words.filter((mark) => typeof mark === 'string').map(markOf)};
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
