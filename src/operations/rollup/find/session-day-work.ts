import {activityOf} from '../../../domain/event/activity.js';
import type {FailureReason} from '../../../domain/model/failure-reason.js';
import {inputsSince, isByModel} from '../../../domain/rollup/new-rules.js';
import {planSessionDay, type SegmentStep, successorsOf} from '../../../domain/rollup/rollup-plan.js';
import {makeSegmentNode, retractSegment} from '../../../domain/toc/make-node.js';
import {isSegmentNode, type SegmentNode} from '../../../domain/toc/node.js';
import {contentFromEvents, type NodeContent, segmentContent} from '../../../domain/toc/node-content.js';
import {dayId, type SegmentId} from '../../../domain/toc/node-id.js';
import {overlapOf} from '../../../domain/toc/overlap.js';
import {contextOf, type SegmentEvent, spokenEvents} from '../../../domain/toc/segment-event.js';
import type {SessionDayMark} from '../../../store/port/store.js';
import {wantedSummarizer} from '../../mem.js';
import {isCounted, searchChange} from '../../search/index-session-day.js';
import type {DayRun} from '../day-run.js';
import type {RollupStore} from '../rollup-store.js';
import type {NodeToMake} from './node-to-make.js';
import {type MarkedSessionDay, readSessionDays} from './read-session-days.js';
import {stepOf, type Work} from './work.js';

type MakeSegment = Extract<SegmentStep<SegmentEvent>, {action: 'make'}>;

/** Cuts a marked session-day again and says what is to be done about its segments. */
export async function sessionDayWork(
  run: DayRun,
  store: Pick<RollupStore, 'nodes' | 'searchRowsOf'>,
  {mark, events, pointers}: MarkedSessionDay,
): Promise<Work> {
  const day = run.calendar.boundsOf(dayId(mark.date));
  const plan = planSessionDay({date: mark.date, day, events, pointers}, wantedSummarizer(run.mem), run.now, run.dueRetries);
  const toMake = plan.steps.filter((step) => step.action === 'make');
  const toRetract = plan.steps.filter((step) => step.action === 'retract');
  const redone = toMake.filter(({reason}) => (run.mem.model && reason === 'redo') || reason === 'changed');
  const nodes = await store.nodes([...toRetract, ...redone].map(({id}) => id));
  const stored = new Map(nodes.flatMap((node) => (node !== undefined && isSegmentNode(node) ? [[node.id, node] as const] : [])));
  const retracted = toRetract.flatMap((step) => {
    const node = stored.get(step.id);
    if (node === undefined) return [];
    return [{step: stepOf(step), node: retractSegment(node, step.version, successorsOf(node.childIds, plan.segments), run.now)}];
  });
  const gone = [...pointers.filter(({status}) => status === 'retracted'), ...retracted.map(({node}) => node)];
  // The retracted segments whose events a segment took over, now or in an earlier rollup while it was still open.
  const replacedBy = (id: SegmentId): readonly SegmentId[] => gone.filter((node) => node.replacedBy?.includes(id)).map((node) => node.id);
  // A mark that goes was counted under no other: only one that stays is met again.
  const isIndexed = run.isDryRun || (!plan.isSettled && (await isCounted(store, mark)));
  return {
    mark,
    toMake: toMake.map((step) => segmentToMake(run, step, replacedBy(step.id), stored.get(step.id))),
    retracted,
    left: plan.steps.filter((step) => step.action === 'leave').map(stepOf),
    isSettled: plan.isSettled,
    ...(plan.isSettled && {
      activity: activityOf(
        events.map(({event}) => event),
        (at) => run.calendar.hourOf(at),
      ),
    }),
    time: day.end,
    size: Math.max(1, toMake.length),
    ...(!isIndexed && {
      changes: () => [
        searchChange(
          mark,
          events.map(({event}) => event),
          run.counter,
        ),
      ],
    }),
    partsLeft: toMake.length + 1,
  };
}

/** @param stored the latest version, where it may matter */
function segmentToMake(run: DayRun, step: MakeSegment, replaces: readonly SegmentId[], stored: SegmentNode | undefined): NodeToMake {
  const {segment, version, fingerprint, reason} = step;
  const {events} = segment;
  const ids = events.map(({id}) => id);
  const since = reason === 'changed' ? inputsSince(stored, {ids, bounds: segment, children: []}) : undefined;
  const nodeFrom = (content: NodeContent, summarizer: string, fallback?: FailureReason): SegmentNode =>
    makeSegmentNode(segment, {version, content, fingerprint, summarizer, inputsSince: since, fallback, now: run.now}, replaces);
  const isReady = stored !== undefined && since !== undefined && isByModel(stored);
  return {
    step: isReady ? {...stepOf(step), reason: 'new-rules'} : stepOf(step),
    start: segment.start,
    end: segment.end,
    version,
    fingerprint,
    ready: isReady ? nodeFrom(segmentContent(stored, events), stored.summarizer) : undefined,
    kept: reason === 'redo' && stored?.childIds.join() === ids.join() ? stored : undefined,
    summarize: (by) => by.summarizeEvents(spokenEvents(segment.events), contextOf(segment)),
    requestOf: (model) => {
      const events = spokenEvents(segment.events);
      if (!model.takesEvents(events)) return undefined;
      const context = {...contextOf(segment), overlap: spokenEvents(overlapOf(segment))};
      return (call) => model.summarizeEvents(events, context, call);
    },
    nodeOf: (summary, by, fallback) => nodeFrom(contentFromEvents(summary, events), by, fallback),
  };
}

/** Whether a session-day that has gone on still gives a segment as it was. @param mark the one that it has now */
export async function isStillWanted(run: DayRun, store: RollupStore, mark: SessionDayMark, segment: NodeToMake): Promise<boolean> {
  for await (const group of readSessionDays(() => store, [mark])) {
    for (const sessionDay of group ?? []) {
      const {toMake} = await sessionDayWork(run, store, sessionDay);
      const same = toMake.find(({step}) => step.id === segment.step.id);
      return same?.fingerprint === segment.fingerprint && same.version === segment.version;
    }
  }
  return false;
}
