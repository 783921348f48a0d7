import type {EpochMs, Role} from '../../domain/event/event.js';
import type {HitKind} from '../../domain/search/query/hit-kind.js';

export interface SearchFilter {
  readonly from?: EpochMs | undefined;
  /** Exclusive. */
  readonly to?: EpochMs | undefined;
  /** As a person names them; none: all. */
  readonly projects?: readonly string[] | undefined;
  readonly agent?: string | undefined;
  readonly role?: Role | undefined;
  /** Its id, or a beginning of it that no other session has. */
  readonly session?: string | undefined;
  readonly branch?: string | undefined;
}

export interface SearchRequest extends SearchFilter {
  readonly query: string;
  /** How many events, or what else a hit is. */
  readonly limit: number;
  readonly by: HitKind;
}
