import type {AgentEvent} from '../../domain/event/event.js';
import {exactJson} from '../../domain/event/json/exact-json.js';
import type {Calendar} from '../../domain/time/period.js';
import {escapeText} from '../../text/escape.js';
import {type Line, styled} from '../../text/line.js';
import {bytesText} from '../../text/node-text.js';
import {widthOf, wrapText} from '../../text/width.js';
import {wrapped} from './node-doc.js';
import type {Doc} from './scroll.js';

/** Longer lines are laid out piece by piece: a mebibyte may come without a line feed. In UTF-16 units. */
const PIECE = 2_000;
const pieces = new WeakMap<AgentEvent, readonly string[]>();

/** A whole event: when, who, where, its text, its metadata. */
export function eventDoc(event: AgentEvent, calendar: Calendar, width: number): Doc {
  const text = piecesOf(event);
  const tail = tailLines(event, width);
  return {
    blocks: text.length + 2,
    isChoice: () => false,
    lines: (block) =>
      block === 0 ? headLines(event, calendar, width) : block <= text.length ? textLines(text[block - 1] ?? '', width) : tail,
  };
}

function headLines(event: AgentEvent, calendar: Calendar, width: number): readonly Line[] {
  const {speaker, tool_name: tool} = event.metadata;
  const who = [event.role, speaker, tool].filter((text) => typeof text === 'string' && text !== '').join(' · ');
  const where = [event.type, event.agent, event.project, event.source].filter((text) => text !== '').join(' · ');
  return [
    ...wrapped(`${calendar.format(event.time).slice(0, 19).replace('T', ' ')}  ${who}`, '', width, 'bold'),
    ...wrapped(where, '', width, 'dim'),
    ...wrapped(`session ${event.sessionId}`, '', width, 'dim'),
    ...wrapped(event.id, '', width, 'dim'),
    [],
  ];
}

function tailLines({textBytes, metadata}: AgentEvent, width: number): readonly Line[] {
  const lines: Line[] = [[]];
  if (textBytes > 0) lines.push([styled('dim', `(cut: it was ${bytesText(textBytes)})`)], []);
  const json = exactJson(metadata);
  if (json !== '{}') lines.push(...wrapped(json.length > PIECE ? `${json.slice(0, PIECE)}…` : json, 'Metadata: ', width, 'dim'));
  return lines;
}

/** The text in lines, and what is too long for one block in pieces. */
function piecesOf(event: AgentEvent): readonly string[] {
  const known = pieces.get(event);
  if (known !== undefined) return known;
  const made = event.text
    .trimEnd()
    .split(/\r?\n/)
    .flatMap((line) => (line.length <= PIECE ? [line] : inPieces(line)));
  pieces.set(event, made);
  return made;
}

function inPieces(line: string): readonly string[] {
  const made: string[] = [];
  for (let at = 0; at < line.length; ) {
    let end = Math.min(line.length, at + PIECE);
    // Only in the piece: to the beginning of a mebibyte without spaces it would be far.
    const space = line.slice(at, end).lastIndexOf(' ');
    if (end < line.length && space > PIECE / 2) end = at + space + 1;
    // Not between the halves of a pair.
    else if (end < line.length && /[\ud800-\udbff]/.test(line.charAt(end - 1))) end--;
    made.push(line.slice(at, end));
    at = end;
  }
  return made;
}

/** A line as it was written where it fits; else broken at spaces, below its own indent. */
export function textLines(raw: string, width: number): readonly Line[] {
  const line = escapeText(raw, {multiline: true});
  if (line.length <= width * 2 && widthOf(line) <= width) return [[line]];
  const indent = /^ */.exec(line)?.[0].slice(0, Math.floor(width / 2)) ?? '';
  const lines = wrapText(line, Math.max(2, width - indent.length));
  return lines.length === 0 ? [[]] : lines.map((wrapped) => [indent + wrapped]);
}
