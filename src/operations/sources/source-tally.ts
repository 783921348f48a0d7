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
  /** Files with something new that their agent deletes within 14 days, and when the first of them goes. */
  leaving = 0;
  firstLeavesAt: EpochMs | undefined;
  stored = 0;
  duplicates = 0;

  constructor(agent: string, files: number) {
    this.agent = agent;
    this.files = files;
  }

  get sessions(): number {
    return this.#sessions.size;
  }

  leaves(at: EpochMs): void {
    this.leaving++;
    if (this.firstLeavesAt === undefined || at < this.firstLeavesAt) this.firstLeavesAt = at;
  }

  add(sessionId: string, time: EpochMs): void {
    this.events++;
    this.#sessions.add(sessionId);
    if (this.first === undefined || time < this.first) this.first = time;
    if (this.last === undefined || time > this.last) this.last = time;
  }
}
