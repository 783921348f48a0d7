import type {EventId} from '../../domain/event/event.js';
import {decodeEvent} from '../../domain/event/event-record.js';
import {JOB_PATIENCE_MS, type Mem} from '../mem.js';
import type {ForgetParts} from './parts.js';
import {Traces} from './traces.js';

const EVENTS_PER_READ = 500;

export interface FilesMem extends Pick<Mem, 'inbox' | 'clock'> {
  readonly forgetting: Pick<ForgetParts, 'bells' | 'filterRecalls'>;
}

/** What was said in events that are still stored, and the ids of all. */
export async function readTraces(mem: Pick<Mem, 'store'>, ids: readonly EventId[]): Promise<Traces> {
  const traces = new Traces();
  for (let at = 0; at < ids.length; at += EVENTS_PER_READ) {
    const some = ids.slice(at, at + EVENTS_PER_READ);
    const found = await mem.store.use(JOB_PATIENCE_MS, (store) => store.recordsOf(some));
    for (const id of some) traces.addId(id);
    for (const stored of found) if (stored) traces.add(decodeEvent(stored.record));
    await mem.store.pause();
  }
  return traces;
}

/** Takes what was said in events out of bad lines, of what hooks said, and of the log of what was recalled. */
export function clearTraces({inbox, clock, forgetting}: FilesMem, traces: Traces): void {
  inbox.rewriteBad((line) => (traces.isInLine(line.raw.toString('utf8')) || traces.isIn(line.reason) ? undefined : line));
  const {bells, filterRecalls} = forgetting;
  bells.remove(bells.list(clock()).filter((bell) => traces.isInLine(bells.read(bell)?.toString('utf8') ?? '')));
  filterRecalls(({query, event_ids: ids}) => !ids.some((id) => traces.hasId(id)) && !traces.isIn(query));
}
