import type {Manifest} from '../../../backups/backups.js';
import {MemError} from '../../../errors.js';
import type {Mem} from '../../mem.js';
import {JOB_PATIENCE_MS} from '../../mem.js';
import {linesOf} from '../journal-lines.js';

/** @throws MemError USAGE where a home holds events, or cannot become that memory */
export async function assertCanTake(mem: Mem, {memory, timeZone}: Manifest): Promise<void> {
  if (mem.inbox.countUpTo(1) > 0 || journalHas(mem, 'event')) throw holdsEvents(mem);
  if (mem.store.exists()) {
    const facts = await mem.store.use(JOB_PATIENCE_MS, async (store) => ({...(await store.counters()), zone: store.header.timeZone}));
    if (facts.events > 0) throw holdsEvents(mem);
    if (facts.zone !== timeZone) {
      throw new MemError('USAGE', `the home ${mem.home} has the time zone ${facts.zone}, the backup ${timeZone}`, {
        hint: `change that of the home: mem config set time_zone ${timeZone}`,
      });
    }
  }
  const own = mem.backups.memory();
  // Under another key what was forgotten would not be known by its words any more.
  if (own === undefined || own === memory || !journalHas(mem, 'forgotten')) return;
  throw new MemError('USAGE', `the home ${mem.home} is that of another memory (${own}), which has forgotten events`, {
    hint: 'restore into another folder: mem restore DIR --home FOLDER',
  });
}

function holdsEvents({home}: Pick<Mem, 'home'>): MemError {
  return new MemError('USAGE', `the home ${home} holds events; nothing was changed`, {
    hint: 'restore into another folder: mem restore DIR --home FOLDER; or mend this one: mem repair',
  });
}

function journalHas({journal}: Pick<Mem, 'journal'>, kind: 'event' | 'forgotten'): boolean {
  for (const file of journal.list().files) {
    if (file.kind !== kind) continue;
    for (const part of journal.read(file)) if (part.kind === 'damage' || linesOf(part.lines).length > 0) return true;
  }
  return false;
}
