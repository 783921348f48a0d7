import type {JsonValue} from '../../domain/event/event.js';
import {asKept, asList, asObject, hashId} from '../reading/fields.js';
import type {SourceCursor, SourceEvent, SourceItem} from '../source.js';

/** How far the copy at a fork's beginning was followed. It is kept with the cursor. */
interface Followed {
  /** How many events were those of the parent; undefined once the fork spoke for itself. */
  readonly copied: number | undefined;
  /** A subagent's task was given. */
  readonly isBegun: boolean;
  /** What the file says, copied or not, by turn: should it be gone, its forks are told from it by that. */
  readonly turns: readonly string[];
}

/** What a fork is told from: its parent as it can be read, or the turns that were remembered of one that is gone. */
export type Parent =
  | {readonly kind: 'file'; readonly items: AsyncGenerator<SourceItem>}
  | {readonly kind: 'remembered'; readonly turns: ReadonlySet<string>};

/** Each has 12 characters. A copy begins with the first ones; of a longer one, the turns behind them are said again. */
const MOST_TURNS = 1024;
const TURN_LENGTH = 12;

/** What the cursor of the lines is, without what `withoutCopiedTurns` put around it. */
export function innerCursor(cursor: SourceCursor | undefined): SourceCursor | undefined {
  return cursor === undefined ? undefined : {...cursor, state: asKept<JsonValue>(asObject(cursor.state)?.['inner']) ?? null};
}

/** The turns that a rollout had when it was read; none where the cursor remembers none. */
export function turnsIn(state: JsonValue): readonly string[] {
  return asList(asObject(state)?.['turns']).filter((turn) => typeof turn === 'string');
}

/**
 * A fork and a subagent begin with a copy of what their parent said, with times of their own: it is left out as far as both say the same in
 * the same turns, or as far as the turns are the parent's where only they are remembered.
 * @param parent its items are all that it says, from its beginning; they are read only as far as both say the same
 */
export async function* withoutCopiedTurns(
  items: AsyncGenerator<SourceItem>,
  cursor: SourceCursor | undefined,
  parent: Parent | undefined,
): AsyncGenerator<SourceItem> {
  let {copied, isBegun, turns} = followedIn(cursor, parent !== undefined);
  const theirs = parent?.kind === 'file' ? eventsOf(parent.items) : undefined;
  const isTheirs = async (event: SourceEvent): Promise<boolean> => {
    if (parent?.kind === 'remembered') return parent.turns.has(turnOf(event));
    const next = (await theirs?.next())?.value;
    return next !== undefined && isCopy(event, next);
  };
  let isFirst = true;
  try {
    for await (const item of items) {
      if (item.kind === 'broken') yield item;
      else if (item.kind === 'cursor') {
        const state = {inner: item.cursor.state, copied: copied ?? null, isBegun, turns: [...turns]};
        yield {kind: 'cursor', cursor: {...item.cursor, state}};
      } else {
        const {event} = item;
        // Where the file was read again from its beginning, the count begins again, too.
        if (isFirst && event.type === 'session_start') ({copied, isBegun, turns} = followedIn(undefined, parent !== undefined));
        else if (isFirst) for (let n = 0; n < (copied ?? 0); n++) await theirs?.next();
        isFirst = false;
        if (event.type !== 'session_start') {
          const turn = turns.length < MOST_TURNS ? turnOf(event) : undefined;
          if (turn !== undefined && turns.at(-1) !== turn) turns = [...turns, turn];
          if (copied !== undefined && (await isTheirs(event))) {
            copied++;
            continue;
          }
          copied = undefined;
        }
        const isTask = !isBegun && event.type === 'user_message' && event.metadata['agent_id'] !== undefined;
        isBegun ||= isTask;
        yield isTask ? {kind: 'event', event: {...event, type: 'subagent_start'}} : item;
      }
    }
  } finally {
    if (parent?.kind === 'file') await parent.items.return(undefined);
  }
}

function followedIn(cursor: SourceCursor | undefined, hasParent: boolean): Followed {
  const kept = asObject(cursor?.state);
  const {copied} = kept ?? {copied: hasParent ? 0 : null};
  const turns = cursor === undefined ? [] : turnsIn(cursor.state);
  return {copied: typeof copied === 'number' ? copied : undefined, isBegun: kept?.['isBegun'] === true, turns};
}

/** The event's turn; what stands in none, before the first, is known by its words. */
function turnOf({metadata, text}: SourceEvent): string {
  const {turn_id: turn} = metadata;
  return (typeof turn === 'string' ? hashId('turn', turn) : hashId('text', text)).slice(0, TURN_LENGTH);
}

async function* eventsOf(items: AsyncGenerator<SourceItem>): AsyncGenerator<SourceEvent, undefined> {
  for await (const item of items) if (item.kind === 'event' && item.event.type !== 'session_start') yield item.event;
  return undefined;
}

function isCopy(event: SourceEvent, theirs: SourceEvent): boolean {
  const isTool = event.type === 'tool_result' || event.metadata['tool_name'] !== undefined;
  if (event.text !== theirs.text || (event.type !== theirs.type && isTool)) return false;
  if (isTool && event.eventId !== theirs.eventId && event.metadata['tool_name'] !== theirs.metadata['tool_name']) return false;
  return event.metadata['turn_id'] === theirs.metadata['turn_id'];
}
