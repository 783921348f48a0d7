import {isPeriodId, TOC_LEVELS} from '../../domain/toc/node-id.js';
import {CUTTING_RULES_VERSION} from '../../domain/toc/segment.js';
import {MemError} from '../../errors.js';
import type {Change, Store} from '../../store/port/store.js';
import type {RollupRun} from './rollup-run.js';

const MARKS_PER_COMMIT = 2_000;

/** Whether the segments of a store were cut by older rules. @throws MemError FORMAT_NEWER where they were cut by newer ones */
export function hasOldRules({header: {rulesVersion}}: Pick<Store, 'header'>): boolean {
  if (rulesVersion <= CUTTING_RULES_VERSION) return rulesVersion < CUTTING_RULES_VERSION;
  throw new MemError(
    'FORMAT_NEWER',
    `the store's segments follow version ${rulesVersion} of the rules, this mem knows ${CUTTING_RULES_VERSION}`,
    {
      hint: 'install a newer mem',
    },
  );
}

/**
 * Marks everything in a store whose segments were cut by older rules, so that the rollup makes it again; the store's rules are the new ones
 * once all is marked. A kill before that has the next rollup mark it all again, which does no harm.
 */
export async function markForNewRules({hold, mem}: RollupRun): Promise<void> {
  if (!(await hold.once(async (store) => hasOldRules(store)))) return;
  await hold.inTurns(async function* (current) {
    const changes: Change[] = (await current().sessionDays({})).map(({date, sessionKey}) => ({kind: 'mark-session-day', date, sessionKey}));
    for (const tocLevel of TOC_LEVELS) {
      if (tocLevel === 'segment') continue;
      yield;
      // Every period: the rules are part of its fingerprint, even if its days hold the same segments.
      for (const {id, status} of await current().pointers(tocLevel, {})) {
        if (status === 'current' && isPeriodId(id)) changes.push({kind: 'mark-node', id});
      }
    }
    for (let at = 0; at < changes.length; at += MARKS_PER_COMMIT) {
      yield;
      await current().commit(changes.slice(at, at + MARKS_PER_COMMIT), mem.clock(), {sync: false});
    }
    await current().commit([{kind: 'rules-version', rulesVersion: CUTTING_RULES_VERSION}], mem.clock(), {sync: true});
  });
}
