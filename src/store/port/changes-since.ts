import type {NodeId} from '../../domain/toc/node-id.js';
import type {SessionDay} from './shapes.js';

/** A point in the history of a store. Only the store that gave it can read it; two that are equal name the same point. */
export type ChangeCursor = string & {readonly __brand: 'ChangeCursor'};

/** What was changed since a cursor. A change may be told twice, and is never missed. */
export interface Changes {
  /** Those that got or lost events, or whose mark was set or removed. */
  readonly sessionDays: readonly Pick<SessionDay, 'date' | 'sessionKey'>[];
  /** Those that got or lost a version, or whose mark was set or removed. */
  readonly nodes: readonly NodeId[];
  /** To ask with the next time. */
  readonly cursor: ChangeCursor;
}
