import {END_OF_TIME, type EpochMs} from '../../domain/event/event.js';
import {decodeEvent} from '../../domain/event/event-record.js';
import {eventLine} from '../../domain/event/line/event-line.js';
import {instant} from '../../domain/time/instant.js';
import {readDrained} from '../access/drained-store.js';
import {type Mem, READER_PATIENCE_MS} from '../mem.js';
import {type EventFilter, readPassing} from '../toc/read-events.js';

export type ExportFilter = Pick<EventFilter, 'from' | 'to' | 'session' | 'agent' | 'projects'>;

/**
 * Yields the lines of all stored events that pass, in their one order, page by page: what is superseded too, for nothing may be missing.
 * The store is closed while the caller writes a page.
 * @throws MemError USAGE for a project or session whose name is not clear
 */
export async function* exportEvents(mem: Mem, filter: ExportFilter): AsyncGenerator<readonly string[]> {
  const passes = await readDrained(mem, (store) => readPassing(store, filter, mem.projectNames));
  const isAll = filter.session === undefined && filter.agent === undefined && (filter.projects ?? []).length === 0;
  const end = filter.to ?? END_OF_TIME;
  let from: EpochMs | undefined = filter.from ?? instant(0);
  while (from !== undefined && from < end) {
    const start: EpochMs = from;
    const page = await mem.store.use(READER_PATIENCE_MS, (store) => store.events(start, end));
    from = page.next;
    const lines = page.events.filter(({record}) => isAll || passes(decodeEvent(record))).map(({record}) => eventLine(record));
    if (lines.length > 0) yield lines;
  }
}
