import type {SourceEvent} from '../source.js';

/** The speaker of a text. */
export type Speaker = 'user' | 'assistant';
/** Where a text stands: the lower, the better. Each text of a speaker stands in all those that the version writes. */
export const PLACES = {response_item: 0, event_msg: 1, item_completed: 2} as const;
/** After this many texts without one in a better place, none will come. */
const ENOUGH = 64;
const NONE: readonly SourceEvent[] = [];

/** Gives each text once, though a rollout may hold it in three places: from the best place that it uses for this speaker. */
export class TextsOnce {
  readonly #best: Record<Speaker, number>;
  #held: {readonly speaker: Speaker; readonly event: SourceEvent}[] = [];

  /** @param kept what `kept` gave, from a cursor */
  constructor(kept: readonly unknown[]) {
    const [user, assistant] = kept;
    this.#best = {
      user: typeof user === 'number' ? user : Number.POSITIVE_INFINITY,
      assistant: typeof assistant === 'number' ? assistant : Number.POSITIVE_INFINITY,
    };
  }

  /** For a cursor; undefined while it is not clear which places are used. */
  get kept(): readonly (number | null)[] | undefined {
    if (this.#held.length > 0) return undefined;
    return [this.#best.user, this.#best.assistant].map((place) => (Number.isFinite(place) ? place : null));
  }

  /** @returns what is to be given now */
  take(speaker: Speaker, place: number, events: readonly SourceEvent[]): readonly SourceEvent[] {
    const best = this.#best[speaker];
    if (place > best || events.length === 0) return NONE;
    const isHolding = this.#held.some((held) => held.speaker === speaker);
    if (place < best) {
      this.#held = this.#held.filter((held) => held.speaker !== speaker);
      this.#best[speaker] = place;
    } else if (place > 0 && !isHolding) return events;
    if (place === 0) return events;
    for (const event of events) this.#held.push({speaker, event});
    const ofSpeaker = this.#held.filter((held) => held.speaker === speaker);
    if (ofSpeaker.length < ENOUGH) return NONE;
    this.#held = this.#held.filter((held) => held.speaker !== speaker);
    return ofSpeaker.map(({event}) => event);
  }

  /** What stands nowhere else so far. It stays held: should the file grow, it is read again. */
  get rest(): readonly SourceEvent[] {
    return this.#held.map(({event}) => event);
  }
}
