import {spawnSync} from 'node:child_process';
import {chmodSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import type {NamespaceRig} from '../install/namespace-rig.js';

/** How many times faster than it is the time goes by for cron; a minute takes two seconds. Faster it begins to leave minutes out. */
const RATE = 30;

/** Where libfaketime lies; undefined where there is none. */
export function fakeTimeLibrary(): string | undefined {
  const {stdout} = spawnSync('sh', ['-c', 'ls /usr/lib/*/faketime/libfaketime.so.1 /usr/lib/faketime/libfaketime.so.1 2>/dev/null'], {
    encoding: 'utf8',
  });
  return stdout.split('\n')[0] || undefined;
}

/** Sets the rig's clock, as its Node sees it: it stands at `at`, or began there and goes `rate` times as fast as it is, in steps of processes. */
async function setClock(rig: NamespaceRig, at: number, rate: number): Promise<void> {
  const begun = Date.now() / 1000;
  const fake = `#!/bin/sh
offset=$(date +%s.%N | awk '{printf "%+.3f", ${at / 1000} + ($1 - ${begun}) * ${rate} - $1}')
exec env LD_PRELOAD=${fakeTimeLibrary() ?? ''} FAKETIME="$offset" NO_FAKE_STAT=1 DONT_FAKE_MONOTONIC=1 ${join(rig.folder, 'bin/node-itself')} -r ${join(rig.folder, 'bin/path.cjs')} "$@"
`;
  // Node takes the path of what is behind the other for its own, and it is its own that an installation writes down.
  writeFileSync(join(rig.folder, 'bin/path.cjs'), `process.execPath = ${JSON.stringify(rig.node)};`);
  const path = join(rig.folder, 'bin/fake-node');
  writeFileSync(path, fake);
  chmodSync(path, 0o755);
  await rig.run('sh', ['-c', `mountpoint -q '${rig.node}' && umount '${rig.node}'; mount --bind '${path}' '${rig.node}'`]);
}

/** Lets the clock of the rig's Node stand at `at`. */
export function stopClock(rig: NamespaceRig, at: number): Promise<void> {
  return setClock(rig, at, 0);
}

/**
 * Debian's cron in the rig, with a clock that begins at `at` and goes 30 times as fast. What cron starts does not inherit its clock: the
 * rig's Node is put behind a program that sets it to the time that cron has then, and lets it go by as it does.
 */
export async function startCron(rig: NamespaceRig, at: number): Promise<void> {
  const offset = Math.round((at - Date.now()) / 1000);
  await setClock(rig, at, RATE);
  rig.start('cron', ['-f', '-L', '15'], {
    LD_PRELOAD: fakeTimeLibrary() ?? '',
    FAKETIME: `${offset < 0 ? '' : '+'}${offset} x${RATE}`,
    NO_FAKE_STAT: '1',
  });
}
