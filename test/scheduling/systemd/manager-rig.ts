import type {NamespaceRig} from '../install/namespace-rig.js';

const RUNTIME = '/run/user/0';
/** Where programs in the rig find the manager. */
export const BUS = {XDG_RUNTIME_DIR: RUNTIME, DBUS_SESSION_BUS_ADDRESS: `unix:path=${RUNTIME}/bus`};

/** systemd's manager of a user, as it runs where nothing but it is there. */
export async function startManager(rig: NamespaceRig): Promise<void> {
  rig.start('dbus-daemon', ['--session', `--address=${BUS.DBUS_SESSION_BUS_ADDRESS}`, '--nofork'], BUS);
  await rig.until(async () => ((await rig.run('test', ['-S', `${RUNTIME}/bus`])).status === 0 ? true : undefined), 'the bus');
  rig.start('/lib/systemd/systemd', ['--user'], BUS);
  await rig.until(async () => ((await systemctl(rig, 'show-environment')).status === 0 ? true : undefined), "the user's manager");
}

export function systemctl(rig: NamespaceRig, ...args: readonly string[]) {
  return rig.run('systemctl', ['--user', ...args], {env: BUS});
}
