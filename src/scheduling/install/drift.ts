import {existsSync} from 'node:fs';
import type {Job} from '../../domain/jobs/job.js';
import {MemError} from '../../errors.js';
import type {Drift, Entry} from '../scheduler.js';
import type {SchedulerBackend} from './backend.js';
import {fingerprintOf, type Manifest} from './manifest.js';

export const REINSTALL = 'mem install-schedule';

/** The present facts, to compare with the manifest. */
export interface ScheduleFacts {
  /** A real path. */
  readonly home: string;
  readonly jobs: readonly Job[];
  readonly systemZone: string;
  readonly backend: SchedulerBackend;
  /** The present entries, with the runner; the error if they cannot be read. */
  readonly entries: readonly Entry[] | MemError;
}

/** What has changed since the installation, each with the command that fixes it. */
export async function driftOf(manifest: Manifest, facts: ScheduleFacts): Promise<readonly Drift[]> {
  const drift: Drift[] = [];
  const say = (what: string): void => void drift.push({what, cure: REINSTALL});
  if (!existsSync(manifest.node.path)) say(`Node is no longer at ${manifest.node.path}`);
  if (!existsSync(manifest.script.path)) say(`mem is no longer at ${manifest.script.path}`);
  if (manifest.home !== facts.home) say(`the entries belong to the home ${manifest.home}`);
  const changed = changedJobs(manifest.jobs, facts.jobs);
  if (changed.length > 0) say(`the settings of ${namesOf(changed, facts.jobs)} differ from the installed schedule`);
  if (manifest.backend !== 'systemd' && manifest.systemZone !== facts.systemZone) {
    say(`the system's time zone was ${manifest.systemZone} and is ${facts.systemZone}`);
  }
  const {entries} = facts;
  if (entries instanceof MemError) drift.push({what: entries.message, cure: REINSTALL, hint: entries.hint});
  else {
    const changes = changedEntries(manifest.fingerprints, entries);
    for (const what of changes) say(what);
    if (changes.length === 0 && (await facts.backend.availability()).kind === 'ready') {
      const fault = await facts.backend.fault(manifest.id);
      if (fault !== undefined) say(fault);
    }
  }
  return drift;
}

/** All jobs change when the store's zone does. */
function namesOf(changed: readonly string[], {length}: readonly Job[]): string {
  return changed.length === length ? 'all jobs' : changed.join(', ');
}

/** The names of jobs whose settings differ from those in `installed`. */
export function changedJobs(installed: readonly Job[], wanted: readonly Job[]): readonly string[] {
  const names = new Set([...installed, ...wanted].map(({name}) => name));
  return [...names].filter((name) => {
    const [old, now] = [installed, wanted].map((jobs) => jobs.find((job) => job.name === name));
    return (['cron', 'timeZone', 'jitterMs', 'maxRunMs'] as const).some((key) => old?.[key] !== now?.[key]);
  });
}

function changedEntries(fingerprints: Manifest['fingerprints'], entries: readonly Entry[]): readonly string[] {
  const gone = Object.keys(fingerprints).filter((name) => !entries.some((entry) => entry.name === name));
  const changed = entries.filter(({name, text}) => name in fingerprints && fingerprints[name] !== fingerprintOf(text));
  const foreign = entries.filter(({name}) => !(name in fingerprints));
  return [
    ...gone.map((name) => (name === 'crontab' ? "mem's block is gone from the crontab" : `${name} is gone`)),
    ...changed.map(({name}) => (name === 'crontab' ? "mem's block in the crontab was changed by hand" : `${name} was changed by hand`)),
    ...foreign.map(({name}) => `${name} is not what was installed`),
  ];
}
