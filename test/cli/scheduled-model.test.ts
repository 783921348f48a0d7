import {chmodSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {linux} from '../scheduling/install/fake-schedulers.js';
import {goodReply, ModelServer} from '../summarizers/openai/model-server.js';
import {MemRig} from './mem-rig.js';
import {nodesOf, statusOf, talks} from './model-rig.js';

const KEY = 'sk-scheduled-0123456789';

/** An endpoint that wants the key, and talks of two days. */
async function prepared(): Promise<{server: ModelServer; mem: MemRig; [Symbol.asyncDispose](): Promise<void>}> {
  const server = await ModelServer.start((request) =>
    request.headers.authorization === `Bearer ${KEY}` ? goodReply(request) : {kind: 'error', status: 401, message: 'Missing key'},
  );
  const mem = await MemRig.create();
  await mem.run(['config', 'set', 'summarizer', 'openai', '--base-url', server.baseUrl, '--model', 'test-model']);
  await mem.ingest(talks(2));
  chmodSync(await mem.write('key', `${KEY}\n`), 0o600);
  return {
    server,
    mem,
    async [Symbol.asyncDispose]() {
      await mem[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

/** A wake-up with what `env -i HOME=… PATH=/usr/bin:/bin` gives. */
function wake(mem: MemRig) {
  for (const name of Object.keys(mem.env)) delete mem.env[name];
  Object.assign(mem.env, {HOME: mem.folder, PATH: '/usr/bin:/bin'});
  return mem.run(['schedule', 'run', 'rollup-day', '--now', '--via', 'cron']);
}

test.each([
  ['a file', (mem: MemRig) => ['--api-key-file', join(mem.folder, 'key')]],
  ['a command', (mem: MemRig) => ['--api-key-command', JSON.stringify(['cat', join(mem.folder, 'key')])]],
])('a scheduled run finds the key in %s', async (_, flags) => {
  await using here = await prepared();
  const {mem} = here;
  await mem.run(['config', 'set', 'summarizer', 'openai', ...flags(mem)]);
  const {status, stdout, stderr} = await wake(mem);
  expect({status, stdout}).toEqual({status: 0, stdout: ''});
  expect(stderr).toMatch(/^\S+Z rollup-day ok, [\d.]+ m?s \(by cron\): 7 made\n$/);
  expect((await nodesOf(mem)).every(({summarizer}) => summarizer === 'openai/1 test-model')).toBe(true);
});

test('a key that is only in a shell is what a scheduled run ends with, and what its status says', async () => {
  await using here = await prepared();
  const {mem, server} = here;
  expect((await mem.run(['config', 'check'], '', {OPENAI_API_KEY: KEY})).status).toBe(0);
  const {status, stdout, stderr} = await wake(mem);
  expect({status, stdout}).toEqual({status: 78, stdout: ''});
  const error = 'the endpoint needs a key, and no key is set (HTTP 401: Missing key) [MODEL_REFUSED]';
  expect(stderr).toContain(error);
  expect((await mem.run(['schedule', 'status', 'rollup-day'])).stdout).toContain(error);
  expect(server.requests).toHaveLength(2);
  expect(await nodesOf(mem)).toEqual([]);
  expect((await statusOf(mem)).store.marked).toMatchObject({segment: 2});

  await mem.run(['config', 'set', 'openai.base_url', 'https://models.invalid/v1']);
  expect((await wake(mem)).stderr).toContain('the key is missing: the variable OPENAI_API_KEY is not set here [MODEL_REFUSED]');
});

test('a run within its budget is a success that says what waits', async () => {
  await using here = await prepared();
  const {mem} = here;
  await mem.run(['config', 'set', 'openai.api_key_file', join(mem.folder, 'key')]);
  await mem.run(['config', 'set', 'budget.max_calls_per_run', '1']);
  const {status, stderr} = await wake(mem);
  expect(status).toBe(0);
  expect(stderr).toMatch(/: 1 made, 2 left, 2 waiting for budget\n$/);
});

test('install-schedule warns of a key that scheduled runs will not see', async () => {
  await using here = await prepared();
  const {mem} = here;
  using rig = linux();
  const install = async (env: Record<string, string>) => {
    const run = ['install-schedule', '--backend', 'cron', '--allow-ephemeral', '--json'];
    const {stdout} = await mem.run(run, '', {PATH: join(rig.folder, 'bin'), ...env});
    return (JSON.parse(stdout) as {readonly warnings: readonly string[]}).warnings;
  };
  const cure = 'name another place: mem config set summarizer openai --api-key-file PATH';
  expect(await install({OPENAI_API_KEY: KEY})).toEqual([
    `the key in OPENAI_API_KEY is only in this shell: the scheduler's runs do not see it; ${cure}`,
  ]);
  // On this machine it may do without.
  expect(await install({})).toEqual([]);
  await mem.run(['config', 'set', 'openai.base_url', 'https://models.invalid/v1']);
  expect(await install({})).toEqual([`the key is missing, and the scheduler's runs would not see OPENAI_API_KEY either; ${cure}`]);
  await mem.run(['config', 'set', 'openai.api_key_file', join(mem.folder, 'key')]);
  expect(await install({OPENAI_API_KEY: KEY})).toEqual([]);
});
