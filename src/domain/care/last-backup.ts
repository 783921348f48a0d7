import type {EpochMs} from '../event/event.js';
import {Fields} from '../stored/fields.js';

/** The last whole backup of a home. */
export interface LastBackup {
  readonly at: EpochMs;
  /** As an absolute path. */
  readonly folder: string;
  /** That were in the store. */
  readonly events: number;
}

/** Where the note of the last backup lies. */
export interface BackupNotes {
  read(): LastBackup | undefined;
  write(backup: LastBackup): void;
}

/** @throws UnknownShape, SyntaxError */
export function parseLastBackup(text: string): LastBackup {
  const fields = new Fields('last-backup', JSON.parse(text));
  return {at: fields.instant('at'), folder: fields.text('folder'), events: fields.number('events')};
}
