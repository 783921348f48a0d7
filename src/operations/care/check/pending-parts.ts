import type {EpochMs, EventId} from '../../../domain/event/event.js';
import {timeOfId} from '../../../domain/event/identity/event-id.js';
import type {JournalKind} from '../../../domain/journal/journal-end.js';
import {MemError} from '../../../errors.js';
import type {JournalFile} from '../../../journal/journal.js';
import {findNodeLines, nodeIn} from '../../forget/change-lines.js';
import {type Intent, parseIntent} from '../../forget/intent.js';
import {nodesTaken, readPending} from '../../forget/own-journal.js';
import {partsOf} from '../../forget/take-out.js';
import type {Mem} from '../../mem.js';
import {idOfLine} from '../journal-lines.js';
import type {CheckPart} from './verdict.js';

const CUT_SHORT = 'a forgetting was cut short, and the journal may still have what is to go; mem forget --finish goes on with it';

/**
 * What the journal may hold and the store does not: taken out by another home or by a forgetting that was cut short, or brought by a sync that
 * was. No damage, and told.
 */
export class PendingParts {
  #events: ReadonlySet<string> = new Set();
  #nodes: ReadonlySet<string> = new Set();
  /** Of forgettings that were cut short. Kept apart: an event whose secrets go stays. */
  readonly #begun = new Set<EventId>();
  readonly #begunNodes = new Set<string>();
  #emptiedBefore: EpochMs | undefined;
  readonly #remarks = new Set<string>();
  /** How many bytes of a file of another writer a sync has taken in, by `writer/name`; undefined where no other machine writes here. */
  #taken: Readonly<Record<string, number>> | undefined;
  #own: string | undefined;
  readonly #notTaken = new Set<EventId>();

  async read(mem: Pick<Mem, 'store' | 'journal' | 'takenNotes'>): Promise<void> {
    const left = (await readPending(mem))?.left ?? [];
    this.#events = new Set(left.flatMap(({ids}) => ids));
    this.#nodes = nodesTaken(mem, left);
  }

  /** What came from other machines stands in the journal first. */
  async readArrivals(mem: Pick<Mem, 'store' | 'journal' | 'openSync'>): Promise<void> {
    this.#own = mem.journal.ownWriter();
    if (mem.store.maintenance === undefined || mem.journal.list().files.every(({writer}) => writer === this.#own)) return;
    this.#taken = {...(await mem.openSync()).files.readState().taken};
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

  /** Whether a sync brought a file and was ended before it had taken all of it in. */
  isNotTaken({writer, name, bytes}: JournalFile): boolean {
    return this.#taken !== undefined && writer !== this.#own && (this.#taken[`${writer}/${name}`] ?? 0) < bytes;
  }

  noteNotTaken(id: EventId): void {
    this.#notTaken.add(id);
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
    const remarks = [...this.#remarks];
    if (this.#notTaken.size > 0)
      remarks.push(`${this.#notTaken.size} that came from another machine are not in the store yet; the next sync takes them`);
    if (this.#events.size === 0) return remarks;
    return [
      ...remarks,
      `${this.#events.size} that another home took out or changed may still stand in this home's journal; mem compact takes them out`,
    ];
  }
}
