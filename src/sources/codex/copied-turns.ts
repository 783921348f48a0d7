import type {JsonValue} from '../../domain/event/event.js';
import {asKept, asObject} from '../reading/fields.js';
import type {SourceCursor, SourceEvent, SourceItem} from '../source.js';

/** How far the copy at a fork's beginning was followed. It is kept with the cursor. */
interface Followed {
  /** How many events were those of the parent; undefined once the fork spoke for itself. */
  readonly copied: number | undefined;
  /** A subagent's task was given. */
  readonly isBegun: boolean;
}

/** What the cursor of the lines is, without what `withoutCopiedTurns` put around it. */
export function innerCursor(cursor: SourceCursor | undefined): SourceCursor | undefined {
  return cursor === undefined ? undefined : {...cursor, state: asKept<JsonValue>(asObject(cursor.state)?.['inner']) ?? null};
}

/**
 * A fork and a subagent begin with a copy of what their parent said, with times of their own: it is left out as far as both say the same in
 * the same turns.
 * @param parent all that the parent says, from its beginning; it is read only as far as both say the same
 */
export async function* withoutCopiedTurns(
  items: AsyncGenerator<SourceItem>,
  cursor: SourceCursor | undefined,
  parent: AsyncGenerator<SourceItem> | undefined,
): AsyncGenerator<SourceItem> {
  let {copied, isBegun} = followedIn(cursor, parent !== undefined);
  const theirs = parent === undefined ? undefined : eventsOf(parent);
  let isFirst = true;
  try {
    for await (const item of items) {
      if (item.kind === 'broken') yield item;
      else if (item.kind === 'cursor') {
        // Where the file was read again from its beginning, the count began again, too.
        yield {kind: 'cursor', cursor: {...item.cursor, state: {inner: item.cursor.state, copied: copied ?? null, isBegun}}};
      } else {
        if (isFirst && item.event.type === 'session_start') ({copied, isBegun} = followedIn(undefined, parent !== undefined));
        else if (isFirst) for (let n = 0; n < (copied ?? 0); n++) await theirs?.next();
        isFirst = false;
        if (copied !== undefined && item.event.type !== 'session_start') {
          const next = theirs === undefined ? undefined : (await theirs.next()).value;
          if (next !== undefined && isCopy(item.event, next)) {
            copied++;
            continue;
          }
          copied = undefined;
        }
        const isTask = !isBegun && item.event.type === 'user_message' && item.event.metadata['agent_id'] !== undefined;
        isBegun ||= isTask;
        yield isTask ? {kind: 'event', event: {...item.event, type: 'subagent_start'}} : item;
      }
    }
  } finally {
    await parent?.return(undefined);
  }
}

function followedIn(cursor: SourceCursor | undefined, hasParent: boolean): Followed {
  const kept = asObject(cursor?.state);
  const {copied} = kept ?? {copied: hasParent ? 0 : null};
  return {copied: typeof copied === 'number' ? copied : undefined, isBegun: kept?.['isBegun'] === true};
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
