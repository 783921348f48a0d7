import type {EpochMs, EventPosition} from '../event/event.js';
import {instant} from '../time/instant.js';
import type {Period} from '../time/period.js';
import {type LocalDate, type SegmentId, segmentId} from './node-id.js';

/** The version of the rules below, part of every fingerprint. The figures belong to the rules; they are not settings. */
export const CUTTING_RULES_VERSION = 1;
/** A longer pause between two events ends a segment. */
export const PAUSE_MS = 30 * 60_000;
/** An event that would bring a segment over this many tokens starts a new one. */
export const SEGMENT_TOKENS = 4_000;

/** The facts about an event that the cut needs. */
export interface CutEvent extends EventPosition {
  /** From `estimateTokens`, over the part of the text that counts. */
  readonly tokens: number;
  /** Whether the text is more than white space. */
  readonly hasText: boolean;
  /** What a summarizer sees of it beside what its id stands for: its project, its branch and its facts. */
  readonly contentDigest: string;
}

/** A run of events of one session-day without a long pause and with a bounded size. */
export interface Segment<E extends CutEvent = CutEvent> {
  /** From its first event. */
  readonly id: SegmentId;
  readonly events: readonly E[];
  /** The first event's time. `end` is the last event's time + 1 ms. */
  readonly start: EpochMs;
  readonly end: EpochMs;
  readonly tokens: number;
  /** Only a late event can still join it. Only closed segments become nodes. */
  readonly isClosed: boolean;
  /** The run before it, if only a size cut separates the two. */
  readonly cutFrom?: readonly E[];
}

/**
 * Cuts the events of one session-day, in the one order of events, into segments. A run without text makes no segment. Only the last segment
 * can be open: it closes when its session ended, its day is over, or the pause has passed.
 */
export function cutSegments<E extends CutEvent>(date: LocalDate, day: Period, events: readonly E[], now: EpochMs): readonly Segment<E>[] {
  const segments: Segment<E>[] = [];
  let run: E[] = [];
  let tokens = 0;
  let cutFrom: E[] | undefined;

  const close = (isClosed: boolean): void => {
    const [first] = run;
    const last = run.at(-1);
    if (first && last && run.some((event) => event.hasText)) {
      const end = instant(last.time + 1);
      segments.push({id: segmentId(date, first.id), events: run, start: first.time, end, tokens, isClosed, ...(cutFrom && {cutFrom})});
    }
    run = [];
    tokens = 0;
  };

  for (const event of events) {
    const last = run.at(-1);
    if (last) {
      const isHardCut = event.time - last.time > PAUSE_MS || last.type === 'session_end';
      if (isHardCut || tokens + event.tokens > SEGMENT_TOKENS) {
        const before = run;
        close(true);
        cutFrom = isHardCut ? undefined : before;
      }
    }
    run.push(event);
    tokens += event.tokens;
  }
  const last = run.at(-1);
  if (last) close(last.type === 'session_end' || day.end <= now || now - last.time > PAUSE_MS);
  return segments;
}
