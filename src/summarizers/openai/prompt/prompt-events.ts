import type {EventForSummary} from '../../../domain/toc/summary.js';
import type {PromptRecords} from './prompt-records.js';
import {clipToTokens, shareOut, spread, tokensAtMost} from './prompt-tokens.js';

/** The tokens of a record beside its text: JSON and its short fields. */
const RECORD_TOKENS = 14;
/** A text that is clipped further says nothing. */
const LEAST_TOKENS = 12;
const OVERLAP_SHARE = 0.15;
const NAME_CHARACTERS = 60;

/** Events as records `e1`, `e2`, …. The events before them go in front, without ids. @param room tokens */
export function eventRecords(events: readonly EventForSummary[], overlap: readonly EventForSummary[], room: number): PromptRecords {
  const before = clipEvents(overlap, room * OVERLAP_SHARE);
  const spent = before.reduce((sum, {text}) => sum + tokensAtMost(text) + RECORD_TOKENS, 0);
  const given = clipEvents(events, room - spent);
  const sources = new Map<string, string>(given.map(({event}, at) => [`e${at + 1}`, event.id]));
  const records = [
    ...before.map(({event, text}) => ({...whoSaid(event), text})),
    ...given.map(({event, text}, at) => ({id: `e${at + 1}`, ...whoSaid(event), text})),
  ];
  return {records, sources};
}

interface ClippedEvent {
  readonly event: EventForSummary;
  readonly text: string;
}

/** As many events as fit, evenly spread, each with an equal share. */
function clipEvents(events: readonly EventForSummary[], room: number): readonly ClippedEvent[] {
  const telling = events.filter(({text}) => text.trim() !== '');
  const wants = telling.map(({text}) => tokensAtMost(text) + RECORD_TOKENS);
  const least = wants.reduce((sum, want) => sum + Math.min(want, RECORD_TOKENS + LEAST_TOKENS), 0);
  const chosen = least <= room ? telling : spread(telling, Math.floor(room / (RECORD_TOKENS + LEAST_TOKENS)));
  const shares = shareOut(
    chosen.map(({text}) => tokensAtMost(text)),
    room - chosen.length * RECORD_TOKENS,
  );
  const clipped = chosen.map((event, at) => ({event, text: clipToTokens(event.text, shares[at] ?? 0)}));
  return clipped.filter(({text}) => text !== '');
}

function whoSaid({role, speaker, toolName}: EventForSummary): {readonly who: string; readonly tool?: string} {
  const who = speaker === undefined ? role : speaker.slice(0, NAME_CHARACTERS);
  return toolName === undefined ? {who} : {who, tool: toolName.slice(0, NAME_CHARACTERS)};
}
