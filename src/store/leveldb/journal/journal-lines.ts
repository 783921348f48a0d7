import {eventLinePieces} from '../../../domain/event/line/event-line.js';
import {tombstoneLine} from '../../../domain/event/tombstone.js';
import type {JournalKind, LineText} from '../../../domain/journal/journal-end.js';
import {isRecord, UnknownShape} from '../../../domain/stored/fields.js';
import type {TocNode} from '../../../domain/toc/node.js';
import {isNodeId} from '../../../domain/toc/node-id.js';
import {nodeRecordOf, type OwnChange} from '../commit/changes.js';
import {nodeKey} from '../keys.js';
import {formatNode, parseNode} from '../node-records.js';

/** Lines of one kind, in the order in which they are to be appended. */
export interface JournalLines {
  readonly kind: JournalKind;
  readonly lines: readonly LineText[];
}

/** What of a commit also stands in the journal: its events, the versions of nodes, and tombstones. */
export function linesOf(changes: readonly OwnChange[]): readonly JournalLines[] {
  const events: LineText[] = [];
  const nodes: LineText[] = [];
  const forgotten: LineText[] = [];
  for (const change of changes) {
    if (change.kind === 'event') events.push(eventLinePieces(change.record));
    else if (change.kind === 'node') nodes.push(nodeRecordOf(change));
    else if (change.kind === 'tombstone') forgotten.push(tombstoneLine(change.tombstone));
  }
  return [
    ...(events.length > 0 ? [{kind: 'event', lines: events} as const] : []),
    ...(nodes.length > 0 ? [{kind: 'node', lines: nodes} as const] : []),
    ...(forgotten.length > 0 ? [{kind: 'forgotten', lines: forgotten} as const] : []),
  ];
}

/** A version of a node, as it lies in the store. */
export const nodeLine = (node: TocNode): string => formatNode(node).toString('utf8');

/** The node of a line; undefined where this mem cannot read it as one. */
export function nodeOfLine(line: string): TocNode | undefined {
  try {
    const value: unknown = JSON.parse(line);
    if (!isRecord(value)) return undefined;
    const {id, version} = value;
    if (typeof id !== 'string' || !isNodeId(id) || typeof version !== 'number') return undefined;
    return parseNode(nodeKey(id, version), Buffer.from(line));
  } catch (error) {
    if (error instanceof UnknownShape || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
