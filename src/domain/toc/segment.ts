import type {EpochMs, EventPosition} from '../event/event.js';
import {instant} from '../time/instant.js';
import type {Period} from '../time/period.js';
import {type LocalDate, type SegmentId, segmentId} from './node-id.js';

/** The version of the rules below, part of every fingerprint. The figures belong to the rules; they are not settings. */
export const CUTTING_RULES_VERSION = 2;
/** A longer pause between two events ends a segment. */
export const PAUSE_MS = 30 * 60_000;
/** Where the next event would bring a segment over this many tokens, a new one starts. */
export const SEGMENT_TOKENS = 4_000;
/** It starts with the last user's message before that event which has so many tokens of the segment before it, else with that event. */
export const TURN_TOKENS = 3_000;

/** The facts about an event that the cut needs. */
export interface CutEvent extends EventPosition {
  /** From `estimateTokens`, over the part of the text that counts. */
  readonly tokens: number;
  /** Whether the text is more than white space. */
  readonly hasText: boolean;
  /** What a summarizer sees of it beside what its id stands for: its project, its branch and its facts. */
  readonly contentDigest: string;
  /** What the user asked for, so that it stays in force for what follows: see `isRequest`. */
  readonly isRequest: boolean;
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
  /** The request in force where the first text is no request: the last one before it in the session-day, whatever cut lies between. */
  readonly request?: E;
}

/**
 * Cuts the events of one session-day, in the one order of events, into segments. A run without text makes no segment. Only the last segment
 * can be open: it closes when its session ended, its day is over, or the pause has passed.
 */
export function cutSegments<E extends CutEvent>(date: LocalDate, day: Period, events: readonly E[], now: EpochMs): readonly Segment<E>[] {
  const segments: Segment<E>[] = [];
  let cutFrom: readonly E[] | undefined;
  let request: E | undefined;
  for (const {run, isHard} of runsOf(events)) {
    const [first] = run;
    const last = run.at(-1);
    const firstText = run.find((event) => event.hasText);
    if (first && last && firstText) {
      const isLast = last === events.at(-1);
      segments.push({
        id: segmentId(date, first.id),
        events: run,
        start: first.time,
        end: instant(last.time + 1),
        tokens: sumTokens(run),
        isClosed: !isLast || last.type === 'session_end' || day.end <= now || now - last.time > PAUSE_MS,
        ...(!isHard && cutFrom && {cutFrom}),
        ...(request && !firstText.isRequest && {request}),
      });
    }
    cutFrom = run;
    request = run.findLast((event) => event.isRequest) ?? request;
  }
  return segments;
}

/** The runs between two cuts. `isHard`: no size cut is what a run begins with. */
function* runsOf<E extends CutEvent>(events: readonly E[]): Generator<{readonly run: readonly E[]; readonly isHard: boolean}> {
  let run: E[] = [];
  let tokens = 0;
  let isHard = true;
  for (const event of events) {
    const last = run.at(-1);
    const isHardCut = last !== undefined && (event.time - last.time > PAUSE_MS || last.type === 'session_end');
    if (isHardCut) {
      yield {run, isHard};
      [run, tokens, isHard] = [[], 0, true];
    }
    // After a cut before a turn, the event may still be too much for what is left.
    while (run.length > 0 && tokens + event.tokens > SEGMENT_TOKENS) {
      const cut = turnToCutAt(run);
      yield {run: run.slice(0, cut), isHard};
      run = run.slice(cut);
      [tokens, isHard] = [sumTokens(run), false];
    }
    run.push(event);
    tokens += event.tokens;
  }
  if (run.length > 0) yield {run, isHard};
}

/** The place of the last user's message that has enough of the run before it; the run's end where no message has. */
function turnToCutAt(run: readonly CutEvent[]): number {
  let cut = run.length;
  let before = 0;
  for (const [at, {type, tokens}] of run.entries()) {
    if (type === 'user_message' && before >= TURN_TOKENS) cut = at;
    before += tokens;
  }
  return cut;
}

function sumTokens(events: readonly CutEvent[]): number {
  return events.reduce((sum, {tokens}) => sum + tokens, 0);
}
