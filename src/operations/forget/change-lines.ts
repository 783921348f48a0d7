import type {EventId} from '../../domain/event/event.js';
import {sessionKey} from '../../domain/event/identity/event-id.js';
import {isRecord} from '../../domain/stored/fields.js';
import {dateOf, dayId, isNodeId, isSegmentId, type LocalDate, type NodeId} from '../../domain/toc/node-id.js';
import type {JournalFile} from '../../journal/journal.js';
import {linesOf} from '../care/journal-lines.js';
import type {Mem} from '../mem.js';
import {type DatePart, withAllAbove} from './find-nodes.js';

/** What becomes of a line; the same line where it stays as it is, undefined where it goes. */
export type ChangeLine = (line: string) => string | undefined;

/** Damage counts as changed: then the rewriting says what is to be done about it. */
export function isChanged({journal}: Pick<Mem, 'journal'>, file: JournalFile, change: ChangeLine): boolean {
  for (const part of journal.read(file)) {
    if (part.kind === 'damage') return true;
    for (const line of linesOf(part.lines)) if (change(line) !== line) return true;
  }
  return false;
}

interface LineOfNode {
  readonly id: NodeId;
  readonly sessionKey: string;
  readonly cited: readonly unknown[];
}

/** As `findNodes` finds them in the store: by what a line itself says, since the store may have lost them in a run before this one. */
export function findNodeLines(
  {journal}: Pick<Mem, 'journal'>,
  files: readonly JournalFile[],
  parts: readonly DatePart[],
): ReadonlySet<string> {
  const byDate = new Map(parts.map(({date, sessions}) => [date, sessions]));
  const ids = new Set<EventId>(parts.flatMap((part) => [...part.ids]));
  const known: ReadonlySet<unknown> = ids;
  const segments = new Set<NodeId>();
  const dates = new Set<LocalDate>(byDate.keys());
  for (const file of parts.length === 0 ? [] : files) {
    if (file.kind !== 'node') continue;
    for (const part of journal.read(file)) {
      for (const line of part.kind === 'member' ? linesOf(part.lines) : []) {
        const node = nodeIn(line);
        if (node === undefined || !isSegmentId(node.id)) continue;
        const isOfPart = byDate.get(dateOf(node.id))?.has(sessionKey(node.sessionKey)) === true;
        if (!isOfPart && !node.cited.some((id) => known.has(id))) continue;
        segments.add(node.id);
        dates.add(dateOf(node.id));
      }
    }
  }
  return new Set<string>([...segments, ...[...dates].flatMap((date) => withAllAbove(dayId(date)))]);
}

/** The node that a line tells of; undefined for none. */
export function nodeIn(line: string): LineOfNode | undefined {
  const value: unknown = JSON.parse(line);
  if (!isRecord(value)) return undefined;
  const {id, segment, childIds, bullets, facts} = value;
  if (typeof id !== 'string' || !isNodeId(id)) return undefined;
  const sessionKey = isRecord(segment) ? String(segment['sessionKey']) : '';
  const said = [bullets, facts].flatMap((list) => (Array.isArray(list) ? list : []));
  const cited = said.flatMap((part: unknown) => (isRecord(part) && Array.isArray(part['eventIds']) ? part['eventIds'] : []));
  return {id, sessionKey, cited: [...(Array.isArray(childIds) ? childIds : []), ...cited]};
}
