import type {SessionKey} from '../../domain/event/event.js';
import {MemError} from '../../errors.js';
import type {Store} from '../../store/port/store.js';

/** So many are named where a beginning is not clear. */
const MOST_NAMED = 8;

export interface FoundSession {
  readonly sessionId: string;
  /** One of each agent that gave a session this id; none where no session has it. */
  readonly keys: ReadonlySet<SessionKey>;
}

/**
 * The session that a person names by its id, or by a beginning of it that no other session has. Lists print a long id as a beginning
 * with `…` behind it, which may be copied as it stands. @throws MemError USAGE for a beginning that several have
 */
export async function findSession(store: Pick<Store, 'sessionDays'>, typed: string): Promise<FoundSession> {
  const beginning = typed.endsWith('…') ? typed.slice(0, -1) : typed;
  const found = new Map<string, Set<SessionKey>>();
  for (const {sessionId, sessionKey} of await store.sessionDays({})) {
    if (!sessionId.startsWith(beginning)) continue;
    const known = found.get(sessionId);
    if (known) known.add(sessionKey);
    else found.set(sessionId, new Set([sessionKey]));
  }
  const exact = found.get(beginning);
  if (exact !== undefined) return {sessionId: beginning, keys: exact};
  const ids = [...found.keys()].sort();
  const [only = beginning] = ids;
  if (ids.length <= 1) return {sessionId: only, keys: found.get(only) ?? new Set()};
  const some = ids.slice(0, MOST_NAMED).map((id) => JSON.stringify(id));
  throw new MemError(
    'USAGE',
    `${ids.length} sessions begin with ${JSON.stringify(beginning)}: ${some.join(', ')}${ids.length > some.length ? ', …' : ''}`,
    {
      hint: 'give more of its id; mem events --json prints it whole',
    },
  );
}
