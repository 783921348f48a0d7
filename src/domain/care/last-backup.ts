import type {EpochMs} from '../event/event.js';

/** When the last backup was made, and where. */
export interface LastBackup {
  readonly at: EpochMs;
  readonly folder: string;
}
