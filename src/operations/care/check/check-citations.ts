import type {EventId} from '../../../domain/event/event.js';
import {endDateOf, firstDateOf} from '../../../domain/time/period.js';
import {isSegmentNode, type TocNode} from '../../../domain/toc/node.js';
import {isPeriodId} from '../../../domain/toc/node-id.js';
import type {NodeHistory} from '../../../store/port/store.js';
import type {CaredStore} from './check-nodes.js';
import type {IdTable} from './id-table.js';
import type {PartOfReport} from './verdict.js';

/**
 * Whether every event exists that the newest version of a node was made from or cites. A node that is to be made again may cite what is
 * gone: its next version will not.
 * @param table all events of the store; what came since is looked up
 */
export async function checkCitations(
  store: CaredStore,
  histories: readonly NodeHistory[],
  table: IdTable,
  report: PartOfReport,
): Promise<void> {
  for (const {versions} of histories) {
    const newest = versions.at(-1);
    if (newest === undefined || newest.status === 'retracted') continue;
    const cited = citedBy(newest);
    report.looked += cited.size;
    const unknown = [...cited].filter((id) => !table.has(id));
    if (unknown.length === 0) continue;
    const found = await store.eventsOf(unknown);
    const missing = unknown.filter((_, at) => found[at] === undefined);
    if (missing.length === 0 || (await isToBeMadeAgain(store, newest))) continue;
    for (const id of missing) report.fault(`${newest.id} cites the event ${id}, which does not exist`);
  }
}

function citedBy(node: TocNode): ReadonlySet<EventId> {
  const cited = new Set<EventId>([...node.bullets, ...node.facts].flatMap(({eventIds}) => eventIds));
  if (isSegmentNode(node)) for (const id of node.childIds) cited.add(id);
  return cited;
}

async function isToBeMadeAgain(store: CaredStore, node: TocNode): Promise<boolean> {
  if (isPeriodId(node.id) && (await store.nodeMarksOf([node.id]))[0] !== undefined) return true;
  return (await store.sessionDayMarks({from: firstDateOf(node.id), to: endDateOf(node.id)}, {limit: 1})).length > 0;
}
