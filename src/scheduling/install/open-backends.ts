import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import type {Clock} from '../../system/clock.js';
import {CronBackend} from '../crontab/cron-backend.js';
import {openCrontab} from '../crontab/crontab-table.js';
import {LaunchdBackend} from '../launchd/launchd-backend.js';
import type {CronSlots} from '../scheduler.js';
import {SystemdBackend} from '../systemd/systemd-backend.js';
import type {Backends} from './choose-backend.js';
import type {RunCommand} from './run-command.js';
import type {SchedulePlaces, Surroundings} from './schedule-places.js';

/** The parts that make a scheduler. */
export interface SchedulerParts {
  readonly here: Surroundings;
  readonly run: RunCommand;
  readonly slots: CronSlots;
  readonly clock: Clock;
  /** Held while entries change: two installations at once would undo each other. It waits for a while. @throws MemError LOCK_BUSY */
  readonly takeLock: (folder: string) => Promise<{release(): void}>;
}

/** All backends, on every platform. A backend that is missing here says so when it is asked. */
export function openBackends({here, run, slots, clock}: SchedulerParts, {backups, systemdUnits, launchAgents}: SchedulePlaces): Backends {
  const template = (path: string): string => readFileSync(join(here.packageRoot, path), 'utf8');
  const table = openCrontab(run, {backups, path: here.env['PATH'] ?? '', clock});
  const units = () => ({service: template('systemd/mem-job.service'), timer: template('systemd/mem-job.timer')});
  return {
    cron: new CronBackend(run, table, here),
    systemd: new SystemdBackend(run, systemdUnits, units, here),
    launchd: new LaunchdBackend(run, launchAgents, {slots, template: () => template('launchd/mem-schedule.plist')}, here),
  };
}
