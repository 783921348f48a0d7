import {contentFromEvents, NOTHING, type NodeContent} from './node-content.js';
import type {NodeId} from './node-id.js';
import type {Segment} from './segment.js';
import {contextOf, type SegmentEvent, spokenEvents} from './segment-event.js';
import type {Summarizer, Summary} from './summary.js';
import type {MarkedDay} from './toc-snapshot.js';

/** Makes provisional summaries, at once and offline, whatever summarizer the rollups use. */
export interface ProvisionalSummarizer extends Pick<Summarizer, 'id' | 'version' | 'model'> {
  summarizeEvents(...args: Parameters<Summarizer['summarizeEvents']>): Summary;
  summarizeChildren(...args: Parameters<Summarizer['summarizeChildren']>): Summary;
}

/** At most how many events without a summary one command summarizes. */
const PROVISIONAL_EVENTS = 2_000;

/** A summary, possibly of a part only if the budget does not allow more. */
export interface Made {
  readonly content: NodeContent;
  /** Events that it leaves out. */
  readonly waiting: number;
  readonly isRecorded: boolean;
}

/**
 * The summaries that one command makes on the fly. All its trees share them. So the budget of events is spent once, in the order of the
 * requests, and a summary that one tree made is shown again by others.
 */
export class Provisional {
  readonly #load: () => Promise<ProvisionalSummarizer>;
  #summarizer: ProvisionalSummarizer | undefined;
  #eventsLeft = PROVISIONAL_EVENTS;
  readonly #segments = new Map<NodeId, Made>();
  readonly #periods = new Map<string, Made>();
  /** By segment or session-day. */
  readonly #waiting = new Map<string, number>();

  constructor(load: () => Promise<ProvisionalSummarizer>) {
    this.#load = load;
  }

  /** To be called before a tree that shows a node that is not stored: where all are, no summarizer is loaded. */
  async prepare(): Promise<void> {
    this.#summarizer ??= await this.#load();
  }

  get summarizer(): ProvisionalSummarizer {
    if (this.#summarizer === undefined) throw new Error('the provisional summarizer was not prepared');
    return this.#summarizer;
  }

  /** Requested events that are in no summary. Each counts once, in however many nodes it is missing. */
  get waitingEvents(): number {
    return [...this.#waiting.values()].reduce((sum, events) => sum + events, 0);
  }

  segment(segment: Segment<SegmentEvent>): Made {
    const {id, events} = segment;
    const known = this.#segments.get(id);
    if (known) return known;
    const spoken = spokenEvents(events);
    const isAffordable = spoken.length <= this.#eventsLeft;
    if (isAffordable) this.#eventsLeft -= spoken.length;
    else this.#waiting.set(id, events.length);
    const content = isAffordable ? contentFromEvents(this.summarizer.summarizeEvents(spoken, contextOf(segment)), events) : NOTHING;
    const made = {content, waiting: isAffordable ? 0 : events.length, isRecorded: true};
    this.#segments.set(id, made);
    return made;
  }

  /** @param key the period, with the dates that count */
  period(key: string, make: () => Made): Made {
    const made = this.#periods.get(key) ?? make();
    this.#periods.set(key, made);
    return made;
  }

  /** Notes a session-day that was too large to read. @returns how many events wait in it */
  leave({date, sessionKey, count}: MarkedDay): number {
    this.#waiting.set(`${date} ${sessionKey}`, count);
    return count;
  }
}
