import type {EventId} from '../event/event.js';

/** From the root to the leaves. */
export const TOC_LEVELS = ['year', 'month', 'week', 'day', 'segment'] as const;
export type TocLevel = (typeof TOC_LEVELS)[number];
export type PeriodLevel = Exclude<TocLevel, 'segment'>;

/** A calendar date, `2024-01-15`, without zone or instant. Dates sort as strings. */
export type LocalDate = string & {readonly __brand: 'LocalDate'};

/** `toc:year:2024`, `toc:month:2024:01`, `toc:week:2024:W03`, `toc:day:2024-01-15`, `toc:segment:2024-01-15:<ULID>`. */
export type NodeId = string & {readonly __brand: 'NodeId'};

const PATTERNS: Readonly<Record<TocLevel, RegExp>> = {
  year: /^toc:year:\d{4}$/,
  month: /^toc:month:\d{4}:(0[1-9]|1[0-2])$/,
  week: /^toc:week:\d{4}:W(0[1-9]|[1-4]\d|5[0-3])$/,
  day: /^toc:day:\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/,
  segment: /^toc:segment:\d{4}-\d\d-\d\d:[0-7][0-9A-HJKMNP-TV-Z]{25}$/,
};

export function tocLevelOf(id: NodeId): TocLevel {
  const end = id.indexOf(':', 4);
  return id.slice(4, end) as TocLevel;
}

/** The part of an id after its TOC level: `2024-01-15` in `toc:day:2024-01-15`. It sorts in time order within a TOC level. */
export function periodPartOf(id: NodeId): string {
  return id.slice(id.indexOf(':', 4) + 1);
}

/** Whether `text` has the form of a node id. Its date may not exist. */
export function isNodeId(text: string): text is NodeId {
  return TOC_LEVELS.some((tocLevel) => text.startsWith(`toc:${tocLevel}:`) && PATTERNS[tocLevel].test(text));
}

export function dayId(date: LocalDate): NodeId {
  return `toc:day:${date}` as NodeId;
}

export function segmentId(date: LocalDate, firstEvent: EventId): NodeId {
  return `toc:segment:${date}:${firstEvent}` as NodeId;
}

/** The date of a day's or a segment's id. */
export function dateOf(id: NodeId): LocalDate {
  return periodPartOf(id).slice(0, 10) as LocalDate;
}

export function monthIdOf(date: LocalDate): NodeId {
  return `toc:month:${date.slice(0, 4)}:${date.slice(5, 7)}` as NodeId;
}

export function yearIdOf(date: LocalDate): NodeId {
  return `toc:year:${date.slice(0, 4)}` as NodeId;
}
