import type {EpochMs} from '../../domain/event/event.js';
import type {Cause} from '../../operations/search/why.js';
import {escapeText} from '../../text/escape.js';
import {type Line, styled} from '../../text/line.js';

/** So much of a request is shown. */
const REQUEST_CHARACTERS = 160;

/** The events by session: the session, what the user had asked before each, and what the event did. */
export function causeLines(causes: readonly Cause[], stamp: (instant: EpochMs) => string): readonly Line[] {
  const sessions = new Map<string, Cause[]>();
  for (const cause of causes) {
    const known = sessions.get(cause.sessionKey);
    if (known) known.push(cause);
    else sessions.set(cause.sessionKey, [cause]);
  }
  return [...sessions.values()].flatMap((own) => sessionLines(own, stamp));
}

function sessionLines(causes: readonly Cause[], stamp: (instant: EpochMs) => string): readonly Line[] {
  const [first] = causes;
  if (first === undefined) return [];
  const {agent, project, sessionId} = first.event;
  const where = [agent, project].filter((text) => text !== '').join(' · ');
  const lines: Line[] = [[styled('bold', escapeText(where)), '  ', styled('dim', escapeText(`session ${sessionId}`))]];
  let askedBefore: string | undefined;
  for (const {event, facts, asked} of causes) {
    if (asked && asked.id !== askedBefore)
      lines.push(['  ', styled('cyan', 'asked: '), shortly(asked.text), '  ', styled('dim', asked.id)]);
    askedBefore = asked?.id;
    for (const {kind, text, ref, state} of facts) {
      const did = kind === 'commit' ? `${state ?? 'commit'} ${(ref ?? '').slice(0, 12)} ${text}` : `changed ${text}`;
      lines.push([
        '    ',
        styled('dim', stamp(event.time).slice(0, 16).replace('T', ' ')),
        `  ${escapeText(did)}  `,
        styled('dim', event.id),
      ]);
    }
  }
  return [...lines, []];
}

function shortly(text: string): string {
  const plain = [...text.replace(/\s+/gu, ' ').trim()];
  return escapeText(plain.length <= REQUEST_CHARACTERS ? plain.join('') : `${plain.slice(0, REQUEST_CHARACTERS - 1).join('')}…`);
}
