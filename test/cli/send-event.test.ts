import {spawnSync} from 'node:child_process';
import {chmodSync, writeFileSync} from 'node:fs';
import {join, resolve} from 'node:path';
import {expect, test} from 'vitest';
import {MemRig} from './mem-rig.js';

const SEND_EVENT = resolve('examples/hooks/send-event.sh');
const MEM = resolve('bin/mem.js');
const HARD = 'She said "no\\n" to C:\\temp,\tgrün\n$HOME `id` %s 猫\n\nend';

/** The events that the script has sent. */
async function sent(args: readonly string[], input: string): Promise<unknown> {
  await using mem = await MemRig.create();
  writeFileSync(join(mem.folder, 'mem'), `#!/bin/sh\nexec '${process.execPath}' '${MEM}' "$@"\n`);
  chmodSync(join(mem.folder, 'mem'), 0o755);
  const env = {...mem.env, PATH: `${mem.folder}:${mem.env['PATH']}`};
  const run = spawnSync(SEND_EVENT, args, {input, env, encoding: 'utf8'});
  expect([run.status, run.stdout, run.stderr]).toEqual([0, '', '']);
  const {stdout} = await mem.run(['events', '--json']);
  return JSON.parse(stdout);
}

test.each<[string, readonly string[], string, string]>([
  ['as an argument', [HARD], '', HARD],
  ['on stdin', [], `${HARD}\n`, HARD],
  ['in several arguments', ['3', 'failed'], '', '3 failed'],
  ['with control characters, which it leaves out', [], 'a\u001b[31mred\u0007\r\n', 'a[31mred'],
])('the example script sends an event with its text %s', async (_, texts, input, text) => {
  expect(await sent(['build "42"', 'tool_result', ...texts], input)).toMatchObject({
    session_id: 'build "42"',
    event_type: 'tool_result',
    agent: 'my-program',
    source: 'hook',
    text,
  });
});
