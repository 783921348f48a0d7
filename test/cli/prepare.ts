import {wordsMarker} from '../../src/domain/event/tombstone.js';
import {openInbox} from '../../src/inbox/folder-inbox.js';
import {openJournal} from '../../src/journal/folder-journal.js';
import {openLocks} from '../../src/locks/epoch-locks.js';
import {makeDrain} from '../../src/operations/access/drained-store.js';
import {initStore} from '../../src/operations/care/init-store.js';
import {ingest} from '../../src/operations/ingest/ingest.js';
import type {Mem} from '../../src/operations/mem.js';
import {makeRedactor} from '../../src/redact/redactor.js';
import {openStoreGate} from '../../src/store/leveldb/gate.js';
import {systemClock, systemTicks} from '../../src/system/clock.js';
import {formerMarks} from '../../src/system/former-marks.js';
import {randomBits} from '../../src/system/random-bits.js';
import {redactKey} from '../../src/system/redact-key.js';
import {readOwnRules} from '../../src/system/redact-patterns.js';
import {HomeRig} from '../operations/home-rig.js';

/** A home of mem, with the default settings, and the zone of whoever writes to it. */
export interface Place {
  readonly home: string;
  readonly tz: string | undefined;
}

/** What `mem ingest --drain` does to a home, in this process. @throws Error where not every line was stored, or was before */
export async function ingestHere(place: Place, lines: string, mem = memAt(place)): Promise<void> {
  const bytes = Buffer.from(lines);
  let at = 0;
  const read = async (block: Buffer): Promise<number> => {
    const size = bytes.copy(block, 0, at);
    at += size;
    return size;
  };
  const source = {name: '-', open: () => ({size: bytes.length, read, close: () => {}})};
  const result = await asMem(() => ingest([source], {...mem, randomBits, loadDrain: async () => makeDrain(mem)}, {drain: true}));
  const {rejected, problems, queued} = result;
  if (rejected.length > 0 || problems.length > 0 || queued > 0) throw new Error(`ingest: ${JSON.stringify(result)}`);
}

/** What `mem init --time-zone` does to a home, in this process. */
export async function initHere(place: Place, timeZone: string, mem = memAt(place)): Promise<void> {
  await asMem(() => initStore(mem, timeZone));
}

/** What `mem rollup` does to a home, in this process. */
export async function rollUpHere(place: Place, mem = memAt(place)): Promise<void> {
  const rig = HomeRig.over(place.home);
  rig.mem = mem;
  await asMem(() => rig.rollUp());
}

/** What is written is for its owner alone, as bin/mem.js has it. */
export async function asMem<T>(work: () => Promise<T>): Promise<T> {
  const before = process.umask(0o077);
  try {
    return await work();
  } finally {
    process.umask(before);
  }
}

/** All that operations work on, as mem has it with the default settings. */
export function memAt({home, tz}: Place): Mem {
  const locks = openLocks(home, systemClock);
  const journal = openJournal(home);
  const markWords = wordsMarker(() => redactKey(home));
  return {
    ...HomeRig.over(home).mem,
    journal,
    store: openStoreGate(home, {
      journal,
      markWords,
      formerMarks: () => formerMarks(home),
      takeLock: (name, {trigger, job}) => locks.acquire(name, {trigger, ...(job && {job})}),
    }),
    inbox: openInbox({home, tz}),
    locks,
    clock: systemClock,
    ticks: systemTicks,
    redactor: makeRedactor(
      () => redactKey(home),
      () => readOwnRules(home).rules,
    ),
  };
}
