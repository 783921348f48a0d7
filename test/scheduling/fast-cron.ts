import {type ChildProcess, spawnSync} from 'node:child_process';
import {chmodSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import type {NamespaceRig} from './namespace-rig.js';

/** How many times faster than it is the time goes by for cron; a minute takes two seconds. Faster it begins to leave minutes out. */
const RATE = 30;

/** Where libfaketime lies; undefined where there is none. */
export function fakeTimeLibrary(): string | undefined {
  const {stdout} = spawnSync('sh', ['-c', 'ls /usr/lib/*/faketime/libfaketime.so.1 /usr/lib/faketime/libfaketime.so.1 2>/dev/null'], {
    encoding: 'utf8',
  });
  return stdout.split('\n')[0] || undefined;
}

/**
 * Debian's cron in the rig, with a clock that begins at `at` and goes 30 times as fast. What cron starts does not inherit its clock: the
 * rig's Node is put behind a program that sets it to the time that cron has then, and lets it go by as it does.
 */
export async function startCron(rig: NamespaceRig, at: number): Promise<ChildProcess> {
  const library = fakeTimeLibrary() ?? '';
  const begun = Date.now() / 1000;
  const fake = `#!/bin/sh
offset=$(date +%s.%N | awk '{printf "%+d", ${at / 1000} + ($1 - ${begun}) * ${RATE} - $1}')
exec env LD_PRELOAD=${library} FAKETIME="$offset" NO_FAKE_STAT=1 DONT_FAKE_MONOTONIC=1 ${join(rig.folder, 'bin/node-itself')} "$@"
`;
  const path = join(rig.folder, 'bin/fake-node');
  writeFileSync(path, fake);
  chmodSync(path, 0o755);
  await rig.run('mount', ['--bind', path, rig.node]);
  const offset = Math.round(at / 1000 - begun);
  return rig.start('cron', ['-f', '-L', '15'], {
    LD_PRELOAD: library,
    FAKETIME: `${offset < 0 ? '' : '+'}${offset} x${RATE}`,
    NO_FAKE_STAT: '1',
  });
}
