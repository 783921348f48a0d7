import type {EpochMs} from '../../../domain/event/event.js';
import type {TocNode} from '../../../domain/toc/node.js';
import type {NodeId} from '../../../domain/toc/node-id.js';
import type {Change} from '../../../store/port/store.js';

/** What `status` shows of a rollup, and whether one was cut short. What is left to do is what is marked. */
export interface RollupCheckpoint {
  readonly run_id: string;
  readonly started_at: EpochMs;
  readonly made: number;
  readonly retracted: number;
  readonly last_node: NodeId | undefined;
  /** Missing while it runs, and for ever when it was killed. */
  readonly finished_at?: EpochMs;
}

export const ROLLUP_JOB = 'rollup';

export function firstCheckpoint(startedAt: EpochMs): RollupCheckpoint {
  return {run_id: `${startedAt}`, started_at: startedAt, made: 0, retracted: 0, last_node: undefined};
}

/** The checkpoint once some more versions are stored. */
export function checkpointAfter(before: RollupCheckpoint, nodes: readonly TocNode[]): RollupCheckpoint {
  const retracted = nodes.filter(({status}) => status === 'retracted').length;
  return {
    ...before,
    made: before.made + nodes.length - retracted,
    retracted: before.retracted + retracted,
    last_node: nodes.at(-1)?.id ?? before.last_node,
  };
}

export function checkpointChange(state: RollupCheckpoint): Change {
  return {kind: 'job-state', job: ROLLUP_JOB, state};
}
