import type {EventId} from '../../../domain/event/event.js';
import type {JournalKind} from '../../../domain/journal/journal-end.js';
import {nodeIn} from '../../forget/change-lines.js';
import {nodesTaken, readPending} from '../../forget/own-journal.js';
import type {Mem} from '../../mem.js';
import {idOfLine} from '../journal-lines.js';
import type {CheckPart} from './verdict.js';

/** What another home took out of the store, and this home's journal may still hold: no damage, and told. */
export class PendingParts {
  #events: ReadonlySet<string> = new Set();
  #nodes: ReadonlySet<string> = new Set();

  async read(mem: Pick<Mem, 'store' | 'journal' | 'takenNotes'>): Promise<void> {
    const left = (await readPending(mem))?.left ?? [];
    this.#events = new Set(left.flatMap(({ids}) => ids));
    this.#nodes = nodesTaken(mem, left);
  }

  hasEvent(id: EventId): boolean {
    return this.#events.has(id);
  }

  /** Whether a line of the journal tells of such an event or node. */
  hasLine(kind: JournalKind, line: string): boolean {
    if (this.#events.size + this.#nodes.size === 0 || kind === 'forgotten') return false;
    return kind === 'event' ? this.#events.has(idOfLine(line) ?? '') : this.#nodes.has(nodeIn(line)?.id ?? '');
  }

  /** The versions of other nodes. */
  withoutNodes(versions: ReadonlySet<string>): Set<string> {
    return new Set([...versions].filter((name) => !this.#nodes.has(name.slice(0, name.lastIndexOf('#')))));
  }

  remarks(part: CheckPart): readonly string[] {
    if (part !== 'journal-events' || this.#events.size === 0) return [];
    return [
      `${this.#events.size} that another home took out or changed may still stand in this home's journal; mem compact takes them out`,
    ];
  }
}
