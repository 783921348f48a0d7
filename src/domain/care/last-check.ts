import type {EpochMs} from '../event/event.js';
import {Fields} from '../stored/fields.js';

/** What a check found last, in short. It is kept beside the store: what is damaged cannot be written to. */
export interface LastCheck {
  readonly at: EpochMs;
  readonly faults: number;
  /** The first of them; empty where nothing was wrong. */
  readonly first: string;
  /** The command that may repair it; empty where nothing was wrong. */
  readonly cure: string;
  /** Which part of the memory `mem compact` looks at next. */
  readonly nextSlice: number;
}

/** Where the note of the last check lies. */
export interface CheckNotes {
  read(): LastCheck | undefined;
  write(check: LastCheck): void;
}

/** @throws UnknownShape, SyntaxError */
export function parseLastCheck(text: string): LastCheck {
  const fields = new Fields('last-check', JSON.parse(text));
  return {
    at: fields.instant('at'),
    faults: fields.number('faults'),
    first: fields.text('first'),
    cure: fields.text('cure'),
    nextSlice: fields.number('nextSlice'),
  };
}
