import type {EpochMs, EventId} from '../../../domain/event/event.js';
import {timeOfId} from '../../../domain/event/identity/event-id.js';
import type {JournalKind} from '../../../domain/journal/journal-end.js';
import {MemError} from '../../../errors.js';
import {findNodeLines, nodeIn} from '../../forget/change-lines.js';
import {type Intent, parseIntent} from '../../forget/intent.js';
import {nodesTaken, readPending} from '../../forget/own-journal.js';
import {partsOf} from '../../forget/take-out.js';
import type {Mem} from '../../mem.js';
import {idOfLine} from '../journal-lines.js';
import type {CheckPart} from './verdict.js';

const CUT_SHORT = 'a forgetting was cut short, and the journal may still have what is to go; mem forget --finish goes on with it';

/** What was taken out of the store, by another home or a forgetting that was cut short, and the journal may still hold: no damage, and told. */
export class PendingParts {
  #events: ReadonlySet<string> = new Set();
  #nodes: ReadonlySet<string> = new Set();
  /** Of forgettings that were cut short. Kept apart: an event whose secrets go stays. */
  readonly #begun = new Set<EventId>();
  readonly #begunNodes = new Set<string>();
  #emptiedBefore: EpochMs | undefined;
  readonly #remarks = new Set<string>();

  async read(mem: Pick<Mem, 'store' | 'journal' | 'takenNotes'>): Promise<void> {
    const left = (await readPending(mem))?.left ?? [];
    this.#events = new Set(left.flatMap(({ids}) => ids));
    this.#nodes = nodesTaken(mem, left);
  }

  /** Where a forgetting of this home was cut short, store and journal differ until it is finished. */
  readForgettings({forgetting: {intents}, journal}: Pick<Mem, 'forgetting' | 'journal'>): void {
    for (const number of intents.pending()) {
      const text = intents.read(number);
      if (text === undefined) continue;
      try {
        this.#addForgetting(parseIntent(number, text), journal);
      } catch (error) {
        // Another command fails with it: what is looked at here is no worse for it.
        if (!(error instanceof MemError)) throw error;
        this.#remarks.add(error.message);
      }
    }
  }

  #addForgetting({deed, isTakenOut}: Intent, journal: Mem['journal']): void {
    if (isTakenOut) return;
    this.#remarks.add(CUT_SHORT);
    if (deed.kind === 'retention') {
      this.#emptiedBefore = deed.before;
      return;
    }
    for (const {id} of deed.events) this.#begun.add(id);
    for (const id of findNodeLines({journal}, journal.list().files, partsOf(deed.events))) this.#begunNodes.add(id);
  }

  hasEvent(id: EventId): boolean {
    return this.#events.has(id) || this.#begun.has(id) || (this.#emptiedBefore !== undefined && timeOfId(id) < this.#emptiedBefore);
  }

  /** Whether a line of the journal tells of such an event or node. */
  hasLine(kind: JournalKind, line: string): boolean {
    if (this.#events.size + this.#nodes.size === 0 || kind === 'forgotten') return false;
    return kind === 'event' ? this.#events.has(idOfLine(line) ?? '') : this.#nodes.has(nodeIn(line)?.id ?? '');
  }

  /** The versions of other nodes. */
  withoutNodes(versions: ReadonlySet<string>): Set<string> {
    const isPending = (id: string): boolean => this.#nodes.has(id) || this.#begunNodes.has(id);
    return new Set([...versions].filter((name) => !isPending(name.slice(0, name.lastIndexOf('#')))));
  }

  remarks(part: CheckPart): readonly string[] {
    if (part !== 'journal-events') return [];
    if (this.#events.size === 0) return [...this.#remarks];
    return [
      ...this.#remarks,
      `${this.#events.size} that another home took out or changed may still stand in this home's journal; mem compact takes them out`,
    ];
  }
}
