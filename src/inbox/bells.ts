import type {EpochMs} from '../domain/event/event.js';

/** What the hook of an agent said, kept by the shim that `mem connect` writes. */
export interface Bell {
  /** Of its file, to remove it by. */
  readonly name: string;
  /** As the shim was told. */
  readonly agent: string;
  /** To the second. */
  readonly rungAt: EpochMs;
}

export interface BellFacts {
  readonly count: number;
  readonly oldestAt: EpochMs | undefined;
  /** Of each agent, when its bells rang. */
  readonly byAgent: ReadonlyMap<string, {readonly oldestAt: EpochMs; readonly newestAt: EpochMs}>;
}

/** The hooks' payloads in `inbox/raw/`, as they came. They go as soon as they are handled: nothing in them is redacted. */
export interface Bells {
  /** Oldest first. What a shim left that was killed counts from an hour on. */
  list(now: EpochMs): readonly Bell[];
  /** Undefined when it is gone. @throws MemError IO_ERROR */
  read(bell: Bell): Buffer | undefined;
  remove(bells: readonly Bell[]): void;
  /** From names and times alone; of a great many bells the times of some. */
  facts(): BellFacts;
}
