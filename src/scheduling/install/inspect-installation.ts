import {realpathSync} from 'node:fs';
import {join} from 'node:path';
import {MemError} from '../../errors.js';
import {readFileIfThere} from '../../system/files/replace-file.js';
import {systemZone} from '../cron/system-zone.js';
import type {Entry, InstalledSchedule, WantedSchedule} from '../scheduler.js';
import type {SchedulerBackend} from './backend.js';
import type {Backends} from './choose-backend.js';
import {driftOf, REINSTALL} from './drift.js';
import {lostInstallation} from './lost-installation.js';
import {findManifest} from './manifest.js';
import {privacyNotes} from './privacy-notes.js';
import {isCopied, readScheduleId} from './schedule-id.js';
import {backendLabel, formerFolder, logPath, type SchedulePlaces, type Surroundings} from './schedule-places.js';

interface Installed {
  readonly here: Surroundings;
  readonly places: SchedulePlaces;
  readonly backends: Backends;
}

/** The schedule that is installed for a home, with all in which it is not as wanted; undefined where none is. */
export async function inspectInstallation(
  {home, jobs, now}: WantedSchedule,
  {here, places, backends}: Installed,
): Promise<InstalledSchedule | undefined> {
  const id = readScheduleId(home)?.id;
  if (id === undefined || isCopied(home)) return undefined;
  const known = findManifest(places, id);
  if (known === undefined) return lostInstallation({places, backends}, id, {jobs, now});
  const {manifest, folder} = known;
  const backend = backends[manifest.backend];
  const zone = systemZone(here);
  const entries = await entriesOf(backend, id, folder);
  const isFormer = folder === formerFolder(places, id);
  const drift = [
    ...(isFormer ? [{what: `what the entries start lies in another home, in ${folder}`, cure: REINSTALL}] : []),
    ...(await driftOf(manifest, {home: realpathSync(home), jobs, systemZone: zone, backend, entries})),
  ];
  const found = await backend.availability();
  return {
    scheduleId: id,
    backend: manifest.backend,
    label: found.kind === 'ready' ? found.label : `${backendLabel(manifest.backend)} (unavailable: ${found.message})`,
    jobs: manifest.jobs.map(({name}) => name),
    installedAt: manifest.installedAt,
    log: logPath(places, id),
    notes: [
      ...(found.kind === 'ready' && !(entries instanceof MemError) ? await backend.notes({id}) : []),
      ...privacyNotes(here, realpathSync(home)),
    ],
    drift,
  };
}

/** The present entries; the error if they cannot be read. */
async function entriesOf(backend: SchedulerBackend, id: string, folder: string): Promise<readonly Entry[] | MemError> {
  const path = join(folder, 'run');
  try {
    const runner = readFileIfThere(path);
    return [...(runner === undefined ? [] : [{name: path, text: runner}]), ...(await backend.read(id))];
  } catch (error) {
    if (error instanceof MemError) return error;
    throw error;
  }
}
