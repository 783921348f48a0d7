import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {runFailureCommand} from '../../src/system/failure-command.js';
import {temporaryHome} from '../store/leveldb/store-rig.js';

const FAILURE = {job: 'rollup-day', code: 'SERVICE_AWAY', message: "the endpoint's words; $(touch x)"} as const;

test('a command for a failure runs without a shell and finds in its environment what failed', async () => {
  using home = temporaryHome();
  const out = join(home.path, 'out');
  const script =
    'const e = process.env; require("fs").writeFileSync(process.argv[1], [e.MEM_FAILED_JOB, e.MEM_FAILED_CODE, e.MEM_FAILED_MESSAGE].join("|"))';
  expect(await runFailureCommand([process.execPath, '-e', script, out], FAILURE, {})).toBeUndefined();
  expect(readFileSync(out, 'utf8')).toBe("rollup-day|SERVICE_AWAY|the endpoint's words; $(touch x)");
});

test.each([
  [['/bin/false'], '/bin/false ended with 1'],
  [['/bin/sh', '-c', 'kill -9 $$'], '/bin/sh was stopped by SIGKILL'],
  [['/nowhere/notify'], '/nowhere/notify cannot be started'],
])('%j that fails itself is told: %s', async (command, problem) => {
  expect(await runFailureCommand(command, FAILURE, {})).toBe(`jobs.rollup-day.on_failure: ${problem}`);
});
