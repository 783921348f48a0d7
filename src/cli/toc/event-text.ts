import type {AgentEvent, EpochMs} from '../../domain/event/event.js';
import {escapeText} from '../../text/escape.js';
import {type Line, styled} from '../../text/line.js';

/** Time, role and session; below them the whole text, line by line. */
export function eventLines(event: AgentEvent, stamp: (instant: EpochMs) => string): readonly Line[] {
  const {speaker, tool_name: tool} = event.metadata;
  const who = [event.role, textOf(speaker), textOf(tool)].filter((text) => text !== '').join(' · ');
  const where = [event.agent, event.project, shortName(event.sessionId), event.id].filter((text) => text !== '').join(' · ');
  // The type, unless the role already tells it.
  const type = event.type.startsWith(event.role) ? '' : `  ${event.type}`;
  const lines: Line[] = [
    [styled('dim', stamp(event.time).slice(0, 19).replace('T', ' ')), '  ', styled('cyan', who), type, '  ', styled('dim', where)],
  ];
  const text = escapeText(event.text, {multiline: true}).trimEnd();
  if (text !== '') lines.push(...text.split('\n').map((line): Line => [line === '' ? '' : `  ${line}`]));
  if (event.textBytes > 0) lines.push([styled('dim', `  (cut: it was ${event.textBytes} bytes)`)]);
  return lines;
}

/** Enough of a session's id to tell it from its neighbours. `--json` prints the whole id. */
function shortName(sessionId: string): string {
  return sessionId.length <= 12 ? sessionId : `${[...sessionId].slice(0, 8).join('')}…`;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
