import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';

const DAEMONS: ReadonlySet<string> = new Set(['cron', 'crond', 'fcron', 'busybox-crond']);

/** Whether a cron daemon runs that would read a crontab; undefined if that is unknown (no /proc). @param root `/`, which contains `proc` */
export function isCronRunning(root: string): boolean | undefined {
  const proc = join(root, 'proc');
  let names: readonly string[];
  try {
    names = readdirSync(proc);
  } catch {
    return undefined;
  }
  const pids = names.filter((name) => /^\d+$/.test(name));
  if (pids.length === 0) return undefined;
  return pids.some((pid) => {
    const [program = '', first = ''] = readOr(join(proc, pid, 'cmdline')).split('\0');
    const name = program.slice(program.lastIndexOf('/') + 1);
    // BusyBox runs under the name of a link, or gets the program's name as its first argument.
    return DAEMONS.has(name) || DAEMONS.has(readOr(join(proc, pid, 'comm')).trim()) || (name === 'busybox' && first === 'crond');
  });
}

/** Windows' Subsystem for Linux, where nobody starts cron automatically. */
export function isWsl(root: string): boolean {
  return /microsoft/i.test(readOr(join(root, 'proc/version')));
}

function readOr(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
