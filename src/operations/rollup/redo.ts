import type {EpochMs} from '../../domain/event/event.js';
import type {NodePointer, TocNode} from '../../domain/toc/node.js';
import {periodPartOf, TOC_LEVELS, type TocLevel} from '../../domain/toc/node-id.js';
import type {Change} from '../../store/port/store.js';
import {JOB_PATIENCE_MS, type Mem} from '../mem.js';
import {markOf} from './steps/retries.js';

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

/** Yields the latest versions that are to be made again, page by page; the store is closed in between. */
export async function* findRedo(mem: Pick<Mem, 'store'>, redo: Redo): AsyncGenerator<readonly NodePointer[]> {
  for (const tocLevel of redo.tocLevel === undefined ? TOC_LEVELS : [redo.tocLevel]) {
    let from: string | undefined = '';
    while (from !== undefined) {
      const start: string = from;
      const page = await mem.store.use(JOB_PATIENCE_MS, async (store) => {
        const pointers = await store.pointers(tocLevel, {from: start}, NODES_PER_READ);
        const nodes = await store.nodes(pointers.map(({id}) => id));
        return {pointers, wanted: pointers.filter((_, at) => isWanted(nodes[at], redo))};
      });
      if (page.wanted.length > 0) yield page.wanted;
      await mem.store.pause();
      const last = page.pointers.length < NODES_PER_READ ? undefined : page.pointers.at(-1);
      from = last && `${periodPartOf(last.id)}\u0000`;
    }
  }
}

function isWanted(node: TocNode | undefined, {kind, from, to}: Redo): boolean {
  if (node === undefined || node.status === 'retracted') return false;
  if ((from !== undefined && node.end <= from) || (to !== undefined && node.start >= to)) return false;
  if (kind === 'all') return true;
  if (kind === 'fallback') return node.fallback !== undefined;
  return node.fallback === undefined && node.summarizer.startsWith(`${kind}/`);
}

/** Marks nodes so that a rollup makes them again, this one or, if it is killed, the next. */
export async function markForRedo(mem: Pick<Mem, 'store' | 'clock'>, pointers: readonly NodePointer[]): Promise<void> {
  const changes = pointers.flatMap((pointer): readonly Change[] => [{kind: 'redo-node', pointer}, markOf(pointer)]);
  await mem.store.use(JOB_PATIENCE_MS, (store) => store.commit(changes, mem.clock(), {sync: true}));
}
