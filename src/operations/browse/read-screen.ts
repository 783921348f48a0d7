import {withProjectName} from '../../domain/event/project-names.js';
import {Calendar} from '../../domain/time/period.js';
import {nodeWithProjects, shownWithProjects} from '../../domain/toc/joined-projects.js';
import {dayId, type LocalDate} from '../../domain/toc/node-id.js';
import type {Answer, Place, ScreenReading, Want} from '../../domain/toc/screen-want.js';
import {drainForReader} from '../access/drained-store.js';
import {holdInTurns} from '../access/hold.js';
import type {Mem} from '../mem.js';
import {type PlaceReading, placeReading} from './place-reading.js';
import {PartCache, readProjectCounts} from './project-part.js';
import {readEventPlace} from './read-event-place.js';
import {readPath, readPlaces, readRows} from './read-places.js';
import {readEventIds, readPreviews, readSections, readSource} from './read-screen-events.js';
import {readSizes} from './read-sizes.js';

export interface ScreenOptions {
  /** Whether to drain the inbox first. */
  readonly drain: boolean;
  /** How long to wait for a busy store, at each opening. */
  readonly patienceMs: number;
  /** The key of the one project that is shown; undefined for all. */
  readonly project?: string | undefined;
  /** Where a part is kept from one reading to the next. */
  readonly parts?: PartCache;
}

/**
 * Reads exactly what a screen wants. The store is opened, read and closed again before anything is drawn.
 * @throws MemError NO_STORE when the store does not exist and nothing waits, STORE_BUSY, STORE_DAMAGED
 */
export async function readScreen(
  mem: Mem,
  wants: readonly Want[],
  {drain, patienceMs, project, parts = new PartCache()}: ScreenOptions,
): Promise<ScreenReading> {
  if (drain) await drainForReader(mem);
  const now = mem.clock();
  return holdInTurns(mem, patienceMs, async function* (current) {
    const {timeZone} = current().header;
    const calendar = new Calendar(timeZone);
    const part = project === undefined ? undefined : yield* parts.read(mem, current, calendar, project);
    const reading = placeReading(mem, current, calendar, now, part);
    const answers: Answer[] = [];
    for (const want of wants) {
      answers.push(yield* answer(reading, want));
      yield;
    }
    return {timeZone, now, answers};
  });
}

async function* answer(reading: PlaceReading, want: Want): AsyncGenerator<void, Answer> {
  const {kind} = want;
  switch (kind) {
    case 'path':
      return {kind, ...(yield* readPathTo(reading, want.to))};
    case 'rows':
      return {kind, rows: yield* readRows(reading, want.below)};
    case 'sizes':
      return {kind, sizes: yield* readSizes(reading, want.below)};
    case 'nodes': {
      const nodes = yield* readPlaces(reading, want.places);
      return {
        kind,
        nodes: want.places.map((place, at) => ({place, node: nodes[at] && shownWithProjects(nodes[at], reading.mem.projectNames)})),
      };
    }
    case 'previews':
      return {kind, previews: yield* readPreviews(reading, want.ids)};
    case 'event': {
      const [event] = await reading.current().eventsOf([want.id]);
      return {kind, event: event && withProjectName(event, reading.mem.projectNames)};
    }
    case 'sections':
      return {kind, sections: yield* readSections(reading, want.of)};
    case 'event-ids':
      return {kind, ids: yield* readEventIds(reading, want.of, want.date)};
    case 'source':
      return {kind, source: yield* readSource(reading, want.id)};
    case 'event-place':
      return {kind, found: yield* readEventPlace(reading, want.id)};
    case 'projects':
      return {kind, ...(yield* readProjectCounts(reading))};
    case 'versions': {
      const [versions = []] = await reading.current().versionsOf([want.id]);
      return {kind, versions: versions.map((node) => nodeWithProjects(node, reading.mem.projectNames))};
    }
  }
}

/** If nothing is recorded today (as on most mornings), today's path leads to the last date with records. */
async function* readPathTo(reading: PlaceReading, to: Place | 'today'): AsyncGenerator<void, Omit<Answer & {kind: 'path'}, 'kind'>> {
  if (to !== 'today') return {to: to.id, ...(yield* readPath(reading, to))};
  const today = reading.calendar.dateOf(reading.now);
  const {part, current} = reading;
  const last = part === undefined ? (await current().dateSpan())?.last : [...part.days.keys()].sort().at(-1);
  const pathTo = (date: LocalDate) => readPath(reading, {parent: undefined, id: dayId(date)});
  const path = yield* pathTo(last !== undefined && last < today ? last : today);
  if (path.place !== undefined || last === undefined) return {to: dayId(today), ...path};
  // Dates after today count only if there are no others.
  return {to: dayId(today), ...(yield* pathTo(last))};
}
