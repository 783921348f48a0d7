import {readFileSync, readlinkSync} from 'node:fs';

/**
 * The time zone of this process, as text and unchecked: `TZ` if it is set, otherwise the system's. `Intl` knows it too,
 * but asking `Intl` takes longer than the whole write.
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

/** What follows `zoneinfo/`. Without that part: the text itself, or an empty text if it must be a path. */
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
