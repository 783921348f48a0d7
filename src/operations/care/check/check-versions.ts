import type {EventId, SessionKey} from '../../../domain/event/event.js';
import {isNodeId, isSegmentId} from '../../../domain/toc/node-id.js';
import type {NodeHistory} from '../../../store/port/store.js';
import type {Mem} from '../../mem.js';
import {eventOfLine, idOfLine, linesOf, versionOfLine} from '../journal-lines.js';
import {firstEventOf, movedSegments} from '../moved-segments.js';
import type {Versions} from './check-journal.js';
import type {CaredStore} from './check-nodes.js';
import type {PartOfReport} from './verdict.js';

/** Looks for every version that the store has. What is met is taken out of `journalled`. @returns the names of the others */
export function compareVersions(histories: readonly NodeHistory[], journalled: Versions, report: PartOfReport): readonly string[] {
  const unmet: string[] = [];
  for (const {id, versions} of histories) {
    for (const {version} of versions) {
      report.looked++;
      if (!journalled.delete(`${id}#${version}`)) unmet.push(`${id}#${version}`);
    }
  }
  return unmet;
}

/**
 * Whether versions that were not in the journal when it was read are there now: a rollup beside this look may have made them since, and
 * journals them before it stores them.
 */
export async function* lookAgain(
  {journal}: Pick<Mem, 'journal'>,
  unmet: ReadonlySet<string>,
  report: PartOfReport,
): AsyncGenerator<void, void> {
  const left = new Set(unmet);
  for (const file of journal.list().files) {
    if (file.kind !== 'node') continue;
    for (const part of journal.read(file)) {
      if (part.kind === 'member') for (const line of linesOf(part.lines)) left.delete(versionOfLine(line) ?? '');
      yield;
    }
  }
  for (const name of left) {
    const at = name.lastIndexOf('#');
    report.unjournalled(`version ${name.slice(at + 1)} of ${name.slice(0, at)}`);
  }
}

/** Of what is left, versions that are newer than what the store has: older ones were removed by a policy, some with a moved event. */
export async function lostVersions(mem: Pick<Mem, 'journal'>, store: CaredStore, left: Versions, report: PartOfReport): Promise<void> {
  const names = [...left].flatMap((name) => {
    const at = name.lastIndexOf('#');
    const id = name.slice(0, at);
    return isNodeId(id) ? [{name, id, version: Number(name.slice(at + 1))}] : [];
  });
  const pointers = await store.pointersOf(names.map(({id}) => id));
  const lost = names.filter(({version}, at) => version > (pointers[at]?.version ?? 0));
  if (lost.length === 0) return;
  const moved = await movedVersions(mem, store, new Set(lost.map(({name}) => name)));
  for (const {name, id, version} of lost)
    if (!moved.has(name)) report.fault(`version ${version} of ${id} is in the journal and not in the store`);
}

/**
 * Those of the names of which the journal has nothing but segments that are of another session than their first event is now, or was for a while:
 * an event of which copies came in another order than they were made in went there and back.
 */
async function movedVersions({journal}: Pick<Mem, 'journal'>, store: CaredStore, names: ReadonlySet<string>): Promise<ReadonlySet<string>> {
  const lines: string[] = [];
  for (const file of journal.list().files) {
    if (file.kind !== 'node') continue;
    for (const part of journal.read(file))
      if (part.kind === 'member') lines.push(...linesOf(part.lines).filter((line) => names.has(versionOfLine(line) ?? '')));
  }
  const moved = new Set(await movedSegments(store, lines));
  const left = lines.filter((line) => !moved.has(line));
  const shared =
    left.length === 0 ? NO_EVENTS : eventsOfSeveralSessions(journal, new Set(left.flatMap((line) => firstEventIn(line) ?? [])));
  for (const line of left) {
    const first = firstEventIn(line);
    if (first !== undefined && shared.has(first)) moved.add(line);
  }
  const standing = new Set(lines.filter((line) => !moved.has(line)).map((line) => versionOfLine(line) ?? ''));
  return new Set([...moved].map((line) => versionOfLine(line) ?? '').filter((name) => !standing.has(name)));
}

const NO_EVENTS: ReadonlySet<EventId> = new Set();

function firstEventIn(line: string): EventId | undefined {
  const id = versionOfLine(line)?.split('#', 1)[0] ?? '';
  return isNodeId(id) && isSegmentId(id) ? firstEventOf(id) : undefined;
}

/** Of some events those of which the journal has copies of several sessions. */
function eventsOfSeveralSessions(journal: Mem['journal'], ids: ReadonlySet<EventId>): ReadonlySet<EventId> {
  const sessions = new Map<EventId, SessionKey>();
  const found = new Set<EventId>();
  for (const file of journal.list().files) {
    if (file.kind !== 'event') continue;
    for (const part of journal.read(file)) {
      for (const line of part.kind === 'member' ? linesOf(part.lines) : []) {
        const id = idOfLine(line);
        const event = id !== undefined && ids.has(id) ? eventOfLine(line) : undefined;
        if (id === undefined || event === undefined || typeof event === 'string') continue;
        const known = sessions.get(id) ?? event.head.sessionKey;
        if (known !== event.head.sessionKey) found.add(id);
        sessions.set(id, known);
      }
    }
  }
  return found;
}
