import type {SourceFile} from '../../../backups/backups.js';
import type {Journal, JournalFile} from '../../../journal/journal.js';

export interface JournalSources {
  readonly sources: readonly SourceFile[];
  /** Files that are damaged: they are taken as they are. */
  readonly problems: readonly string[];
}

/** The files of a journal, each up to its last whole member: what stands behind it in an open one is being written. */
export function journalSources(journal: Pick<Journal, 'list' | 'read'>): JournalSources {
  const sources: SourceFile[] = [];
  const problems: string[] = [];
  for (const file of journal.list().files) {
    const isFinal = file.generation > 0;
    const {bytes, isDamaged} = isFinal ? {bytes: file.bytes, isDamaged: false} : wholePart(journal, file);
    if (isDamaged) problems.push(`the journal's file ${file.path} is damaged; run: mem repair, then back up again`);
    const {writer, name, path: source} = file;
    if (bytes > 0) sources.push({path: `journal/${writer}/${name}`, source, bytes, isFinal});
  }
  return {sources, problems};
}

function wholePart(journal: Pick<Journal, 'read'>, file: JournalFile): {bytes: number; isDamaged: boolean} {
  let bytes = 0;
  let isDamaged = false;
  let isOpen = false;
  for (const part of journal.read(file)) {
    // Damage with a whole member behind it is more than a torn end.
    if (part.kind === 'member') {
      bytes = part.at + part.bytes;
      isDamaged ||= isOpen;
    } else isOpen = true;
  }
  return {bytes, isDamaged};
}
