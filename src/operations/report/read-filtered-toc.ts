import {parentOf} from '../../domain/time/period.js';
import {dateOf, monthIdOf, type NodeId, tocLevelOf} from '../../domain/toc/node-id.js';
import type {ShownNode, ShownPeriod} from '../../domain/toc/shown-node.js';
import {readDrained} from '../access/drained-store.js';
import type {Mem} from '../mem.js';
import {type ListOptions, listNodes, type NodePage} from '../toc/list-nodes.js';
import type {NodeSize} from '../toc/list-sizes.js';
import {readToc, type TocReading} from '../toc/read-toc.js';
import {composeNode} from './compose-node.js';
import {cutToDepth} from './report.js';
import {fitsSegment, type ReportFilter, readFilter} from './report-filter.js';

/** How many TOC levels below it the segments of a period are. */
export const DEPTHS_TO_SEGMENTS = {year: 4, month: 3, week: 2, day: 1, segment: 0};
/** A list goes on from month to month; a week may begin in the one before. */
const MONTHS_KEPT = 3;

type Compose = (node: ShownNode) => ShownNode | undefined;

/**
 * Reads a node and what is below it as `readToc` does, as if nothing but some projects, or one agent, had been recorded.
 * @throws MemError USAGE for a project whose name is not clear; otherwise as `readToc`
 */
export async function readFilteredToc(mem: Mem, id: NodeId, depth: number, filter: ReportFilter): Promise<TocReading> {
  const compose = await readCompose(mem, filter);
  const reading = await readToc(mem, id, DEPTHS_TO_SEGMENTS[tocLevelOf(id)]);
  const node = reading.node && compose(reading.node);
  return {
    ...reading,
    node: node && cutToDepth(node, depth),
    // Which project they are of is not known before a rollup has read them.
    textlessEvents: 0,
    successors: reading.successors.filter((successor) => compose(successor) !== undefined),
  };
}

/** Yields nodes as `listNodes` does: segments that fit, and periods composed of such. A period is as large as it is: it has no size here. */
export async function* listFilteredNodes(mem: Mem, options: ListOptions, filter: ReportFilter): AsyncGenerator<NodePage> {
  const composed = new ComposedPeriods(mem, await readCompose(mem, filter));
  for await (const page of listNodes(mem, options)) {
    const nodes: ShownNode[] = [];
    const sizes = new Map<NodeId, NodeSize>();
    for (const node of page.nodes) {
      const found = await composed.of(node);
      if (found === undefined) continue;
      nodes.push(found);
      const size = page.sizes.get(node.id);
      if (found.tocLevel === 'segment' && size !== undefined) sizes.set(node.id, size);
    }
    yield {...page, nodes, sizes};
  }
}

async function readCompose(mem: Mem, typed: ReportFilter): Promise<Compose> {
  const filter = await readDrained(mem, (store) => readFilter(store, typed, mem.projectNames));
  const summarizer = await mem.provisional();
  return (node) => composeNode(node, (segment) => fitsSegment(segment, filter), summarizer);
}

/** Composes the nodes of a list: a month is read once, with its weeks and days. */
class ComposedPeriods {
  readonly #mem: Mem;
  readonly #compose: Compose;
  readonly #months = new Map<NodeId, ReadonlyMap<NodeId, ShownNode>>();

  constructor(mem: Mem, compose: Compose) {
    this.#mem = mem;
    this.#compose = compose;
  }

  async of(node: ShownNode): Promise<ShownNode | undefined> {
    if (node.tocLevel === 'segment') return this.#compose(node);
    const month = node.tocLevel === 'year' ? undefined : monthOf(node);
    const found = month === undefined ? undefined : (await this.#below(month)).get(node.id);
    // A year is read as a whole, and so is a week of which a part lies in another month.
    const whole = found === undefined || found.clipped ? await this.#read(node.id) : found;
    const composed = whole && this.#compose(whole);
    return composed && {...composed, children: undefined};
  }

  async #below(month: NodeId): Promise<ReadonlyMap<NodeId, ShownNode>> {
    const known = this.#months.get(month);
    if (known !== undefined) return known;
    const nodes = new Map<NodeId, ShownNode>();
    const add = (node: ShownNode): void => {
      nodes.set(node.id, node);
      if (node.tocLevel !== 'segment') for (const child of node.children ?? []) add(child);
    };
    const tree = await this.#read(month);
    if (tree !== undefined) add(tree);
    const [oldest] = this.#months.keys();
    if (this.#months.size >= MONTHS_KEPT && oldest !== undefined) this.#months.delete(oldest);
    this.#months.set(month, nodes);
    return nodes;
  }

  async #read(id: NodeId): Promise<ShownNode | undefined> {
    return (await readToc(this.#mem, id, DEPTHS_TO_SEGMENTS[tocLevelOf(id)])).node;
  }
}

function monthOf({id, tocLevel}: ShownPeriod): NodeId | undefined {
  if (tocLevel === 'month') return id;
  return tocLevel === 'week' ? parentOf(id) : monthIdOf(dateOf(id));
}
