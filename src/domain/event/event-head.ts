import type {EventPosition, Role, SessionKey} from './event.js';
import type {Identity} from './identity/event-id.js';

/** The part of a record that can be read without JSON. */
export interface EventHead extends EventPosition {
  readonly role: Role;
  readonly identity: Identity;
  readonly sessionKey: SessionKey;
  readonly sourceAlias: string;
  /** Whether there is anything to summarize: the text is not only white space, and the event is no `summary` and no thinking. */
  readonly hasText: boolean;
}

/** All of a head but what is kept in the flags. */
export interface HeadFields extends Pick<EventHead, 'identity' | 'sourceAlias' | 'sessionKey'> {
  readonly event: EventPosition & Pick<EventHead, 'role'>;
}
