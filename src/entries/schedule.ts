// Holds cron-parser and luxon, which take longer to load than most commands run. It is imported only for slots and entries.
import {openLocks} from '../locks/epoch-locks.js';
import {lockBusy} from '../locks/locks.js';
import {cronSlots} from '../scheduling/cron/cron-slots.js';
import {openScheduler} from '../scheduling/install/os-scheduler.js';
import {commandRunner} from '../scheduling/install/run-command.js';
import {surroundings} from '../scheduling/install/surroundings.js';
import type {Scheduler} from '../scheduling/scheduler.js';
import {environment} from '../settings/config.js';
import {systemClock} from '../system/clock.js';
import {shortPause} from '../system/sleep.js';

export {cronSlots};

/** So long an installation waits for another one, which takes a second or two. */
const LOCK_PATIENCE_MS = 10_000;
const LOCK_LOOK_MS = 50;

/** The scheduler of this account on this machine. */
export function openOwnScheduler(): Scheduler {
  const here = surroundings(environment);
  return openScheduler({
    here,
    run: commandRunner(environment, here.uid),
    slots: cronSlots,
    clock: systemClock,
    takeLock: async (folder) => {
      const locks = openLocks(folder, systemClock);
      for (let waited = 0; ; waited += LOCK_LOOK_MS) {
        const taken = locks.acquire('schedule', {trigger: 'hand'});
        if (taken.kind === 'acquired') return taken;
        if (waited >= LOCK_PATIENCE_MS) throw lockBusy('schedule', taken.holder);
        await shortPause(LOCK_LOOK_MS);
      }
    },
  });
}
