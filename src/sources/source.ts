import type {EpochMs, EventType, JsonObject, JsonValue, Role} from '../domain/event/event.js';

/** Where this machine keeps things. */
export interface SourcePlaces {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The home of the account, as the system knows it. */
  readonly accountHome: string;
  readonly platform: string;
}

/** What a stat tells of a file. Two stamps that are equal mean an unchanged file. */
export interface FileStamp {
  readonly device: number;
  readonly inode: number;
  readonly size: number;
  readonly mtimeMs: number;
}

/** A transcript or database, known by a stat alone. */
export interface SourceFile {
  readonly path: string;
  readonly stamp: FileStamp;
}

/** Where reading goes on. A hint: to lose it costs time, never events. */
export interface SourceCursor {
  /** The file's own, once it was read to its end; before that its size is `offset`. */
  readonly stamp: FileStamp;
  /** Behind the last record that nothing holds back. */
  readonly offset: number;
  /** SHA-256 of the 4 KiB before `offset`. */
  readonly before: string;
  /** The adapter's own, small. */
  readonly state: JsonValue;
}

export interface ReadCall {
  readonly cursor: SourceCursor | undefined;
  /** Nothing is held back: the file has rested for 10 min, or the agent said that it stopped. */
  readonly isAtRest: boolean;
  /** What the cursors of the agent's other files kept, of those that are gone, too. @param isWanted by the path that a file had */
  readonly remembered?: (isWanted: (path: string) => boolean) => readonly JsonValue[];
}

export type SourceItem =
  | {readonly kind: 'event'; readonly event: SourceEvent}
  /** A line that is not JSON: counted, kept nowhere. */
  | {readonly kind: 'broken'}
  /** All before it was given. It comes at least once a MiB, and at the end. */
  | {readonly kind: 'cursor'; readonly cursor: SourceCursor};

/** A record in our words, whole: nothing of its text is cut or redacted yet. */
export interface SourceEvent {
  readonly sessionId: string;
  readonly type: EventType;
  readonly role: Role;
  readonly text: string;
  /** The record's own id, never with its file or session in it: a fork copies records into other files and sessions. */
  readonly eventId: string;
  /** Undefined or guessed, it is no part of the identity. */
  readonly time: EpochMs | undefined;
  readonly isTimeGuessed: boolean;
  /** Counted from the file's beginning, in records: it orders what has the same time. */
  readonly seq: number;
  /** The folder that the agent worked in. */
  readonly cwd: string | undefined;
  readonly gitBranch: string | undefined;
  /** `tool_name`, `tool_input` (of a written file only its path and size), `is_error`, `exit_code`, `interrupted`, `model`, `agent_id` … */
  readonly metadata: JsonObject;
  /** What it was read from, where that is not a transcript: a mere list of prompts, or what a hook said. */
  readonly origin?: 'history' | 'hook';
}

/** What the hook of an agent said. */
export interface HookPayload {
  /** The transcripts that it names. */
  readonly paths: readonly string[];
  /** The agent said that it stopped: what stands in its transcript now is finished. */
  readonly isStop: boolean;
  /** The words in it, if any. They have no time. */
  readonly event: SourceEvent | undefined;
}

/** An agent whose files mem reads. */
export interface Source {
  /** Its name in events, e.g. `claude-code`. */
  readonly agent: string;
  /** How much of a conversation its files hold. */
  readonly holds: 'all' | 'no-times' | 'prompts';
  /** Its files on this machine, in any order. A folder that does not exist holds none. */
  find(places: SourcePlaces): Promise<readonly SourceFile[]>;
  /** What is behind the cursor. A file that is gone gives nothing, not even a cursor. */
  read(file: SourceFile, call: ReadCall): AsyncGenerator<SourceItem>;
  /** After how many days without a change the agent deletes a transcript; without it, or undefined: never. */
  keepsDays?(places: SourcePlaces): number | undefined;
  /** Whether a file that begins like this is one of its transcripts. @param start its first bytes, at most 64 KiB */
  recognizes(start: Buffer, path: string): boolean;
}
