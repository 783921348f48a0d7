import type {EpochMs} from '../../domain/event/event.js';

/** What an import found in a source. */
export class SourceTally {
  readonly agent: string;
  readonly files: number;
  readonly #sessions = new Set<string>();
  filesRead = 0;
  /** Read in this import, known ones too. */
  events = 0;
  /** Lines that are not JSON. */
  broken = 0;
  /** Events of projects that stay out. */
  keptOut = 0;
  first: EpochMs | undefined;
  last: EpochMs | undefined;

  constructor(agent: string, files: number) {
    this.agent = agent;
    this.files = files;
  }

  get sessions(): number {
    return this.#sessions.size;
  }

  add(sessionId: string, time: EpochMs): void {
    this.events++;
    this.#sessions.add(sessionId);
    if (this.first === undefined || time < this.first) this.first = time;
    if (this.last === undefined || time > this.last) this.last = time;
  }
}
