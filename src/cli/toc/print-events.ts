import type {EventId, Role} from '../../domain/event/event.js';
import {asUlid} from '../../domain/event/identity/event-id.js';
import {Calendar} from '../../domain/time/period.js';
import type {NodeId} from '../../domain/toc/node-id.js';
import {MemError} from '../../errors.js';
import {eventJson} from '../../json/event-json.js';
import type {Mem} from '../../operations/mem.js';
import {readAround} from '../../operations/toc/read-around.js';
import {type EventFilter, readEvents} from '../../operations/toc/read-events.js';
import {whenText} from '../../text/node-text.js';
import {note, type Output} from '../frame/output.js';
import {stampFormatter} from '../frame/stamp.js';
import {eventLines} from './event-text.js';
import {type RangeFlags, readNodeId, readRange} from './print-nodes.js';

export interface EventFlags extends RangeFlags {
  readonly session?: string | undefined;
  readonly role?: Role | undefined;
  readonly agent?: string | undefined;
  readonly project?: readonly string[] | undefined;
  readonly limit?: number | undefined;
  readonly around?: number | undefined;
}

/** Prints events page by page. The store is closed while a page is written. @param words an event id, the name of a node, or nothing */
export async function printEvents(mem: Mem, words: readonly string[], flags: EventFlags, out: Output): Promise<void> {
  const event = words.length === 1 ? asUlid(words[0] ?? '') : undefined;
  if (flags.around !== undefined) return printAround(mem, event, flags.around, flags.json, out);
  const node = words.length === 0 || event !== undefined ? undefined : await readNodeId(mem, words).catch(orEvent);
  const range = await readRange(mem, flags);
  const filter = {...range, node, event, ...filterOf(flags)};
  let stamp: ReturnType<typeof stampFormatter> | undefined;
  let printed = 0;
  for await (const {events, timeZone} of readEvents(mem, filter)) {
    stamp ??= stampFormatter(new Calendar(timeZone));
    printed += events.length;
    for (const event of events) {
      if (flags.json) out.json(eventJson(event, stamp));
      else out.lines(eventLines(event, stamp));
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

function filterOf({session, role, agent, project, limit}: EventFlags): EventFilter {
  return {session, role, agent: agent?.toLowerCase(), projects: project, limit};
}

/** A name that is not one of a node may have been meant for an event. What fails otherwise is another matter. */
function orEvent(error: unknown): never {
  if (!(error instanceof MemError && error.code === 'USAGE')) throw error;
  throw new MemError(error.code, error.message, {hint: `${error.hint}, or the id of an event (26 characters)`, cause: error});
}

/** Prints an event and its neighbours in its session. */
async function printAround(mem: Mem, id: EventId | undefined, around: number, json: boolean, out: Output): Promise<void> {
  if (id === undefined)
    throw new MemError('USAGE', '--around needs the id of one event', {hint: 'take it from: mem search, or mem events --json'});
  const {events, timeZone} = await readAround(mem, id, around);
  const stamp = stampFormatter(new Calendar(timeZone));
  for (const event of events) {
    if (json) out.json(eventJson(event, stamp));
    else out.lines(eventLines(event, stamp));
    await out.page();
  }
}

/** The note about an empty list: without it nobody could tell whether the list is complete. */
function emptyText(node: NodeId | undefined, isFiltered: boolean): string {
  if (isFiltered) return 'no event passes these filters';
  return node === undefined ? 'nothing was recorded yet' : `nothing was recorded ${whenText(node)}`;
}
