import {type BackupNotes, parseLastBackup} from '../../domain/care/last-backup.js';
import {type CheckNotes, parseLastCheck} from '../../domain/care/last-check.js';
import {parseLastSyncs, type SyncNotes} from '../../domain/care/last-syncs.js';
import type {TakenNotes} from '../../domain/care/taken-part.js';
import {homeNote} from './home-note.js';
import {readTakenNote, writeTakenNote} from './taken-note.js';

/** What a home notes of what was done last. */
export interface HomeNotes {
  readonly takenNotes: TakenNotes;
  readonly checkNotes: CheckNotes;
  readonly backupNotes: BackupNotes;
  readonly syncNotes: SyncNotes;
}

/** Reads and writes nothing before one is used. */
export function homeNotes(home: string): HomeNotes {
  return {
    takenNotes: {read: () => readTakenNote(home), write: (note) => writeTakenNote(home, note)},
    checkNotes: homeNote(home, 'last-check', parseLastCheck),
    backupNotes: homeNote(home, 'last-backup', parseLastBackup),
    syncNotes: homeNote(home, 'last-syncs', parseLastSyncs),
  };
}
