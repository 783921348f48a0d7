import type {EpochMs} from '../domain/event/event.js';

/** How an agent is connected, besides that its files are read. */
export type Wiring =
  /** It has no hooks that mem could use, or none are wanted: the import alone reads it. */
  | {readonly kind: 'import-only'}
  /** A plugin does it already. */
  | {readonly kind: 'plugin'; readonly name: string}
  | {readonly kind: 'hooks'; readonly path: string; readonly events: readonly string[]};

/** What mem gives an agent only because its user asked for it: tools by a server, and what was done before when a session starts. */
export type ExtraName = 'mcp' | 'recall';

/** Which extras are wanted; one that is not named stays as it is. */
export type WantedExtras = Readonly<Partial<Record<ExtraName, boolean | undefined>>>;

export interface Extra {
  readonly name: ExtraName;
  /** The file that has it, or where it would stand. */
  readonly path: string;
  /** Who put it there: mem, its user by hand, or a plugin. */
  readonly by: 'mem' | 'user' | 'plugin';
}

/** A file of an agent, or a script of mem, before and after; undefined where it does not exist. */
export interface FileChange {
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

export interface WiringPlan {
  readonly agent: string;
  readonly wiring: Wiring;
  /** Those that it has, or will have. */
  readonly extras: readonly Extra[];
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
  /** Where its files lie as they were. */
  readonly backups: readonly string[];
  readonly proofs: readonly Proof[];
  /** Of the extras that mem put there, started as the agent starts them: what is wrong; empty where they answered. */
  readonly trials: Readonly<Partial<Record<ExtraName, string>>>;
}

/** A script or an entry that should be there. */
export interface WiringFault {
  readonly agent: string;
  readonly what: string;
  /** What to do, where connecting the agent again does not help. */
  readonly cure?: string;
}

/** Changes the settings of agents so that their hooks ring, and more where that is wanted. All else in these files stays byte for byte. */
export interface Connector {
  /** Why an agent cannot have an extra; undefined where it can. */
  refusal(agent: string, extra: ExtraName): string | undefined;
  /** @throws MemError CONFIG_INVALID for settings that are not JSON or TOML, IO_ERROR */
  plan(agent: string, wanted?: WantedExtras): WiringPlan;
  /** Done twice, it changes nothing. @throws MemError as `plan`; NOT_WRITTEN, also for a file that its user made read-only */
  connect(agent: string, wanted?: WantedExtras): WiringReport;
  planRemoval(agent: string): WiringPlan;
  /** Takes everything out that `connect` put there, whatever else was edited since. @throws MemError as `connect` */
  disconnect(agent: string): WiringPlan;
  /** Of the agents that were connected by this home; it reads files alone. */
  faults(): readonly WiringFault[];
  /** The extras that this home put into the settings of each agent, as it remembers. */
  extras(): ReadonlyMap<string, readonly ExtraName[]>;
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
