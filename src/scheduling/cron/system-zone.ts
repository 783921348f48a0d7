import {spawnSync} from 'node:child_process';
import {readFileSync, readlinkSync} from 'node:fs';
import {join} from 'node:path';
import {canonicalTimeZone} from '../../domain/time/time-zone.js';
import type {Surroundings} from '../install/schedule-places.js';

/**
 * The system's time zone, which cron and launchd use. `TZ` in the shell that calls mem does not count.
 * If /etc/localtime is a copy and not a link, Node finds the zone with equal content.
 */
export function systemZone({root, nodePath}: Pick<Surroundings, 'root' | 'nodePath'>): string {
  const link = orEmpty(() => readlinkSync(join(root, 'etc/localtime')));
  const named = /zoneinfo(?:\.default)?\/(?:posix\/|right\/)?(.+)$/.exec(link)?.[1];
  for (const name of [named, orEmpty(() => readFileSync(join(root, 'etc/timezone'), 'utf8')).trim()]) {
    const zone = name === undefined || name === '' ? undefined : canonicalTimeZone(name);
    if (zone !== undefined) return zone;
  }
  if (root !== '/') return 'UTC';
  const asked = spawnSync(nodePath, ['-p', 'Intl.DateTimeFormat().resolvedOptions().timeZone'], {encoding: 'utf8', env: {}});
  return canonicalTimeZone((asked.stdout ?? '').trim()) ?? 'UTC';
}

function orEmpty(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}
