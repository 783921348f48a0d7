import type {Role} from '../../domain/event/event.js';
import {asUlid} from '../../domain/event/event-id.js';
import {Calendar} from '../../domain/time/period.js';
import type {NodeId} from '../../domain/toc/node-id.js';
import {eventJson} from '../../json/event-json.js';
import type {Mem} from '../../operations/mem.js';
import {readEvents} from '../../operations/toc/read-events.js';
import {whenText} from '../../text/node-text.js';
import {note, type Output} from '../frame/output.js';
import {stampFormatter} from '../frame/stamp.js';
import {eventLines} from './event-text.js';
import {type RangeFlags, readNodeId, readRange} from './print-nodes.js';

export interface EventFlags extends RangeFlags {
  readonly session?: string | undefined;
  readonly role?: Role | undefined;
  readonly agent?: string | undefined;
  readonly limit?: number | undefined;
}

/** Prints events page by page; the store is closed while a page is written. @param words an event id, what names a node, or nothing */
export async function printEvents(mem: Mem, words: readonly string[], flags: EventFlags, out: Output): Promise<void> {
  const event = words.length === 1 ? asUlid(words[0] ?? '') : undefined;
  const node = words.length === 0 || event !== undefined ? undefined : await readNodeId(mem, words);
  const range = await readRange(mem, flags);
  const filter = {...range, node, event, sessionId: flags.session, role: flags.role, agent: flags.agent?.toLowerCase(), limit: flags.limit};
  let stamp: ReturnType<typeof stampFormatter> | undefined;
  let printed = 0;
  for await (const {events, timeZone} of readEvents(mem, filter)) {
    stamp ??= stampFormatter(new Calendar(timeZone));
    printed += events.length;
    for (const one of events) {
      if (flags.json) out.json(eventJson(one, stamp));
      else out.lines(eventLines(one, stamp));
      await out.page();
    }
  }
  if (printed === 0)
    note([
      `mem: ${emptyText(
        node,
        Object.values(filter).some((value) => value !== undefined && value !== node),
      )}`,
    ]);
}

/** A list without a line says nothing on stdout; whoever reads it should know that it is whole. */
function emptyText(node: NodeId | undefined, isFiltered: boolean): string {
  if (isFiltered) return 'no event passes these filters';
  return node === undefined ? 'nothing was recorded yet' : `nothing was recorded ${whenText(node)}`;
}
