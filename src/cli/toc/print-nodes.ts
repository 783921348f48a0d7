import {Calendar} from '../../domain/time/period.js';
import {isAbsolutePhrase, parsePhrase} from '../../domain/time/phrase.js';
import {parseTimeRange, type TimeRange} from '../../domain/time/time-range.js';
import {localDate, type NodeId, type TocLevel} from '../../domain/toc/node-id.js';
import type {ShownNode} from '../../domain/toc/shown-node.js';
import {nodeJson, versionJson} from '../../json/node-json.js';
import {readToday} from '../../operations/access/read-today.js';
import type {Mem} from '../../operations/mem.js';
import {listFilteredNodes} from '../../operations/report/read-filtered-toc.js';
import {isFiltering, type ReportFilter} from '../../operations/report/report-filter.js';
import {listNodes} from '../../operations/toc/list-nodes.js';
import type {NodeSize} from '../../operations/toc/list-sizes.js';
import {readNodeLog} from '../../operations/toc/read-events.js';
import {type Line, styled} from '../../text/line.js';
import {addressOf, marksOf, waitingText} from '../../text/node-text.js';
import {stepBar} from '../../text/step-bar.js';
import {versionLines} from '../../text/version-text.js';
import {note, type Output} from '../frame/output.js';

export interface RangeFlags {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly json: boolean;
}

/** The range in the flags, in the store's zone. */
export async function readRange(mem: Mem, {from, to}: RangeFlags): Promise<TimeRange> {
  if (from === undefined && to === undefined) return {};
  const {timeZone, today} = await readToday(mem);
  return parseTimeRange(from, to, today, new Calendar(timeZone));
}

/** Prints nodes page by page. The store is closed while a page is written. */
export async function printNodes(
  mem: Mem,
  flags: RangeFlags & {tocLevel?: TocLevel | undefined; provisional: boolean; filter: ReportFilter},
  out: Output,
): Promise<void> {
  const range = await readRange(mem, flags);
  let calendar: Calendar | undefined;
  let waiting = 0;
  const {filter, tocLevel, provisional} = flags;
  const options = {...range, tocLevel, provisional};
  const pages = isFiltering(filter) ? listFilteredNodes(mem, options, filter) : listNodes(mem, options);
  for await (const {nodes, sizes, timeZone, waitingEvents} of pages) {
    calendar ??= new Calendar(timeZone);
    for (const node of nodes) {
      if (flags.json) out.json(nodeJson(node, calendar, sizes.get(node.id)?.events));
      else out.line(...nodeLine(node, sizes.get(node.id)));
    }
    await out.page();
    waiting = waitingEvents;
  }
  if (waiting > 0) note([`mem: ${waitingText(waiting)}`]);
}

function nodeLine(node: ShownNode, size: NodeSize | undefined): Line {
  const marks = marksOf(node);
  return [
    styled('cyan', addressOf(node.id).padEnd(10)),
    ' ',
    styled('green', size === undefined ? ' ' : stepBar(size.events, size.largest)),
    ' ',
    node.label,
    ...(node.title === '' || node.title === node.label ? [] : ['  ', styled('bold', node.title)]),
    ...(marks.length === 0 ? [] : ['  ', styled('yellow', `[${marks.join(', ')}]`)]),
  ];
}

/** The node that a phrase names. The store's zone is needed only if the phrase depends on today's date. */
export async function readNodeId(mem: Mem, words: readonly string[]): Promise<NodeId> {
  return parsePhrase(words, isAbsolutePhrase(words) ? localDate('2000-01-01') : (await readToday(mem)).today);
}

/** Prints the versions of the node in `words`, newest first. */
export async function printNodeLog(mem: Mem, words: readonly string[], json: boolean, out: Output): Promise<void> {
  const id = await readNodeId(mem, words);
  const {versions, timeZone} = await readNodeLog(mem, id);
  const calendar = new Calendar(timeZone);
  if (json) for (const version of versions.toReversed()) out.json(versionJson(version, calendar));
  else
    out.lines([
      [styled('bold', calendar.labelOf(id, versions.at(-1)?.start ?? calendar.boundsOf(id).start)), '  ', styled('dim', id)],
      [],
      ...versionLines(versions, calendar),
    ]);
}
