import {Calendar} from '../../domain/time/period.js';
import {isAbsolutePhrase, parsePhrase} from '../../domain/time/phrase.js';
import {type NodeId, tocLevelOf} from '../../domain/toc/node-id.js';
import type {ShownNode} from '../../domain/toc/shown-node.js';
import {emptyNodeJson, nodeJson} from '../../json/node-json.js';
import type {Mem} from '../../operations/mem.js';
import {readFilteredToc} from '../../operations/report/read-filtered-toc.js';
import {isFiltering, type ReportFilter} from '../../operations/report/report-filter.js';
import {readTocOf, type TocReading, type WantedTree} from '../../operations/toc/read-toc.js';
import {type Line, styled} from '../../text/line.js';
import {addressOf, count, whenText} from '../../text/node-text.js';
import type {Output} from '../frame/output.js';
import {readNodeId} from './print-nodes.js';
import {treeLines} from './tree-text.js';

export interface ShowTocOptions {
  readonly depth?: number | undefined;
  readonly json: boolean;
  readonly filter: ReportFilter;
}

/** Prints what `words` name, this year without any */
export async function showToc(mem: Mem, words: readonly string[], {depth, json, filter}: ShowTocOptions, out: Output): Promise<void> {
  const phrase = words.length === 0 ? ['this', 'year'] : words;
  const treeOf = (id: NodeId): WantedTree => ({id, depth: depth ?? (tocLevelOf(id) === 'year' ? 2 : 1)});
  const isPart = isFiltering(filter);
  const reading = await (isPart ? readPart(mem, treeOf(await readNodeId(mem, phrase)), filter) : readWhole(mem, phrase, treeOf));
  const {id} = reading;
  const calendar = new Calendar(reading.timeZone);
  if (json)
    out.json(
      reading.node === undefined ? emptyNodeJson(id, reading.textlessEvents, calendar) : nodeJson(reading.node, calendar),
      'indented',
    );
  else out.lines(reading.node === undefined ? emptyLines(id, reading, isPart) : nodeLines(reading.node, reading, calendar, out.columns));
}

/** What no date decides is refused before a store is opened. */
async function readWhole(mem: Mem, phrase: readonly string[], treeOf: (id: NodeId) => WantedTree): Promise<ShownReading> {
  if (!isAbsolutePhrase(phrase)) return readTocOf(mem, (today) => treeOf(parsePhrase(phrase, today)));
  const wanted = treeOf(await readNodeId(mem, phrase));
  return readTocOf(mem, () => wanted);
}

async function readPart(mem: Mem, {id, depth}: WantedTree, filter: ReportFilter): Promise<ShownReading> {
  return {...(await readFilteredToc(mem, id, depth, filter)), id};
}

type ShownReading = TocReading & Pick<WantedTree, 'id'>;

function emptyLines(id: NodeId, {textlessEvents}: TocReading, isPart: boolean): readonly Line[] {
  if (isPart) return [[`Nothing that passes these filters was recorded ${whenText(id)}.`]];
  if (textlessEvents === 0) return [[`Nothing was recorded ${whenText(id)}.`]];
  return [
    [`Only ${count(textlessEvents, 'event')} without text ${textlessEvents === 1 ? 'was' : 'were'} recorded ${whenText(id)}.`],
    [],
    [styled('dim', `Look closer: mem events ${addressOf(id)}`)],
  ];
}

/** A retracted segment gives way to the segments that hold its events now. */
function nodeLines(node: ShownNode, {successors}: TocReading, calendar: Calendar, columns: number): readonly Line[] {
  if (node.status === 'current') return treeLines(node, calendar, columns);
  const says =
    successors.length === 0 ? 'nothing is left of it' : `its events are now in ${successors.length === 1 ? 'this one' : 'these'}:`;
  const lines: Line[] = [[styled('yellow', `${node.id} was retracted; ${says}`)]];
  for (const successor of successors) lines.push([], ...treeLines(successor, calendar, columns));
  return lines;
}
