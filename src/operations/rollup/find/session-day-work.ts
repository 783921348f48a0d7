import {planSessionDay, type SegmentStep, successorsOf} from '../../../domain/rollup/rollup-plan.js';
import {makeSegmentNode, retractSegment} from '../../../domain/toc/make-node.js';
import {isSegmentNode, type SegmentNode} from '../../../domain/toc/node.js';
import {contentFromEvents} from '../../../domain/toc/node-content.js';
import {dayId, type SegmentId} from '../../../domain/toc/node-id.js';
import {overlapOf} from '../../../domain/toc/overlap.js';
import {type SegmentEvent, spokenEvents} from '../../../domain/toc/segment-event.js';
import type {SessionDayMark} from '../../../store/port/store.js';
import {wantedSummarizer} from '../../mem.js';
import type {RollupRun} from '../rollup-run.js';
import type {RollupStore} from '../rollup-store.js';
import {type MarkedSessionDay, readSessionDays} from './read-session-days.js';
import {type NodeToMake, stepOf, type Work} from './work.js';

type MakeSegment = Extract<SegmentStep<SegmentEvent>, {action: 'make'}>;

/** Cuts a marked session-day again and says what is to be done about its segments. */
export async function sessionDayWork(run: RollupRun, store: RollupStore, {mark, events, pointers}: MarkedSessionDay): Promise<Work> {
  const day = run.calendar.boundsOf(dayId(mark.date));
  const plan = planSessionDay({date: mark.date, day, events, pointers}, wantedSummarizer(run.mem), run.now, run.dueRetries);
  const toMake = plan.steps.filter((step) => step.action === 'make');
  const toRetract = plan.steps.filter((step) => step.action === 'retract');
  const redone = run.mem.model ? toMake.filter(({reason}) => reason === 'redo') : [];
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
  return {
    mark,
    toMake: toMake.map((step) => segmentToMake(run, step, replacedBy(step.id), stored.get(step.id))),
    retracted,
    left: plan.steps.filter((step) => step.action === 'leave').map(stepOf),
    isSettled: plan.isSettled,
    time: day.end,
    size: Math.max(1, toMake.length),
    partsLeft: toMake.length + 1,
  };
}

function segmentToMake(run: RollupRun, step: MakeSegment, replaces: readonly SegmentId[], stored: SegmentNode | undefined): NodeToMake {
  const {segment, version, fingerprint} = step;
  return {
    step: stepOf(step),
    start: segment.start,
    version,
    fingerprint,
    kept: stored?.childIds.join() === segment.events.map(({id}) => id).join() ? stored : undefined,
    summarize: (by) => by.summarizeEvents(spokenEvents(segment.events), {}),
    requestOf: (model) => {
      const events = spokenEvents(segment.events);
      if (!model.takesEvents(events)) return undefined;
      return (call) => model.summarizeEvents(events, spokenEvents(overlapOf(segment)), call);
    },
    nodeOf: (summary, by, fallback) => {
      const content = contentFromEvents(summary, segment.events);
      return makeSegmentNode(segment, {version, content, fingerprint, summarizer: by, fallback, now: run.now}, replaces);
    },
  };
}

/** Whether a session-day that has gone on still gives a segment as it was. @param mark the one that it has now */
export async function isStillWanted(run: RollupRun, store: RollupStore, mark: SessionDayMark, segment: NodeToMake): Promise<boolean> {
  for await (const group of readSessionDays(() => store, mark.date, [mark])) {
    for (const sessionDay of group ?? []) {
      const {toMake} = await sessionDayWork(run, store, sessionDay);
      const same = toMake.find(({step}) => step.id === segment.step.id);
      return same?.fingerprint === segment.fingerprint && same.version === segment.version;
    }
  }
  return false;
}
