import {type NodeId, tocLevelOf} from '../domain/node-id.js';
import {Calendar, periodLabel} from '../domain/period.js';
import type {Mem} from '../operations/mem.js';
import {readToc, type TocReading} from '../operations/read-toc.js';
import {type Line, styled} from './line.js';
import {nodeJson} from './node-json.js';
import type {Output} from './output.js';
import {readNodeId} from './print-nodes.js';
import {treeLines} from './tree-text.js';

export interface ShowTocOptions {
  readonly depth?: number | undefined;
  readonly json: boolean;
}

/** Prints what `words` name, this year without any */
export async function showToc(mem: Mem, words: readonly string[], {depth, json}: ShowTocOptions, out: Output): Promise<void> {
  const phrase = words.length === 0 ? ['this', 'year'] : words;
  const id = await readNodeId(mem, phrase);
  const reading = await readToc(mem, id, depth ?? (tocLevelOf(id) === 'year' ? 2 : 1));
  const calendar = new Calendar(reading.timeZone);
  if (json) out.json(reading.node === undefined ? emptyJson(id, calendar) : nodeJson(reading.node, calendar), 'indented');
  else out.lines(reading.node === undefined ? emptyLines(id) : await nodeLines(mem, reading.node, calendar, out.columns));
}

function emptyLines(id: NodeId): readonly Line[] {
  const isSegment = tocLevelOf(id) === 'segment';
  return [
    [isSegment ? `There is no segment ${id}.` : `Nothing was recorded ${tocLevelOf(id) === 'day' ? 'on' : 'in'} ${periodLabel(id)}.`],
  ];
}

/** A period in which nothing was recorded has its name and bounds, and nothing else. */
function emptyJson(id: NodeId, calendar: Calendar): Record<string, unknown> {
  const {start, end} = calendar.boundsOf(id);
  return {
    node_id: id,
    toc_level: tocLevelOf(id),
    label: calendar.labelOf(id, start),
    title: '',
    start: calendar.format(start),
    end: calendar.format(end),
    bullets: [],
    keywords: [],
    child_node_ids: [],
    version: 0,
    event_count: 0,
    children: [],
  };
}

/** A retracted segment gives way to the segments that hold its events now. */
async function nodeLines(mem: Mem, node: NonNullable<TocReading['node']>, calendar: Calendar, columns: number): Promise<readonly Line[]> {
  if (node.status === 'current') return treeLines(node, calendar, columns);
  const successors = node.replacedBy;
  const says =
    successors.length === 0 ? 'nothing is left of it' : `its events are now in ${successors.length === 1 ? 'this one' : 'these'}:`;
  const lines: Line[] = [[styled('yellow', `${node.id} was retracted; ${says}`)]];
  for (const id of successors) {
    const {node: successor} = await readToc(mem, id, 0);
    lines.push([], ...(successor === undefined ? [[id]] : treeLines(successor, calendar, columns)));
  }
  return lines;
}
