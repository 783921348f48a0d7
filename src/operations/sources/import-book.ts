import type {ReadCall, SourceCursor} from '../../sources/source.js';
import type {ImportNote, Store} from '../../store/port/store.js';

/** How far a file was read, and under what circumstances. */
export interface FileNote {
  readonly cursor: SourceCursor;
  /** Nothing was held back. */
  readonly wasAtRest: boolean;
  /** Folders whose records were kept out: should that end, the file is read again. */
  readonly keptOut: readonly string[];
  /** None of what the agent thought was left out: else the file is read again, should it be wanted. */
  readonly hasThinking?: boolean;
}

const FOLDERS = 'folders';

/** What imports remember from one to the next. The one place that knows how the store keeps it. */
export async function readFileNotes(store: Store, agent: string): Promise<ReadonlyMap<string, FileNote>> {
  return new Map((await store.importNotes(agent)).map(({name, value}) => [name, value as FileNote]));
}

/** The projects that folders had when they were there. */
export async function readFolderProjects(store: Store): Promise<ReadonlyMap<string, string>> {
  return new Map((await store.importNotes(FOLDERS)).map(({name, value}) => [name, String(value)]));
}

export function fileNote(agent: string, path: string, note: FileNote): ImportNote {
  return {topic: agent, name: path, value: note};
}

export function folderNote(folder: string, project: string): ImportNote {
  return {topic: FOLDERS, name: folder, value: project};
}

/** What a source may ask of files that were read before. */
export function rememberedIn(notes: ReadonlyMap<string, FileNote>): NonNullable<ReadCall['remembered']> {
  return (isWanted) => [...notes].filter(([path]) => isWanted(path)).map(([, {cursor}]) => cursor.state);
}

/** Undefined where records were left out that are wanted now: they are behind the cursor. */
export function usableNote(
  note: FileNote | undefined,
  takesThinking: boolean,
  isKeptOut: (folder: string) => boolean,
): FileNote | undefined {
  if (takesThinking && note?.hasThinking !== true) return undefined;
  return note?.keptOut.every(isKeptOut) === true ? note : undefined;
}
