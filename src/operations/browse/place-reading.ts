import type {EpochMs} from '../../domain/event/event.js';
import type {Calendar} from '../../domain/time/period.js';
import {dateOf, dayId, type LocalDate, TOC_LEVELS, tocLevelOf} from '../../domain/toc/node-id.js';
import {Provisional} from '../../domain/toc/provisional.js';
import type {Place} from '../../domain/toc/screen-want.js';
import type {ShownNode, ShownSegment} from '../../domain/toc/shown-node.js';
import {type Dates, datesOf} from '../../domain/toc/toc-snapshot.js';
import {TocTree} from '../../domain/toc/toc-tree.js';
import type {Store} from '../../store/port/store.js';
import type {Mem} from '../mem.js';
import {CutDays, loadNodes, loadSnapshot, wholeWeeks} from '../toc/load-snapshot.js';
import {readTimes} from '../toc/read-toc.js';

type ReadingMem = Pick<Mem, 'summarizer' | 'model' | 'provisional' | 'projectNames'>;

/** One project of a store, as it stands at one moment: what a screen shows as if nothing else had been recorded. */
export interface ProjectPart {
  /** Events of the project by date. */
  readonly days: ReadonlyMap<LocalDate, number>;
  readonly isIn: (project: string) => boolean;
  readonly fits: (segment: ShownSegment) => boolean;
  /** What was composed already. */
  readonly composed: Map<string, ShownNode | undefined>;
}

/** A reading of places. Its parts share the session-days that they cut again and the budget for summaries on the fly. */
export interface PlaceReading {
  readonly mem: ReadingMem;
  readonly current: () => Store;
  readonly calendar: Calendar;
  readonly now: EpochMs;
  readonly provisional: Provisional;
  readonly cutDays: CutDays;
  /** The one project that is shown; undefined for all. */
  readonly part: ProjectPart | undefined;
}

export function placeReading(
  mem: ReadingMem,
  current: () => Store,
  calendar: Calendar,
  now: EpochMs,
  part: ProjectPart | undefined,
): PlaceReading {
  return {mem, current, calendar, now, provisional: new Provisional(mem.provisional), cutDays: new CutDays(), part};
}

/** Shows a place, and what is below it `depth` TOC levels down, from all that was read of its dates. */
export async function* showWhole(
  {mem, current, calendar, now, provisional, cutDays}: PlaceReading,
  place: Place,
  depth = 0,
): AsyncGenerator<void, ShownNode | undefined> {
  const tocLevel = tocLevelOf(place.id);
  const dates = tocLevel === 'segment' ? datesOf(dayId(dateOf(place.id))) : wholeWeeks(place.id);
  const top = TOC_LEVELS.indexOf(tocLevel);
  const snapshot = yield* loadSnapshot(mem, current, calendar, now, {dates, shown: TOC_LEVELS.slice(top, top + depth + 1)}, cutDays);
  yield* loadNodes(current, snapshot, [place.id], depth, provisional);
  const shown = new TocTree(snapshot, provisional, now, await readTimes(current(), snapshot)).show(place.id, depth, monthOf(place));
  yield;
  return shown;
}

/** The month that clips a week. */
export function monthOf({parent, id}: Place): Dates | undefined {
  return tocLevelOf(id) === 'week' && parent !== undefined ? datesOf(parent) : undefined;
}
