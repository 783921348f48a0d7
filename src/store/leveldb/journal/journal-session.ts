import type {EpochMs} from '../../../domain/event/event.js';
import {JOURNAL_KINDS, type JournalEnd, type JournalKind} from '../../../domain/journal/journal-end.js';
import type {BehindEnd, StoreJournal} from '../../port/journal.js';
import type {JournalLines} from './journal-lines.js';
import {endOf, firstJournal, type StoredJournal, shortened, withEnd} from './stored-journal.js';

/** What lies behind an end, and is not in the store yet. */
export interface Rest {
  readonly kind: JournalKind;
  readonly members: Extract<BehindEnd, {kind: 'more'}>['members'];
}

/** The journal as long as the store is open. What it appends counts once `state` is committed. */
export class JournalSession {
  readonly #journal: StoreJournal;
  /** Other homes write to the same store: their journals are not here, and each keeps only what it brought. */
  readonly #isShared: boolean;
  /** What the store said last. */
  #stored: StoredJournal;
  /** Appended to without a sync in this session. */
  readonly #unsynced = new Set<JournalKind>();
  state: StoredJournal;
  #writer: string | undefined;

  /** @param stored undefined in a store that never had a journal */
  constructor(journal: StoreJournal, stored: StoredJournal | undefined, {isEmpty, isShared}: {isEmpty: boolean; isShared: boolean}) {
    this.#journal = journal;
    this.#isShared = isShared;
    this.#stored = stored ?? firstJournal(isEmpty || isShared);
    this.state = this.#stored;
    this.#writer = journal.ownWriter();
  }

  get writer(): string | undefined {
    return this.#writer;
  }

  /** What is to be read before anything is appended. Costs a look into a folder for each writer and kind. */
  findRest(at: EpochMs): readonly Rest[] {
    const rest: Rest[] = [];
    const known = this.#isShared ? [] : this.state.ends.map(({writer}) => writer);
    const writers = new Set([...known, ...(this.#writer === undefined ? [] : [this.#writer])]);
    // What was forgotten first: it must not be taken over.
    const kinds = [...JOURNAL_KINDS].reverse();
    for (const kind of kinds) for (const writer of writers) rest.push(...this.#restOf(kind, writer, at));
    return rest;
  }

  #restOf(kind: JournalKind, writer: string, at: EpochMs): readonly Rest[] {
    const end = endOf(this.state, kind, writer);
    // Of others we read on only what we had begun to read, when their name was ours.
    if (end === undefined && writer !== this.#writer) return [];
    const behind = this.#journal.behind(kind, writer, end);
    if (behind.kind === 'more') return [{kind, members: behind.members}];
    if (behind.kind === 'nothing' || end === undefined) return [];
    // Of what others brought nothing is written again.
    this.state = shortened(this.state, {...end, kind}, {isGone: behind.isGone && !this.#isShared, at});
    return this.#restOf(kind, writer, at);
  }

  /**
   * Others committed since, under whose lock we are now. What stands behind our end is of a commit that was undone: its events wait in the
   * inbox, so it is stepped over.
   */
  refresh(stored: StoredJournal | undefined): void {
    this.#stored = stored ?? firstJournal(true);
    this.state = this.#stored;
    this.#writer = this.#journal.ownWriter();
    if (this.#writer === undefined) return;
    for (const kind of JOURNAL_KINDS) {
      const behind = this.#journal.behind(kind, this.#writer, endOf(this.state, kind, this.#writer));
      if (behind.kind === 'more') for (const {end} of behind.members) this.state = withEnd(this.state, kind, end);
    }
  }

  /** What is to be stored with a commit: of a store that others write to, only our own ends are from here. */
  toStore(state: StoredJournal | undefined): StoredJournal | undefined {
    if (!this.#isShared || state === undefined) return state;
    const isOwn = ({writer}: {writer: string}) => writer === this.#writer;
    return {...state, ends: [...this.#stored.ends.filter((end) => !isOwn(end)), ...state.ends.filter(isOwn)]};
  }

  /**
   * Appends lines.
   * @param sync all that was appended in this session is on disk when it resolves
   * @returns the state that is to be committed with what the lines say
   */
  async append(all: readonly JournalLines[], at: EpochMs, sync: boolean): Promise<StoredJournal> {
    let state = this.state;
    for (const {kind, lines} of all) {
      const before = endOf(state, kind, this.#writer);
      const end = await this.#journal.append(kind, lines, {after: before, at, sync});
      // A new file was begun: nobody comes back to what was not synced in the one before.
      if (before !== undefined && before.number !== end.number) this.#syncTo(kind, before);
      this.#writer = end.writer;
      state = withEnd(state, kind, end);
      if (!sync) this.#unsynced.add(kind);
      else this.#unsynced.delete(kind);
    }
    if (sync) this.#sync(state);
    return state;
  }

  /**
   * Has all that was appended survive a power cut. LevelDB makes a log durable when it is opened the next time, so the journal must not
   * stay behind it.
   */
  close(): void {
    this.#sync(this.state);
  }

  #sync(state: StoredJournal): void {
    for (const kind of [...this.#unsynced]) this.#syncTo(kind, endOf(state, kind, this.#writer));
    this.#unsynced.clear();
  }

  #syncTo(kind: JournalKind, end: JournalEnd | undefined): void {
    if (this.#unsynced.has(kind) && end !== undefined && end.bytes > 0) this.#journal.sync(kind, end);
    this.#unsynced.delete(kind);
  }
}
