import type {Mem} from '../mem.js';

/** What an older mem kept of the inbox, and what is removed of it. */
export interface OldFiles {
  readonly files: number;
  readonly bytes: number;
}

const NONE: OldFiles = {files: 0, bytes: 0};

/**
 * Writes what was stored before there was a journal to it, in slices between which the store is let go, for about `maxMs`. Once all of it
 * is there, the drained files that an older mem kept go.
 * @returns which were removed
 */
export async function backfillJournal(mem: Mem, maxMs: number, signal?: AbortSignal): Promise<OldFiles> {
  const upkeep = mem.store.maintenance?.journal;
  if (upkeep?.facts === undefined) return NONE;
  if (upkeep.facts.backfill !== undefined) {
    const since = mem.ticks();
    while (await upkeep.backfill(mem.clock())) {
      if (signal?.aborted || mem.ticks() - since >= maxMs) return NONE;
      await mem.store.pause();
    }
  }
  // What the journal lost may be in them.
  return upkeep.facts.shortSince === undefined && mem.inbox.oldFiles().files > 0 ? mem.inbox.removeOldFiles() : NONE;
}
