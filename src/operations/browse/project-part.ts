import {addDays} from '../../domain/time/local-date.js';
import type {Calendar} from '../../domain/time/period.js';
import {type LocalDate, localDate, tocLevelOf} from '../../domain/toc/node-id.js';
import type {Place, ProjectCount} from '../../domain/toc/screen-want.js';
import type {ShownNode, ShownSegment} from '../../domain/toc/shown-node.js';
import type {Dates} from '../../domain/toc/toc-snapshot.js';
import type {Store} from '../../store/port/store.js';
import type {Mem} from '../mem.js';
import {sumActivity} from '../report/activity-sums.js';
import {composeNode} from '../report/compose-node.js';
import {readActivity} from '../report/read-activity.js';
import {DEPTHS_TO_SEGMENTS} from '../report/read-filtered-toc.js';
import {cutToDepth} from '../report/report.js';
import {fitsSegment} from '../report/report-filter.js';
import {type PlaceReading, type ProjectPart, showWhole} from './place-reading.js';

/** Composed nodes are kept until the store changes, at most so many. */
const MOST_KEPT = 500;

/** The part that a screen shows, kept as long as the store stays as it is: to find the dates of a project all session-days are read. */
export class PartCache {
  #key = '';
  #part: ProjectPart | undefined;

  /** @param project the key of a project, as it is read */
  async *read(
    {projectNames: names}: Pick<Mem, 'projectNames'>,
    current: () => Store,
    calendar: Calendar,
    project: string,
  ): AsyncGenerator<void, ProjectPart> {
    const key = JSON.stringify([project, await current().changeCursor()]);
    if (this.#part !== undefined && key === this.#key) return this.#part;
    const filter = {project: (name: string) => names(name) === project, names};
    const {days} = yield* readActivity(current, calendar, await wholeSpan(current()), filter);
    const part = {
      days: new Map(days.map(({date, events}) => [date, events])),
      isIn: filter.project,
      fits: (segment: ShownSegment) => fitsSegment(segment, filter),
      composed: new Map(),
    };
    [this.#key, this.#part] = [key, part];
    return part;
  }
}

/** The projects that events belong to, those with the most events first, and how many events there are in all. */
export async function* readProjectCounts({
  mem,
  current,
  calendar,
}: PlaceReading): AsyncGenerator<void, {readonly projects: readonly ProjectCount[]; readonly events: number}> {
  const {days} = yield* readActivity(current, calendar, await wholeSpan(current()), {names: mem.projectNames});
  const {projects, events} = sumActivity(days);
  return {projects: projects.filter(([name]) => name !== '').map(([project, count]) => ({project, events: count})), events};
}

async function wholeSpan(store: Store): Promise<Dates> {
  const span = await store.dateSpan();
  const first = span?.first ?? localDate('1970-01-01');
  return {from: first, to: span === undefined ? first : addDays(span.last, 1)};
}

/** The dates of a part, in order. */
export function datesOfPart({days}: ProjectPart, {from, to}: Dates): readonly LocalDate[] {
  return [...days.keys()].filter((date) => date >= from && date < to).sort();
}

/** A place as it is with the part alone: what `toc show --project` shows of it. Undefined where nothing of it has a segment. */
export async function* composePlace(reading: PlaceReading, part: ProjectPart, place: Place): AsyncGenerator<void, ShownNode | undefined> {
  const key = `${place.parent ?? ''} ${place.id}`;
  if (part.composed.has(key)) return part.composed.get(key);
  const whole = yield* showWhole(reading, place, DEPTHS_TO_SEGMENTS[tocLevelOf(place.id)]);
  const summarizer = await reading.mem.provisional();
  const node = whole && composeNode(whole, part.fits, summarizer);
  const shown = node && cutToDepth(node, 0);
  if (part.composed.size >= MOST_KEPT) part.composed.clear();
  part.composed.set(key, shown);
  return shown;
}
