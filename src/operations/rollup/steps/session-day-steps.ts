import {planSessionDay, type SegmentStep, successorsOf} from '../../../domain/rollup/rollup-plan.js';
import type {RollupOutcome} from '../../../domain/rollup/rollup-step.js';
import {contentFromEvents, eventForSummary, makeSegmentNode, retractNode, type SegmentEvent} from '../../../domain/toc/make-node.js';
import type {NodePointer, TocNode} from '../../../domain/toc/node.js';
import {dayId, type NodeId} from '../../../domain/toc/node-id.js';
import type {EventForSummary, Summary} from '../../../domain/toc/summary.js';
import type {Change, SessionDayMark, Store} from '../../../store/port/store.js';
import {wantedSummarizer} from '../../mem.js';
import type {MarkedSessionDay} from './read-session-days.js';
import type {RollupRun} from './rollup-run.js';

export type MakeSegment = Extract<SegmentStep<SegmentEvent>, {action: 'make'}>;

/** What is to be done about one session-day: read and planned, not yet summarized. */
export interface PlannedSessionDay {
  readonly mark: SessionDayMark;
  readonly pointers: readonly NodePointer[];
  readonly toMake: readonly MakeSegment[];
  readonly retracted: readonly {readonly step: SegmentStep; readonly node: TocNode}[];
  readonly left: readonly SegmentStep[];
  readonly isSettled: boolean;
}

/** The same, summarized and ready for its commit. */
export interface MadeSessionDay {
  readonly mark: SessionDayMark;
  readonly nodes: readonly TocNode[];
  readonly outcomes: readonly RollupOutcome[];
  readonly isSettled: boolean;
}

export async function planMarkedSessionDay(
  run: RollupRun,
  store: Store,
  {mark, events, pointers}: MarkedSessionDay,
): Promise<PlannedSessionDay> {
  const day = run.calendar.boundsOf(dayId(mark.date));
  const plan = planSessionDay({date: mark.date, day, events, pointers}, wantedSummarizer(run.mem), run.now, run.dueRetries);
  const toRetract = plan.steps.filter((step) => step.action === 'retract');
  const old = await store.nodes(toRetract.map((step) => step.id));
  const retracted = toRetract.flatMap((step, at) => {
    const node = old[at];
    if (node === undefined) return [];
    return [{step, node: retractNode(node, step.version, successorsOf(node.childIds, plan.segments), run.now)}];
  });
  return {
    mark,
    pointers,
    toMake: plan.steps.filter((step) => step.action === 'make'),
    retracted,
    left: plan.steps.filter((step) => step.action === 'leave'),
    isSettled: plan.isSettled,
  };
}

/** What a summarizer is given of a segment's events, or of the overlap before them. */
export function spokenEvents(events: readonly SegmentEvent[]): readonly EventForSummary[] {
  return events.filter(({event}) => event.text.trim() !== '').map(({event}) => eventForSummary(event));
}

/** A segment's node from its summary. @param by the name of the summarizer that made it @param fallback why it was not the wanted one */
export function segmentNode(
  run: RollupRun,
  {segment, version, fingerprint}: MakeSegment,
  planned: PlannedSessionDay,
  summary: Summary,
  by: string,
  fallback?: string,
): TocNode {
  const content = contentFromEvents(summary, segment.events);
  return makeSegmentNode(
    segment,
    {version, content, fingerprint, summarizer: by, fallback, now: run.now},
    replacedSegments(segment.id, planned),
  );
}

/** The retracted segments whose events a segment took over, now or in an earlier rollup while it was still open. */
function replacedSegments(id: NodeId, {pointers, retracted}: PlannedSessionDay): readonly NodeId[] {
  const gone = [...pointers.filter(({status}) => status === 'retracted'), ...retracted.map(({node}) => node)];
  return gone.filter(({replacedBy}) => replacedBy?.includes(id)).map((pointer) => pointer.id);
}

/** Commits session-days whose mark is still the one that was read: then so are the inputs. The others stay marked for the next rollup. */
export async function commitSessionDays(run: RollupRun, store: Store, made: readonly MadeSessionDay[]): Promise<readonly RollupOutcome[]> {
  const changes: Change[] = [];
  const outcomes: RollupOutcome[] = [];
  const changedDays = new Set<NodeId>();
  const marks = await store.sessionDayMarksOf(made.map(({mark}) => mark));
  for (const [at, {mark, nodes, outcomes: own, isSettled}] of made.entries()) {
    const {date, sessionKey} = mark;
    if (marks[at]?.token !== mark.token) continue;
    for (const node of nodes) changes.push({kind: 'node', node});
    if (nodes.length > 0) changedDays.add(dayId(date));
    if (isSettled) changes.push({kind: 'unmark-session-day', date, sessionKey});
    outcomes.push(...own);
  }
  for (const id of changedDays) changes.push({kind: 'mark-node', id});
  await run.commit(store, changes);
  return outcomes;
}
