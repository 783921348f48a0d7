import type {EpochMs, EventId} from '../event/event.js';
import type {Period} from '../time/period.js';
import {fingerprintOf, type SummarizerIdentity, segmentFingerprint} from '../toc/fingerprint.js';
import type {NodePointer, SegmentPointer} from '../toc/node.js';
import {type LocalDate, type NodeId, type PeriodId, type PeriodLevel, type SegmentId, type TocLevel, tocLevelOf} from '../toc/node-id.js';
import {type CutEvent, cutSegments, type Segment} from '../toc/segment.js';
import type {RollupReason, RollupStep} from './rollup-step.js';

/** What is to be done about one segment of a marked session-day. */
export type SegmentStep<E extends CutEvent = CutEvent> = RollupStep & {readonly id: SegmentId} & (
    | {readonly action: 'make'; readonly segment: Segment<E>; readonly fingerprint: string; readonly version: number}
    | {readonly action: 'leave'}
    | {readonly action: 'retract'; readonly version: number}
  );

export interface SessionDayPlan<E extends CutEvent = CutEvent> {
  readonly steps: readonly SegmentStep<E>[];
  /** All its segments, open ones too. */
  readonly segments: readonly Segment<E>[];
  /** Nothing more will come of it by itself: once the steps are done the mark can go. */
  readonly isSettled: boolean;
}

export interface SessionDayState<E extends CutEvent = CutEvent> {
  readonly date: LocalDate;
  readonly day: Period;
  /** In the one order of events. */
  readonly events: readonly E[];
  /** The latest versions of all segments that this session-day ever had. */
  readonly pointers: readonly SegmentPointer[];
}

/** The nodes of which a retry is due: they are made again although nothing changed. */
export type RetryIds = {has(id: NodeId): boolean};
const NO_RETRIES: RetryIds = new Set<NodeId>();

/** Cuts a marked session-day again and says what differs from its stored nodes. `now` decides what is made, never what is removed. */
export function planSessionDay<E extends CutEvent>(
  state: SessionDayState<E>,
  by: SummarizerIdentity,
  now: EpochMs,
  retries: RetryIds = NO_RETRIES,
): SessionDayPlan<E> {
  const segments = cutSegments(state.date, state.day, state.events, now);
  const pointers = new Map(state.pointers.map((pointer) => [pointer.id, pointer]));
  const steps: SegmentStep<E>[] = [];
  for (const segment of segments) {
    const pointer = pointers.get(segment.id);
    pointers.delete(segment.id);
    const step = {id: segment.id, tocLevel: 'segment'} as const;
    const fingerprint = segmentFingerprint(segment, by);
    const reason = segment.isClosed ? reasonToMake(pointer, fingerprint, retries) : 'too-recent';
    if (reason !== 'up-to-date' && reason !== 'too-recent') {
      steps.push({...step, reason, action: 'make', segment, fingerprint, version: (pointer?.version ?? 0) + 1});
    } else {
      steps.push({...step, reason, action: 'leave'});
    }
  }
  for (const pointer of pointers.values()) {
    if (pointer.status === 'retracted') continue;
    steps.push({id: pointer.id, tocLevel: 'segment', reason: 'without-inputs', action: 'retract', version: pointer.version + 1});
  }
  return {steps, segments, isSettled: segments.every((segment) => segment.isClosed)};
}

function reasonToMake(
  pointer: NodePointer | undefined,
  fingerprint: string,
  retries: RetryIds,
): 'new' | 'changed' | 'retry' | 'redo' | 'up-to-date' {
  if (pointer === undefined || pointer.status === 'retracted') return 'new';
  if (pointer.inputFingerprint === '') return 'redo';
  if (pointer.inputFingerprint !== fingerprint) return 'changed';
  return retries.has(pointer.id) ? 'retry' : 'up-to-date';
}

export interface PeriodState {
  readonly id: PeriodId;
  readonly bounds: Period;
  readonly pointer: NodePointer | undefined;
  /** In time order. */
  readonly inputs: readonly Pick<NodePointer, 'id' | 'start' | 'contentDigest'>[];
  /** The TOC level of an input that is marked but was left out, if there is one. */
  readonly waitsFor: TocLevel | undefined;
}

export type PeriodStep = RollupStep & {readonly id: PeriodId; readonly tocLevel: PeriodLevel} & (
    | {readonly action: 'make'; readonly fingerprint: string; readonly version: number; readonly state: PeriodState}
    | {readonly action: 'leave'; readonly isSettled: boolean}
    | {readonly action: 'retract'; readonly version: number; readonly state: PeriodState}
  );

/** Says what is to be done about a marked period. */
export function planPeriod(
  state: PeriodState,
  by: SummarizerIdentity,
  now: EpochMs,
  minAgeMs: number,
  retries: RetryIds = NO_RETRIES,
): PeriodStep {
  const {id, bounds, pointer, inputs, waitsFor} = state;
  const tocLevel = tocLevelOf(id);
  const leave = (reason: RollupReason, isSettled: boolean): PeriodStep => ({id, tocLevel, reason, action: 'leave', isSettled});
  const version = (pointer?.version ?? 0) + 1;
  if (inputs.length === 0 && waitsFor === undefined) {
    if (pointer === undefined || pointer.status === 'retracted') return leave('up-to-date', true);
    return {id, tocLevel, reason: 'without-inputs', action: 'retract', version, state};
  }
  if (now - bounds.end < minAgeMs) return leave('too-recent', false);
  if (waitsFor !== undefined) return leave(`waits-for-${waitsFor}`, false);
  const fingerprint = fingerprintOf(id, bounds, by, inputs);
  const reason = reasonToMake(pointer, fingerprint, retries);
  if (reason === 'up-to-date') return leave(reason, true);
  return {id, tocLevel, reason, action: 'make', fingerprint, version, state};
}

/** The segments that hold an old segment's events now. */
export function successorsOf(eventIds: readonly EventId[], segments: readonly Segment[]): readonly SegmentId[] {
  const held = new Set(eventIds);
  return segments.filter((segment) => segment.events.some((event) => held.has(event.id))).map((segment) => segment.id);
}
