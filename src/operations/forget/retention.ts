import type {EpochMs, EventId, SessionKey} from '../../domain/event/event.js';
import {readEventHead} from '../../domain/event/event-record.js';
import {eventLine, idOfLine, recordOfLine} from '../../domain/event/line/event-line.js';
import {emptyRecord} from '../../domain/facts/empty-event.js';
import {Calendar} from '../../domain/time/period.js';
import {dayId, type LocalDate} from '../../domain/toc/node-id.js';
import type {SessionDay, Store, StoredEvent} from '../../store/port/store.js';
import {readDrained} from '../access/drained-store.js';
import {holdInTurns} from '../access/hold.js';
import {JOB_PATIENCE_MS, type Mem} from '../mem.js';
import type {DateWork} from './change-date.js';
import {eventLines, rewriteEventLines} from './rewrite-journal.js';
import {changeDates, type TakenOut, type TakeOutOptions} from './take-out.js';

/** What of old tool results would be emptied. */
export interface RetentionPlan {
  /** Only what was said before. */
  readonly before: EpochMs;
  readonly events: number;
  /** So much smaller their records get. */
  readonly bytes: number;
  /** Dates that were not looked at yet, or got events since. */
  readonly dates: readonly OldDate[];
  /** Session-days that no rollup has read yet: they keep their texts until one has. */
  readonly waiting: number;
}

export interface OldDate {
  readonly date: LocalDate;
  readonly sessions: ReadonlySet<SessionKey>;
  /** Of all its session-days; it tells whether events came since. */
  readonly count: number;
  readonly isWhole: boolean;
}

const TOOL_RESULT = '"event_type":"tool_result"';
const IDS_PER_LOOK = 1_000;
const TOPIC = 'retention';
const SHOWN = 'shown';
const dateNote = (date: LocalDate): string => `date ${date}`;

/** Counts what is to be emptied: the tool results of dates that were over before a time. Nothing is changed. */
export async function planRetention(mem: Pick<Mem, 'store' | 'inbox' | 'clock' | 'ticks'>, before: EpochMs): Promise<RetentionPlan> {
  await readDrained(mem, async () => undefined);
  return holdInTurns(mem, JOB_PATIENCE_MS, (current) => planInTurns(current, before));
}

async function* planInTurns(current: () => Store, before: EpochMs): AsyncGenerator<void, RetentionPlan> {
  const calendar = new Calendar(current().header.timeZone);
  const {dates, waiting} = await oldDates(current(), calendar.dateOf(before));
  let [events, bytes] = [0, 0];
  for (const {date, sessions} of dates) {
    const {start, end} = calendar.boundsOf(dayId(date));
    for (let next: EpochMs | undefined = start; next !== undefined; ) {
      const page: Awaited<ReturnType<Store['events']>> = await current().events(next, end);
      for (const stored of page.events) {
        const after = sessions.has(stored.head.sessionKey) ? emptied(stored) : stored.record;
        if (after === stored.record) continue;
        events++;
        bytes += stored.record.length - after.length;
      }
      next = page.next;
      yield;
    }
  }
  return {before, events, bytes, dates, waiting};
}

async function oldDates(store: Store, to: LocalDate): Promise<{dates: readonly OldDate[]; waiting: number}> {
  const marked = new Set((await store.sessionDayMarks({to})).map(({date, sessionKey}) => date + sessionKey));
  const byDate = new Map<LocalDate, SessionDay[]>();
  for (const day of await store.sessionDays({to})) byDate.set(day.date, [...(byDate.get(day.date) ?? []), day]);
  const known = new Map((await store.importNotes(TOPIC)).map(({name, value}) => [name, value]));
  const dates: OldDate[] = [];
  for (const [date, days] of byDate) {
    const count = days.reduce((sum, day) => sum + day.count, 0);
    if (known.get(dateNote(date)) === count) continue;
    const read = days.filter(({sessionKey}) => !marked.has(date + sessionKey));
    const sessions = new Set(read.map(({sessionKey}) => sessionKey));
    dates.push({date, sessions, count, isWhole: read.length === days.length});
  }
  return {dates, waiting: marked.size};
}

function emptied({head, record}: StoredEvent): Buffer {
  return head.type === 'tool_result' ? emptyRecord(record) : record;
}

/** Empties what a plan finds; the nodes stay, nothing is marked, no model is asked. It can be done again from any point. */
export async function emptyToolResults(mem: Mem, before: EpochMs, options: TakeOutOptions): Promise<TakenOut> {
  const {dates} = await planRetention(mem, before);
  const total = {events: 0, nodes: 0, filesLeft: 0};
  for (const old of dates) {
    const work: DateWork = {date: old.date, sessions: old.sessions, ids: new Set(), change: emptied, takesNodes: false};
    total.events += (await changeDates(mem, [work], options)).events;
    if (!old.isWhole) continue;
    const note = {topic: TOPIC, name: dateNote(old.date), value: old.count};
    await mem.store.use(JOB_PATIENCE_MS, (store) => store.commit([{kind: 'import-note', note}], mem.clock(), {sync: false}));
  }
  await emptyLines(mem, before, options);
  return total;
}

/** In the journal what is empty in the store, by this run or one before it. */
async function emptyLines(mem: Mem, before: EpochMs, {fence}: TakeOutOptions): Promise<void> {
  const empty = new Set<EventId>();
  let waiting: EventId[] = [];
  const look = async () => {
    const found = await mem.store.use(JOB_PATIENCE_MS, (store) => store.recordsOf(waiting));
    for (const stored of found) if (stored && emptied(stored) === stored.record) empty.add(stored.head.id);
    waiting = [];
  };
  for (const line of eventLines(mem)) {
    if (emptyLine(line, before) === line) continue;
    waiting.push(idOfLine(line));
    if (waiting.length >= IDS_PER_LOOK) await look();
  }
  if (waiting.length > 0) await look();
  if (empty.size > 0) await rewriteEventLines(mem, (line) => (empty.has(idOfLine(line)) ? emptyLine(line, before) : line), fence);
}

/** The same line where it is of no old tool result, or has nothing to lose. */
function emptyLine(line: string, before: EpochMs): string {
  if (!line.includes(TOOL_RESULT)) return line;
  const record = recordOfLine(line);
  const head = readEventHead(record);
  if (head.time >= before) return line;
  const after = emptied({head, record});
  return after === record ? line : eventLine(after);
}

/** Whether somebody was shown what this age empties: until then the job leaves all as it is. @param age as it is set */
export function wasShown(mem: Pick<Mem, 'store'>, age: string): Promise<boolean> {
  return mem.store.use(JOB_PATIENCE_MS, async (store) =>
    (await store.importNotes(TOPIC)).some(({name, value}) => name === SHOWN && value === age),
  );
}

export async function noteShown(mem: Pick<Mem, 'store' | 'clock'>, age: string): Promise<void> {
  const note = {topic: TOPIC, name: SHOWN, value: age};
  await mem.store.use(JOB_PATIENCE_MS, (store) => store.commit([{kind: 'import-note', note}], mem.clock(), {sync: true}));
}
