import {createHash} from 'node:crypto';
import {join} from 'node:path';
import type {EpochMs} from '../../domain/event/event.js';
import {JOB_NAMES, type Job} from '../../domain/jobs/job.js';
import {readFileIfThere} from '../../system/files/replace-file.js';
import {BACKENDS, type Backend} from '../scheduler.js';
import type {Findable} from './node-path.js';
import {formerFolder, type SchedulePlaces} from './schedule-places.js';

const FORMAT = 1;

/** What was installed for a home, and from what. The file lies beside the runner. */
export interface Manifest {
  readonly format: typeof FORMAT;
  readonly id: string;
  /** A real path. */
  readonly home: string;
  readonly backend: Backend;
  readonly version: string;
  readonly node: Findable;
  readonly script: Findable;
  readonly jobs: readonly Job[];
  /** The system's zone, with which the times were computed. */
  readonly systemZone: string;
  readonly installedAt: EpochMs;
  /** The fingerprint of each entry's text by the entry's name, with the runner's. */
  readonly fingerprints: Readonly<Record<string, string>>;
}

export function fingerprintOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

/** @returns undefined when the file does not exist or this mem cannot read it: then an installation writes it again */
export function readManifest(path: string): Manifest | undefined {
  const text = readFileIfThere(path);
  if (text === undefined) return undefined;
  try {
    return parseManifest(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** The manifest of a schedule, and the folder that holds it with the runner: an older mem had another one. */
export function findManifest(places: SchedulePlaces, id: string): {readonly manifest: Manifest; readonly folder: string} | undefined {
  for (const folder of [join(places.schedules, id), formerFolder(places, id)]) {
    const manifest = readManifest(join(folder, 'manifest.json'));
    if (manifest !== undefined) return {manifest, folder};
  }
  return undefined;
}

function parseManifest(value: unknown): Manifest | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const parsed = value as Partial<Manifest>;
  const {format, id, home, backend, version, node, script, jobs, systemZone, installedAt, fingerprints} = parsed;
  const isWhole =
    format === FORMAT &&
    [id, home, version, systemZone, node?.path, script?.path].every((text) => typeof text === 'string') &&
    BACKENDS.some((name) => name === backend) &&
    Array.isArray(node?.alternatives) &&
    Array.isArray(script?.alternatives) &&
    Array.isArray(jobs) &&
    jobs.every(({name, cron, timeZone}) => JOB_NAMES.includes(name) && typeof cron === 'string' && typeof timeZone === 'string') &&
    typeof installedAt === 'number' &&
    typeof fingerprints === 'object';
  return isWhole ? (parsed as Manifest) : undefined;
}

export function manifestText(manifest: Manifest): string {
  return `${JSON.stringify(manifest, null, 2)}\n`;
}
