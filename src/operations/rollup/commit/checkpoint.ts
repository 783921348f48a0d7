import type {EpochMs} from '../../../domain/event/event.js';
import {Fields} from '../../../domain/stored/fields.js';
import type {TocNode} from '../../../domain/toc/node.js';
import {isNodeId, type NodeId} from '../../../domain/toc/node-id.js';
import type {Change, Store} from '../../../store/port/store.js';

/** What `status` shows of a rollup, and whether one was cut short. What is left to do is what is marked. */
export interface RollupCheckpoint {
  readonly runId: string;
  readonly startedAt: EpochMs;
  readonly made: number;
  readonly retracted: number;
  readonly lastNode: NodeId | undefined;
  /** Missing while it runs, and for ever when it was killed. */
  readonly finishedAt?: EpochMs;
}

export const ROLLUP_JOB = 'rollup';

export function firstCheckpoint(startedAt: EpochMs): RollupCheckpoint {
  return {runId: `${startedAt}`, startedAt, made: 0, retracted: 0, lastNode: undefined};
}

/** The checkpoint once some more versions are stored. */
export function checkpointAfter(before: RollupCheckpoint, nodes: readonly TocNode[]): RollupCheckpoint {
  const retracted = nodes.filter(({status}) => status === 'retracted').length;
  return {
    ...before,
    made: before.made + nodes.length - retracted,
    retracted: before.retracted + retracted,
    lastNode: nodes.at(-1)?.id ?? before.lastNode,
  };
}

export function checkpointChange({runId, startedAt, made, retracted, lastNode, finishedAt}: RollupCheckpoint): Change {
  const state = {run_id: runId, started_at: startedAt, made, retracted, last_node: lastNode, finished_at: finishedAt};
  return {kind: 'job-state', job: ROLLUP_JOB, state};
}

/** What the store has of the last rollup; undefined where none was made. @throws UnknownShape */
export async function readCheckpoint(store: Pick<Store, 'jobStates'>): Promise<RollupCheckpoint | undefined> {
  const [stored] = await store.jobStates([ROLLUP_JOB]);
  return stored === undefined ? undefined : parseCheckpoint(stored);
}

export function parseCheckpoint(stored: unknown): RollupCheckpoint {
  const fields = new Fields('jrollup', stored);
  const lastNode = fields.has('last_node') ? fields.text('last_node') : undefined;
  if (lastNode !== undefined && !isNodeId(lastNode)) throw fields.fault('last_node');
  return {
    runId: fields.text('run_id'),
    startedAt: fields.instant('started_at'),
    made: fields.number('made'),
    retracted: fields.number('retracted'),
    lastNode,
    ...(fields.has('finished_at') && {finishedAt: fields.instant('finished_at')}),
  };
}
