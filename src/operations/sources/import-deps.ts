import type {SourceReading} from '../../connect/connector.js';
import type {FolderFacts} from '../../domain/event/project.js';
import type {ProjectNames} from '../../domain/event/project-names.js';
import type {Redactor} from '../../domain/event/redactor.js';
import type {Bells} from '../../inbox/bells.js';
import type {Inbox} from '../../inbox/inbox.js';
import type {Locks} from '../../locks/locks.js';
import type {HookPayload, Source, SourceFile, SourcePlaces} from '../../sources/source.js';
import type {StoreGate} from '../../store/port/store.js';
import type {Clock, Ticks} from '../../system/clock.js';

/** What an import works on, handed in by the composition root. */
export interface ImportDeps {
  readonly store: StoreGate;
  readonly inbox: Inbox;
  readonly locks: Locks;
  readonly clock: Clock;
  readonly ticks: Ticks;
  /** All that mem can read. */
  readonly sources: readonly Source[];
  readonly places: SourcePlaces;
  readonly folderFacts: (folder: string) => FolderFacts;
  /** Finds whose the named files are; of folders, the files in them. @throws MemError for a path that cannot be read */
  readonly recognizeFiles: (paths: readonly string[], sources: readonly Source[]) => Promise<RecognizedFiles>;
  readonly redactor: Redactor;
  readonly randomBits: () => string;
  /** How long to wait for a busy store; as a job does, if undefined. */
  readonly patienceMs?: number;
  /** What agents think is taken in, too. */
  readonly takesThinking: boolean;
  readonly projectNames: ProjectNames;
  /** By agent, the globs of projects that stay out, by their own names or those under which they are read. */
  readonly excluded: Readonly<Record<string, readonly string[]>>;
}

/** What an import works on that also hears bells. */
export interface BellDeps extends ImportDeps {
  readonly bells: Bells;
  /** Undefined for what is no payload. */
  readonly readHookPayload: (bytes: Buffer) => HookPayload | undefined;
  /** Remembers that all of an agent was read, for the alarm when that ends. */
  readonly noteReading: (agent: string, reading: SourceReading) => void;
}

export interface RecognizedFiles {
  readonly jobs: readonly SourceJob[];
  /** Named files that no source knows. */
  readonly unknown: readonly string[];
}

/** Files of one source that are to be read. */
export interface SourceJob {
  readonly source: Source;
  readonly files: readonly SourceFile[];
}
