import type {EpochMs} from '../domain/event/event.js';

/** How an agent is connected, besides that its files are read. */
export type Wiring =
  /** It has no hooks that mem could use, or none are wanted: the import alone reads it. */
  | {readonly kind: 'import-only'}
  /** A plugin does it already. */
  | {readonly kind: 'plugin'; readonly name: string}
  | {readonly kind: 'hooks'; readonly path: string; readonly events: readonly string[]};

/** A file of an agent, or the shim, before and after; undefined where it does not exist. */
export interface FileChange {
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

export interface WiringPlan {
  readonly agent: string;
  readonly wiring: Wiring;
  readonly changes: readonly FileChange[];
  /** What its user should know. */
  readonly notes: readonly string[];
}

/** What became of a payload that mem made, given to each command in the settings as the agent does. */
export interface Proof {
  readonly path: string;
  readonly event: string;
  readonly isCaptured: boolean;
  /** What went wrong; empty where it was captured. */
  readonly reason: string;
}

export interface WiringReport extends WiringPlan {
  /** Where the settings lie as they were; undefined where there was nothing to copy. */
  readonly backup: string | undefined;
  readonly proofs: readonly Proof[];
}

/** A shim or an entry that should be there. */
export interface WiringFault {
  readonly agent: string;
  readonly what: string;
  /** What to do, where connecting the agent again does not help. */
  readonly cure?: string;
}

/** Changes the settings of agents so that their hooks ring. All else in these files stays byte for byte. */
export interface Connector {
  /** @throws MemError CONFIG_INVALID for settings that are not JSON, IO_ERROR */
  plan(agent: string): WiringPlan;
  /** Done twice, it changes nothing. @throws MemError as `plan`; NOT_WRITTEN, also for a file that its user made read-only */
  connect(agent: string): WiringReport;
  planRemoval(agent: string): WiringPlan;
  /** Takes everything out that `connect` put there, whatever else was edited since. @throws MemError as `connect` */
  disconnect(agent: string): WiringPlan;
  /** Of the agents that were connected by this home; it reads files alone. */
  faults(): readonly WiringFault[];
}

/** What a stat tells of a file. */
export interface SeenStamp {
  readonly device: number;
  readonly inode: number;
  readonly size: number;
  readonly mtimeMs: number;
}

/** What an agent has that was not read yet, as far as a few stats tell. */
export interface SourceNews {
  readonly agent: string;
  readonly before: SourceReading;
  /** Files that are not what they were. */
  readonly changed: readonly {readonly path: string; readonly stamp: SeenStamp}[];
  /** There may be files that are not known yet. */
  readonly hasNewFiles: boolean;
}

/** When an agent was read to its end, and what tells that it wrote since. */
export interface SourceReading {
  readonly readAt: EpochMs;
  /** Its newest files and the folders that they lie in: a new session changes one of them. */
  readonly paths: readonly string[];
  /** How those of the paths were, that a stat describes wholly: not folders, nor databases with files beside them. */
  readonly stamps?: Readonly<Record<string, SeenStamp>>;
  /** After how many days the agent deletes a transcript; undefined for never. */
  readonly keepsDays?: number | undefined;
}
