import type {EpochMs} from '../../../domain/event/event.js';
import type {RollupStep} from '../../../domain/rollup/rollup-step.js';
import type {TocNode} from '../../../domain/toc/node.js';
import type {Change} from '../../../store/port/store.js';
import type {Made} from '../commit/made.js';
import type {MarkedWork} from './marked-work.js';
import type {NodeToMake} from './node-to-make.js';

/** What is to be done about one mark, that of a session-day or of a period: read and planned, nothing is made yet. */
export interface Work extends MarkedWork {
  readonly toMake: readonly NodeToMake[];
  readonly retracted: readonly {readonly step: RollupStep; readonly node: TocNode}[];
  readonly left: readonly RollupStep[];
  /** Where its date ends or its period starts, to put the newest first. */
  readonly time: EpochMs;
  /** About how long it takes to read and to make, and how much memory it holds, in segments. */
  readonly size: number;
  /** What is stored beside its nodes, whatever becomes of them. */
  readonly changes?: () => readonly Change[];
  /** Another thread makes all of it, and what is to make is known there alone. */
  readonly made?: () => Promise<Made>;
}

/** The node, its TOC level and the reason alone: the step of a plan holds all the events of a segment. */
export function stepOf({id, tocLevel, reason}: RollupStep): RollupStep {
  return {id, tocLevel, reason};
}
