import {readFileSync, readlinkSync} from 'node:fs';

/**
 * The time zone of whoever runs this, as text and unchecked: `TZ` where it is set, else the system's. `Intl` would know it too, but to
 * ask it costs a start-up more than the whole write.
 */
export function writerZone(tz: string | undefined, etc = '/etc'): string {
  if (tz !== undefined) return zoneOfPath(tz.startsWith(':') ? tz.slice(1) : tz) || 'UTC';
  return (
    zoneOfPath(
      orEmpty(() => readlinkSync(`${etc}/localtime`)),
      true,
    ) ||
    orEmpty(() => readFileSync(`${etc}/timezone`, 'utf8')).trim() ||
    'UTC'
  );
}

/** What follows `zoneinfo/`; without that the text itself, or nothing where only a path makes sense. */
function zoneOfPath(path: string, mustBePath = false): string {
  const at = path.lastIndexOf('zoneinfo/');
  if (at < 0) return mustBePath ? '' : path;
  return path.slice(at + 'zoneinfo/'.length).replace(/^(posix|right)\//, '');
}

function orEmpty(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}
