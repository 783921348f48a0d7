import type {SyncFiles} from '../../sync/sync-files.js';
import type {Mem} from '../mem.js';

export interface HomePeerParts {
  readonly mem: Mem;
  readonly files: SyncFiles;
  readonly signal?: AbortSignal | undefined;
}
