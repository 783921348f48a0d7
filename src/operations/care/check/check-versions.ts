import {isNodeId} from '../../../domain/toc/node-id.js';
import type {NodeHistory} from '../../../store/port/store.js';
import type {Mem} from '../../mem.js';
import {linesOf, versionOfLine} from '../journal-lines.js';
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

/** Of what is left, versions that are newer than what the store has: older ones were removed by a policy. */
export async function lostVersions(store: CaredStore, left: Versions, report: PartOfReport): Promise<void> {
  const names = [...left].flatMap((name) => {
    const at = name.lastIndexOf('#');
    const id = name.slice(0, at);
    return isNodeId(id) ? [{id, version: Number(name.slice(at + 1))}] : [];
  });
  const pointers = await store.pointersOf(names.map(({id}) => id));
  for (const [at, {id, version}] of names.entries()) {
    if (version > (pointers[at]?.version ?? 0)) report.fault(`version ${version} of ${id} is in the journal and not in the store`);
  }
}
