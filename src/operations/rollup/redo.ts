import type {EpochMs} from '../../domain/event/event.js';
import type {NodePointer, TocNode} from '../../domain/toc/node.js';
import {periodPartOf, TOC_LEVELS, type TocLevel} from '../../domain/toc/node-id.js';
import type {Change} from '../../store/port/store.js';
import {markOf} from './retries.js';
import type {RollupRun} from './rollup-run.js';

/** What made a node: a summarizer by its id, or the extractive one in place of a model that could not be had. */
export const REDO_KINDS = ['fallback', 'extractive', 'openai', 'all'] as const;
export type RedoKind = (typeof REDO_KINDS)[number];

/** Which nodes are to be made again. */
export interface Redo {
  readonly kind: RedoKind;
  /** Undefined for all. */
  readonly tocLevel?: TocLevel | undefined;
  /** Nodes that overlap `[from, to)`; an undefined side is open. */
  readonly from?: EpochMs | undefined;
  readonly to?: EpochMs | undefined;
}

const NODES_PER_READ = 500;

/** Marks nodes so that a rollup makes them again, this one or, if it is killed, the next. */
export function markForRedo({hold, mem}: RollupRun, redo: Redo): Promise<void> {
  return hold.inTurns(async function* (current) {
    for (const tocLevel of redo.tocLevel === undefined ? TOC_LEVELS : [redo.tocLevel]) {
      let from: string | undefined = '';
      while (from !== undefined) {
        const pointers: readonly NodePointer[] = await current().pointers(tocLevel, {from}, NODES_PER_READ);
        const nodes = await current().nodes(pointers.map(({id}) => id));
        const wanted = pointers.filter((_, at) => isWanted(nodes[at], redo));
        const changes = wanted.flatMap((pointer): readonly Change[] => [{kind: 'redo-node', pointer}, markOf(pointer)]);
        if (changes.length > 0) await current().commit(changes, mem.clock(), {sync: true});
        yield;
        const last = pointers.length < NODES_PER_READ ? undefined : pointers.at(-1);
        from = last && `${periodPartOf(last.id)}\u0000`;
      }
    }
  });
}

function isWanted(node: TocNode | undefined, {kind, from, to}: Redo): boolean {
  if (node === undefined || node.status === 'retracted') return false;
  if ((from !== undefined && node.end <= from) || (to !== undefined && node.start >= to)) return false;
  if (kind === 'all') return true;
  if (kind === 'fallback') return node.fallback !== undefined;
  return node.fallback === undefined && node.summarizer.startsWith(`${kind}/`);
}
