import {type AgentEvent, compareEvents, type EventId} from '../../domain/event/event.js';
import {withProjectName} from '../../domain/event/project-names.js';
import {addDays} from '../../domain/time/local-date.js';
import {Calendar} from '../../domain/time/period.js';
import {dateOf, dayId, isSegmentId, type LocalDate, localDate, type NodeId, tocLevelOf} from '../../domain/toc/node-id.js';
import type {ShownNode} from '../../domain/toc/shown-node.js';
import {datesOf} from '../../domain/toc/toc-snapshot.js';
import type {Store} from '../../store/port/store.js';
import {drainForReader} from '../access/drained-store.js';
import {holdInTurns} from '../access/hold.js';
import {type Mem, READER_PATIENCE_MS} from '../mem.js';
import {readToc} from '../toc/read-toc.js';
import {composeNode} from './compose-node.js';
import {eventWithoutSecrets, nodeWithoutSecrets} from './hide-secrets.js';
import {type ActivityFilter, readActivity} from './read-activity.js';
import {DEPTHS_TO_SEGMENTS} from './read-filtered-toc.js';
import {citedIds, cutToDepth, type Report, type ReportWhat} from './report.js';
import {fitsSegment, isFiltering, type ReportFilter, readFilter} from './report-filter.js';

/** A standup looks back this far for the last day with work: over a long weekend and a holiday. */
const STANDUP_DAYS = 31;
/** A page with more texts is no page any more. */
const MOST_EVENTS = 1_000;
const EVENTS_PER_READ = 200;
/** How many TOC levels below it a period is shown: a day with its segments, a week with days and segments, a month with weeks and days. */
const DEPTHS = {year: 1, month: 2, week: 2, day: 1, segment: 0};

/** @throws MemError NO_NODE, NO_STORE, STORE_BUSY, STORE_DAMAGED, USAGE for a project whose name is not clear */
export async function readReport(mem: Mem, what: ReportWhat, typed: ReportFilter): Promise<Report> {
  await drainForReader(mem);
  const now = mem.clock();
  const start = await holdInTurns(mem, READER_PATIENCE_MS, async function* (current) {
    const {timeZone} = current().header;
    const calendar = new Calendar(timeZone);
    const filter = await readFilter(current(), typed, mem.projectNames);
    const ids = what === 'standup' ? yield* standupDays(current, calendar, calendar.dateOf(now), filter) : [what];
    const dates = datesFrom(ids);
    const reading = yield* readActivity(current, calendar, {from: dates.first, to: addDays(dates.last, 1)}, filter);
    return {timeZone, calendar, filter, ids, dates, reading};
  });
  const nodes: ShownNode[] = [];
  for (const id of start.ids) {
    const depths = isFiltering(typed) ? DEPTHS_TO_SEGMENTS : DEPTHS;
    const {node} = await readToc(mem, id, depths[tocLevelOf(id)]);
    if (node !== undefined) nodes.push(node);
  }
  const composed = isFiltering(typed) ? await composeNodes(mem, nodes, start.filter) : nodes;
  const shown = composed.map((node) => cutToDepth(node, DEPTHS[node.tocLevel]));
  const cited = [...citedIds(what, shown)];
  const events = await readEvents(mem, cited.slice(0, MOST_EVENTS));
  const {redactor} = mem;
  return {
    ...start.reading,
    what,
    nodes: shown.map((node) => nodeWithoutSecrets(node, redactor)),
    dates: start.dates,
    events: events.map((event) => eventWithoutSecrets(withProjectName(event, mem.projectNames), redactor)),
    eventsLeftOut: Math.max(0, cited.length - MOST_EVENTS),
    waitingEvents: shown.reduce((sum, {waitingEvents}) => sum + waitingEvents, 0),
    timeZone: start.timeZone,
    now,
  };
}

/** Today, and before it the last day with anything that fits. */
async function* standupDays(
  current: () => Store,
  calendar: Calendar,
  today: LocalDate,
  filter: ActivityFilter,
): AsyncGenerator<void, readonly NodeId[]> {
  const before = {from: addDays(today, -STANDUP_DAYS), to: today};
  const {days} = yield* readActivity(current, calendar, before, filter);
  const last = days.at(-1)?.date;
  return last === undefined ? [dayId(today)] : [dayId(last), dayId(today)];
}

function datesFrom(ids: readonly NodeId[]): {readonly first: LocalDate; readonly last: LocalDate} {
  const ranges = ids.map((id) => datesOf(isSegmentId(id) ? dayId(dateOf(id)) : id));
  return {first: ranges[0]?.from ?? localDate(''), last: addDays(ranges.at(-1)?.to ?? localDate(''), -1)};
}

async function composeNodes(mem: Mem, nodes: readonly ShownNode[], filter: ActivityFilter): Promise<readonly ShownNode[]> {
  const summarizer = await mem.provisional();
  const fits = (segment: Parameters<typeof fitsSegment>[0]): boolean => fitsSegment(segment, filter);
  return nodes.map((node) => composeNode(node, fits, summarizer)).filter((node) => node !== undefined);
}

function readEvents(mem: Mem, ids: readonly EventId[]): Promise<readonly AgentEvent[]> {
  return holdInTurns(mem, READER_PATIENCE_MS, async function* (current) {
    const events: AgentEvent[] = [];
    for (let at = 0; at < ids.length; at += EVENTS_PER_READ) {
      for (const event of await current().eventsOf(ids.slice(at, at + EVENTS_PER_READ))) if (event) events.push(event);
      yield;
    }
    return events.sort(compareEvents);
  });
}
