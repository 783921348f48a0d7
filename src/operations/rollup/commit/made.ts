import type {RollupOutcome, RollupStep} from '../../../domain/rollup/rollup-step.js';
import type {TocNode} from '../../../domain/toc/node.js';
import type {Change} from '../../../store/port/store.js';
import type {MarkedWork} from '../find/marked-work.js';
import type {NodeToMake} from '../find/node-to-make.js';

/** A part of some work, made and ready for its commit. */
export interface Made {
  readonly work: MarkedWork;
  /** How many parts of the work it is; 0 for one that keeps its mark. */
  readonly parts: number;
  /** Versions to store, retracted ones too. */
  readonly nodes: readonly TocNode[];
  /** What is to be stored beside them. */
  readonly changes: readonly Change[];
  /** What to tell once it is stored. */
  readonly outcomes: readonly RollupOutcome[];
  /** The node for which a model was asked or would have been. It may be stored although its session-day has gone on. */
  readonly asked?: NodeToMake;
  /** A call was made for it: it gets a commit of its own, which is synced. */
  readonly isPaid: boolean;
}

export const madeOutcome = (step: RollupStep, {version, title, fallback}: TocNode): RollupOutcome & {kind: 'made'} => ({
  kind: 'made',
  step,
  version,
  title,
  fallback,
});

/** Nothing was made: the mark stays. */
export const nothingMade = (work: MarkedWork, outcomes: readonly RollupOutcome[]): Made => ({
  work,
  parts: 0,
  nodes: [],
  changes: [],
  outcomes,
  isPaid: false,
});

export function changesStore({work, nodes, changes, parts}: Made): boolean {
  return nodes.length > 0 || changes.length > 0 || (parts > 0 && work.isSettled);
}
