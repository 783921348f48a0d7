import {instant} from '../domain/time/instant.js';
import {type Calendar, lastDateOf, periodLabel, shortDate} from '../domain/time/period.js';
import {type LocalDate, type NodeId, periodPartOf, tocLevelOf} from '../domain/toc/node-id.js';
import type {ShownNode} from '../domain/toc/shown-node.js';

/** The words that show a node: `2024-W03`, `2024-01-15`; for a segment, its id. */
export function addressOf(id: NodeId): string {
  return id.startsWith('toc:segment:') ? id : periodPartOf(id).replace(':', '-');
}

/** `on Monday, January 15, 2024`, `in May 2023`. */
export function whenText(id: NodeId): string {
  return `${tocLevelOf(id) === 'day' ? 'on' : 'in'} ${periodLabel(id)}`;
}

/** The bounds for people, with the last day: `Jan 29 – 31`; for a segment, the times of day. */
export function boundsText(node: ShownNode, calendar: Calendar): string {
  switch (node.tocLevel) {
    case 'segment': {
      const [from, to] = [calendar.timeOfDay(node.start), calendar.timeOfDay(instant(node.end - 1))];
      return from === to ? from : `${from} – ${to}`;
    }
    case 'day':
      return '';
    case 'week':
    case 'month':
    case 'year': {
      // The bounds of a clipped week differ from those of its id.
      const first = calendar.dateOf(node.start);
      const last = node.clipped ? calendar.dateOf(instant(node.end - 1)) : lastDateOf(node.id);
      return datesText(first, last);
    }
  }
}

export function datesText(first: LocalDate, last: LocalDate): string {
  if (first === last) return shortDate(first);
  if (first.slice(0, 7) === last.slice(0, 7)) return `${shortDate(first)} – ${Number(last.slice(8))}`;
  return `${shortDate(first)} – ${shortDate(last)}`;
}

/** Warnings about a node's text, in words: colour is not always available. */
export function marksOf(node: ShownNode): readonly string[] {
  const marks: string[] = [];
  if (node.status === 'retracted') marks.push('retracted');
  if (node.open) marks.push('open');
  if (node.provisional) marks.push('provisional');
  if (node.stale) marks.push('stale');
  if (node.clipped) marks.push('clipped');
  if (node.fallback !== undefined) marks.push(`fallback: ${node.fallback}`);
  return marks;
}

/** The size of its input: `12 events, 3,400 tokens, 2 sessions`. */
export function countsText(node: ShownNode): string {
  if (node.tocLevel === 'segment') {
    const {segment} = node;
    const who = [...segment.agents, ...segment.projects].join(', ');
    return `${count(segment.eventCount, 'event')}, ${count(segment.tokenCount, 'token')}${who === '' ? '' : ` · ${who}`}`;
  }
  const children = node.childIds.length;
  if (children === 0) return '';
  switch (node.tocLevel) {
    case 'year':
      return count(children, 'month');
    case 'month':
    case 'week':
      return count(children, 'day');
    case 'day':
      return count(children, 'segment');
  }
}

/** `1,234 events`. `toLocaleString` would load ICU. */
export function count(number: number, noun: string): string {
  return `${thousands(number)} ${noun}${number === 1 ? '' : 's'}`;
}

export function thousands(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `1.5 MiB`. */
export function bytesText(bytes: number): string {
  if (bytes < 1024) return count(bytes, 'byte');
  const kib = bytes / 1024;
  if (kib < 1024) return `${kib.toFixed(1)} KiB`;
  return kib < 1024 * 1024 ? `${(kib / 1024).toFixed(1)} MiB` : `${(kib / 1024 / 1024).toFixed(1)} GiB`;
}

/** A note about events that are not in any summary yet. */
export function waitingText(events: number): string {
  return `${count(events, 'event')} ${events === 1 ? 'waits' : 'wait'} to be summarized; run: mem rollup`;
}
