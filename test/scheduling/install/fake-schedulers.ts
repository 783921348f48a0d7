import {existsSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {SchedulerRig} from './scheduler-rig.js';

/** A crontab that does as Debian's does. */
export const CRONTAB = `
case "$1" in
  -l) [ -e "$S/denied" ] && { echo "You (u) are not allowed to use this program (crontab)" >&2; exit 1; }
    [ -e "$S/table" ] || { echo "no crontab for u" >&2; exit 1; }
    cat "$S/table"; [ -e "$S/moving" ] && echo "# seen" >>"$S/table"; exit 0 ;;
  -r) rm "$S/table" ;;
  -) [ -e "$S/kills-before" ] && { kill -9 $PPID; exit 1; }
    [ -e "$S/full" ] && { echo "crontab: write error: No space left on device" >&2; exit 1; }
    cat >"$S/table"; [ -e "$S/mangles" ] && echo "# seen" >>"$S/table"
    [ -e "$S/kills-after" ] && kill -9 $PPID; exit 0 ;;
  *) echo "usage error" >&2; exit 1 ;;
esac
`;
/** A manager of systemd that knows which timers are there. */
const SYSTEMCTL = `
[ -e "$S/no-bus" ] && { echo "Failed to connect to bus: No medium found" >&2; exit 1; }
[ "$1" = --version ] && { echo "systemd 252 (252.1)"; exit 0; }
verb=$2; shift 2
case "$verb" in
  is-enabled) for t; do [ -e "$S/$t" ] && echo enabled || echo disabled; done ;;
  is-active) for t; do [ -e "$S/$t" ] && echo active || echo inactive; done ;;
  enable) [ -e "$S/refuses" ] && { echo "Failed to enable unit" >&2; exit 1; }; shift; for t; do : >"$S/$t"; done ;;
  disable) shift; for t; do rm -f "$S/$t"; done ;;
esac
exit 0
`;
/** What stood in the crontab before mem came. */
export const OTHERS = '# mine\n5 5 * * * echo "hi"   \n';

/** A Linux with a crontab, with a systemd, with both or none. */
export function linux({cron = true, systemd = false, table = OTHERS as string | null} = {}): SchedulerRig {
  const rig = new SchedulerRig('linux');
  // What this machine has of its own must not be found.
  const bin = join(rig.folder, 'bin');
  for (const name of ['sh', 'cat', 'rm', 'echo', 'ls', 'cp', 'sleep']) symlinkSync(`/bin/${name}`, join(bin, name));
  rig.here = {...rig.here, env: {PATH: bin}};
  if (cron) rig.program('crontab', CRONTAB);
  if (systemd) rig.program('systemctl', SYSTEMCTL);
  if (table !== null) rig.write(join(rig.folder, 'state/table'), table);
  rig.write(join(rig.folder, 'proc/77/cmdline'), '/usr/sbin/cron\0-f\0');
  return rig;
}

export const table = (rig: SchedulerRig): string | undefined => {
  const path = join(rig.folder, 'state/table');
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
};
/** Makes one of the programs fail: see what they look for. */
export const flag = (rig: SchedulerRig, name: string): void => writeFileSync(join(rig.folder, 'state', name), '');
