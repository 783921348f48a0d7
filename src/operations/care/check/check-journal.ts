import type {EventId} from '../../../domain/event/event.js';
import {tombstoneOfLine} from '../../../domain/event/tombstone.js';
import type {JournalFile, JournalMember} from '../../../journal/journal.js';
import type {Mem} from '../../mem.js';
import {eventOfLine, idOfLine, linesOf, placeIn, versionOfLine} from '../journal-lines.js';
import type {CaredStore} from './check-nodes.js';
import type {CheckScope} from './check-scope.js';
import type {IdTable} from './id-table.js';
import {sumOf} from './line-sum.js';
import type {PendingParts} from './pending-parts.js';
import type {PartOfReport} from './verdict.js';

export interface JournalReports {
  readonly journal: PartOfReport;
  readonly events: PartOfReport;
  readonly nodes: PartOfReport;
}

/** What the store has, to be compared with. */
export interface StoredThings {
  readonly table: IdTable;
}

/** How the caller comes by the store: it is closed between two calls. */
export type AskStore = <T>(work: (store: CaredStore) => Promise<T>) => Promise<T>;

/** Names of versions that stand in the journal, `<node id>#<version>`. */
export type Versions = Set<string>;

/** What stands in the journal beside events. */
export interface Journalled {
  readonly versions: Versions;
  /** Events that were forgotten. */
  readonly forgotten: Set<EventId>;
}

export const NOTHING_JOURNALLED: Journalled = {versions: new Set(), forgotten: new Set()};

const FAULTS: Readonly<Record<string, string>> = {
  torn: 'ends within a member',
  checksum: 'holds a member that is not what was written',
  foreign: 'holds bytes that are of no member',
  'too-large': 'holds a member that says it is too large',
};

interface JournalLook {
  readonly reports: JournalReports;
  readonly pending: PendingParts;
  readonly ask: AskStore;
  readonly onMember: (count: number) => void;
}

/** Reads the files of the journal, member by member, and each line, where the scope compares them. */
export async function* checkJournal(
  mem: Pick<Mem, 'journal'>,
  scope: CheckScope,
  stored: StoredThings | undefined,
  {reports, pending, ask, onMember}: JournalLook,
): AsyncGenerator<void, Journalled> {
  const {journal} = reports;
  const {files, refused} = mem.journal.list();
  for (const {path, reason} of refused) journal.remarks.push(`${path} is no file of the journal: ${reason}`);
  journal.remarks.push(...gapsIn(files));
  const journalled: Journalled = {versions: new Set(), forgotten: new Set()};
  const unknown: Unknown = new Map();
  for (const file of files) {
    if (scope.slice !== undefined && file.number % scope.slice.of !== scope.slice.number) continue;
    let parts = 0;
    for (const part of mem.journal.read(file)) {
      parts++;
      onMember(++journal.looked);
      if (part.kind === 'damage') {
        if (part.fault === 'torn' && isInUse(files, file)) continue;
        journal.fault(`${placeIn(file, part)} ${FAULTS[part.fault]} (${part.bytes} bytes)`);
        continue;
      }
      if (part.follows === 'no') journal.fault(`${placeIn(file, part)} does not follow what stands before it`);
      if (stored !== undefined) lookAtLines(file, part, {scope, stored, reports, journalled, unknown});
      if (unknown.size > 1_000) await settleUnknown(unknown, reports.events, pending, ask);
      yield;
    }
    if (parts === 0 && !isInUse(files, file)) journal.fault(`${file.writer}/${file.name} is empty`);
  }
  await settleUnknown(unknown, reports.events, pending, ask);
  return journalled;
}

/** Files of a writer and kind count up: one that is missing was removed. */
function gapsIn(files: readonly JournalFile[]): readonly string[] {
  const faults: string[] = [];
  const last = new Map<string, number>();
  for (const {writer, kind, number} of files) {
    const name = `${writer} ${kind}`;
    const before = last.get(name) ?? 0;
    if (number > before + 1)
      faults.push(`${number - before - 1} ${kind} files of the writer ${writer} are missing before number ${number}`);
    last.set(name, number);
  }
  return faults;
}

/** Whether somebody may be appending to it now, or just made it; the next opening cuts what a crash left. */
function isInUse(files: readonly JournalFile[], {writer, kind, number, generation}: JournalFile): boolean {
  return generation === 0 && !files.some((other) => other.writer === writer && other.kind === kind && other.number > number);
}

interface Looking {
  readonly scope: CheckScope;
  readonly stored: StoredThings;
  readonly reports: JournalReports;
  readonly journalled: Journalled;
  readonly unknown: Unknown;
}

/** Events of the journal that the store did not have when it was read, and where they stand. */
type Unknown = Map<EventId, {readonly file: JournalFile; readonly place: string}>;

function lookAtLines(file: JournalFile, member: JournalMember, {scope, stored, reports, journalled, unknown}: Looking): void {
  if (file.kind === 'event') {
    for (const line of linesOf(member.lines)) {
      reports.events.looked++;
      const event = scope.comparesLines ? eventOfLine(line) : undefined;
      const id = idOfLine(line);
      if (id === undefined || typeof event === 'string') {
        reports.events.fault(
          `${placeIn(file, member)} has a line that is no event${typeof event === 'string' ? `: ${event}` : ''}`,
          'journal',
        );
      } else if (!stored.table.meet(id, scope.comparesLines ? sumOf(line) : undefined))
        unknown.set(id, {file, place: placeIn(file, member)});
    }
  } else if (file.kind === 'node') {
    for (const line of linesOf(member.lines)) {
      const name = versionOfLine(line);
      if (name === undefined) reports.nodes.fault(`${placeIn(file, member)} has a line that is no node`, 'journal');
      else journalled.versions.add(name);
    }
  } else {
    for (const line of linesOf(member.lines)) {
      const tombstone = tombstoneOfLine(line);
      // A newer mem may write others.
      if (tombstone !== undefined) journalled.forgotten.add(tombstone.id);
    }
  }
}

/** What was not there when the store was read may have come since, is to be forgotten, or is still to be taken in. */
async function settleUnknown(unknown: Unknown, report: PartOfReport, pending: PendingParts, ask: AskStore): Promise<void> {
  const ids = [...unknown.keys()];
  if (ids.length === 0) return;
  await ask(async (store) => {
    const stored = await store.eventsOf(ids);
    const missing = ids.filter((_, at) => stored[at] === undefined);
    const forgotten = await store.care.forgotten(missing);
    for (const id of missing) {
      const found = unknown.get(id);
      if (found === undefined || pending.hasEvent(id)) continue;
      if (pending.isNotTaken(found.file)) pending.noteNotTaken(id);
      else if (forgotten.has(id)) report.fault(`the event ${id} was forgotten and still stands in ${found.place}`, 'journal');
      else report.fault(`the event ${id} in ${found.place} is not in the store`);
    }
  });
  unknown.clear();
}
