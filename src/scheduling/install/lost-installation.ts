import {join} from 'node:path';
import {MemError} from '../../errors.js';
import type {InstalledSchedule, WantedSchedule} from '../scheduler.js';
import type {Backends} from './choose-backend.js';
import {REINSTALL} from './drift.js';
import {backendLabel, logPath, type SchedulePlaces} from './schedule-places.js';

/**
 * The installation of a home that names a schedule, while the folder with its runner is gone. Its entries, where there are any, do nothing
 * and say nothing: the home has to say it.
 */
export async function lostInstallation(
  {places, backends}: {readonly places: SchedulePlaces; readonly backends: Backends},
  id: string,
  {jobs, now}: Pick<WantedSchedule, 'jobs' | 'now'>,
): Promise<InstalledSchedule> {
  const left = await entriesLeft(backends, id);
  const folder = join(places.schedules, id);
  const what = left === undefined ? 'entries and runner of the schedule are gone' : `the runner is gone, with ${folder}`;
  const backend = left ?? 'cron';
  return {
    scheduleId: id,
    backend,
    label: left === undefined ? 'gone' : backendLabel(backend),
    jobs: jobs.map(({name}) => name),
    installedAt: now,
    log: logPath(places, id),
    notes: [],
    drift: [{what: `${what}: nothing starts the jobs`, cure: REINSTALL}],
  };
}

async function entriesLeft(backends: Backends, id: string): Promise<InstalledSchedule['backend'] | undefined> {
  for (const backend of Object.values(backends)) {
    try {
      if ((await backend.read(id)).length > 0) return backend.name;
    } catch (error) {
      // A scheduler that is away has nothing to say.
      if (!(error instanceof MemError)) throw error;
    }
  }
  return undefined;
}
