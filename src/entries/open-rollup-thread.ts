import {join} from 'node:path';
import type {Made} from '../operations/rollup/commit/made.js';
import type {GroupToMake, SessionDayThread, ThreadSetup} from '../operations/rollup/thread/session-day-thread.js';
import type {Change} from '../store/port/store.js';
import {EXTRACTIVE} from '../summarizers/extractive/identity.js';
import {beginLargeWork} from '../system/large-work.js';
import {hasSecondCore, startThread} from '../system/worker-thread.js';

/** Starts the thread of a large rollup, where there is a core for it. The bundles lie side by side. */
export function startRollupThread(setup: ThreadSetup): SessionDayThread | undefined {
  return hasSecondCore() ? openRollupThread(__dirname, setup) : undefined;
}

/**
 * Starts the thread of a large rollup.
 * @param folder where the bundles are @returns undefined where another summarizer is asked for
 */
export function openRollupThread(folder: string, {summarizer, timeZone, now}: ThreadSetup): SessionDayThread | undefined {
  if (summarizer.id !== EXTRACTIVE.id || summarizer.version !== EXTRACTIVE.version) return undefined;
  const {id, version, model, promptVersion} = summarizer;
  // Not the summarizer itself: functions cannot be copied to a thread.
  const setup: ThreadSetup = {timeZone, now, summarizer: {id, version, model, promptVersion}};
  const work = beginLargeWork();
  const thread = startThread<GroupToMake, readonly Made[]>(join(folder, 'rollup-thread.js'), setup);
  return {
    get waiting() {
      return thread.waiting;
    },
    make: async (group) => (await thread.ask(group, [group.bytes.buffer, group.ends.buffer])).map(withBuffers),
    end: () => {
      work.goOnAlone();
      return thread.end();
    },
    restoreFlags: () => work.end(),
  };
}

/** A copy to another thread makes plain bytes of a Buffer. */
function withBuffers(made: Made): Made {
  return {...made, changes: made.changes.map(withBuffer)};
}

function withBuffer(change: Change): Change {
  if (change.kind !== 'search-row' || change.row === undefined) return change;
  const {buffer, byteOffset, byteLength} = change.row;
  return {...change, row: Buffer.from(buffer, byteOffset, byteLength)};
}
