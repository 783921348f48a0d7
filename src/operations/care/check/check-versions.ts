import {isNodeId} from '../../../domain/toc/node-id.js';
import type {NodeHistory} from '../../../store/port/store.js';
import type {Versions} from './check-journal.js';
import type {CaredStore} from './check-nodes.js';
import type {PartOfReport} from './verdict.js';

/** Whether every version that the store has stands in the journal. What is met is taken out of `journalled`. */
export function compareVersions(histories: readonly NodeHistory[], journalled: Versions, report: PartOfReport): void {
  for (const {id, versions} of histories) {
    for (const {version} of versions) {
      report.looked++;
      if (!journalled.delete(`${id}#${version}`)) report.unjournalled(`version ${version} of ${id}`);
    }
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
