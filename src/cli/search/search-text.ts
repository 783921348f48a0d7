import type {EpochMs} from '../../domain/event/event.js';
import {type SnippetLine, snippetOf} from '../../domain/search/query/snippet.js';
import type {TermFinder} from '../../domain/search/words/term-finder.js';
import type {SearchHit, SearchResult} from '../../operations/search/search.js';
import {escapeText} from '../../text/escape.js';
import {type Line, styled} from '../../text/line.js';

/** When and where it was said and its id; the lines that match, with their words marked; the segment above it; an empty line. */
export function hitLines(
  {event, segment}: SearchHit,
  {weights}: SearchResult,
  finder: Pick<TermFinder, 'found'>,
  stamp: (instant: EpochMs) => string,
): readonly Line[] {
  const {speaker, tool_name: tool} = event.metadata;
  const who = [event.role, speaker, tool].filter((text) => typeof text === 'string' && text !== '').join(' · ');
  const where = [event.agent, event.project, event.id].filter((text) => text !== '').join(' · ');
  const lines: Line[] = [
    [
      styled('dim', stamp(event.time).slice(0, 16).replace('T', ' ')),
      '  ',
      styled('cyan', escapeText(who)),
      '  ',
      styled('dim', escapeText(where)),
    ],
  ];
  for (const line of snippetOf(event.text, weights, finder)) lines.push(['  ', ...markedParts(line)]);
  if (segment && segment.title !== '') lines.push(['  ', styled('dim', `in: ${escapeText(segment.title)}`)]);
  return [...lines, []];
}

function markedParts({text, marks}: SnippetLine): Line {
  const parts: Line[number][] = [];
  let at = 0;
  for (const {start, end} of marks) {
    parts.push(escapeText(text.slice(at, start)), styled('bold', escapeText(text.slice(start, end))));
    at = end;
  }
  return [...parts, escapeText(text.slice(at))];
}
