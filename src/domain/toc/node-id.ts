import type {EventId} from '../event/event.js';

/** From the root to the leaves. */
export const TOC_LEVELS = ['year', 'month', 'week', 'day', 'segment'] as const;
export type TocLevel = (typeof TOC_LEVELS)[number];
export const PERIOD_LEVELS = ['year', 'month', 'week', 'day'] as const;
export type PeriodLevel = (typeof PERIOD_LEVELS)[number];

/** A calendar date, `2024-01-15`, without zone or instant. Dates sort as strings. */
export type LocalDate = string & {readonly __brand: 'LocalDate'};

/** `toc:year:2024`, `toc:month:2024:01`, `toc:week:2024:W03`, `toc:day:2024-01-15`. */
export type PeriodId = string & {readonly __brand: 'PeriodId'};
/** `toc:segment:2024-01-15:<ULID>`. */
export type SegmentId = string & {readonly __brand: 'SegmentId'};
export type NodeId = PeriodId | SegmentId;

const PATTERNS: Readonly<Record<TocLevel, RegExp>> = {
  year: /^toc:year:\d{4}$/,
  month: /^toc:month:\d{4}:(0[1-9]|1[0-2])$/,
  week: /^toc:week:\d{4}:W(0[1-9]|[1-4]\d|5[0-3])$/,
  day: /^toc:day:\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/,
  segment: /^toc:segment:\d{4}-\d\d-\d\d:[0-7][0-9A-HJKMNP-TV-Z]{25}$/,
};

const TOC_LEVEL_OF_LETTER: Readonly<Record<string, TocLevel>> = {y: 'year', m: 'month', w: 'week', d: 'day', s: 'segment'};

/** The TOC level whose name begins with a letter. */
export function tocLevelOfLetter(letter: string): TocLevel | undefined {
  return TOC_LEVEL_OF_LETTER[letter];
}

export function tocLevelOf(id: PeriodId): PeriodLevel;
export function tocLevelOf(id: NodeId): TocLevel;
export function tocLevelOf(id: NodeId): TocLevel {
  const tocLevel = tocLevelOfLetter(id.charAt(4));
  if (tocLevel === undefined) throw new RangeError(`${id} names no TOC level`);
  return tocLevel;
}

export function isSegmentId(id: NodeId): id is SegmentId {
  return id.startsWith('s', 4);
}

export function isPeriodId(id: NodeId): id is PeriodId {
  return !isSegmentId(id);
}

/** Tells the id of a node from that of an event. */
export function namesNode(id: NodeId | EventId): id is NodeId {
  return id.startsWith('toc:');
}

/** The part of an id after its TOC level: `2024-01-15` in `toc:day:2024-01-15`. It sorts in time order within a TOC level. */
export function periodPartOf(id: NodeId): string {
  return id.slice(id.indexOf(':', 4) + 1);
}

/** Whether `text` has the form of a node id. Its date may not exist. */
export function isNodeId(text: string): text is NodeId {
  return TOC_LEVELS.some((tocLevel) => text.startsWith(`toc:${tocLevel}:`) && PATTERNS[tocLevel].test(text));
}

/** Brands a text that is a date by its making. For a text from outside there is `parseDate`. */
export function localDate(text: string): LocalDate {
  return text as LocalDate;
}

/** The period with a period part. Whether such a period exists is not checked: see `findFirstDate`. */
export function periodId(tocLevel: PeriodLevel, part: string): PeriodId {
  return `toc:${tocLevel}:${part}` as PeriodId;
}

/** The same, for a segment too. */
export function nodeId(tocLevel: TocLevel, part: string): NodeId {
  return tocLevel === 'segment' ? segmentIdOf(part) : periodId(tocLevel, part);
}

function segmentIdOf(part: string): SegmentId {
  return `toc:segment:${part}` as SegmentId;
}

export function dayId(date: LocalDate): PeriodId {
  return periodId('day', date);
}

export function segmentId(date: LocalDate, firstEvent: EventId): SegmentId {
  return segmentIdOf(`${date}:${firstEvent}`);
}

/** The date of a day's or a segment's id. */
export function dateOf(id: NodeId): LocalDate {
  return localDate(periodPartOf(id).slice(0, 10));
}

export function monthIdOf(date: LocalDate): PeriodId {
  return periodId('month', `${date.slice(0, 4)}:${date.slice(5, 7)}`);
}

export function yearIdOf(date: LocalDate): PeriodId {
  return periodId('year', date.slice(0, 4));
}
