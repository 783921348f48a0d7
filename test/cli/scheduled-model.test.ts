import {chmodSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {goodReply, type ModelRequest, ModelServer, type Reply} from '../summarizers/model-server.js';
import {asCron, commandOf, INSTALL, withCrontab} from './crontab-rig.js';
import {nodesOf, talks} from './model-rig.js';

/** As an endpoint that knows one key. */
function forKey(request: ModelRequest): Reply {
  const isKnown = request.headers.authorization === 'Bearer sk-canary';
  return isKnown ? goodReply(request) : {kind: 'error', status: 401, message: 'no', code: 'invalid_api_key'};
}

/** A home with three talks that a model is to summarize, and a crontab. */
async function withModelAndCrontab(server: ModelServer) {
  const here = await withCrontab();
  const set = (...words: readonly string[]) => here.mem.run(['config', 'set', ...words]);
  await set('summarizer', 'openai', '--base-url', server.baseUrl, '--model', 'test-model');
  await here.mem.ingest(talks(3));
  return {...here, set};
}

test.each(['file', 'command'] as const)(
  'a run in the environment of cron finds the key by its %s, and no entry or log holds it',
  async (place) => {
    await using server = await ModelServer.start(forKey);
    await using here = await withModelAndCrontab(server);
    const {mem, rig, env, set} = here;
    const path = join(mem.folder, 'the key');
    writeFileSync(path, 'sk-canary\n');
    chmodSync(path, 0o600);
    const value = place === 'file' ? path : JSON.stringify(['cat', path]);
    expect(await set(`openai.api_key_${place}`, value)).toMatchObject({status: 0});
    // The key of the shell goes after it.
    const installed = await mem.run(INSTALL, '', {...env, OPENAI_API_KEY: 'another'});
    expect(installed.stdout).not.toContain('Warning');
    const command = commandOf(rig, 'rollup-segment').replace('rollup-segment', 'rollup-segment --now');
    expect(await asCron(command)).toEqual({status: 0, stdout: '', stderr: ''});
    expect(server.requests).toHaveLength(3);
    expect((await nodesOf(mem)).map(({summarizer}) => summarizer)).toEqual(Array(3).fill('openai/1 test-model'));
    const log = (await mem.run(['schedule', 'log', '--all'], '', env)).stdout;
    expect(log).toMatch(/rollup-segment ok, [^\n]* \(by cron\): 3 made$/m);
    expect(log).not.toContain('sk-canary');
  },
);

test('a key that only this shell has is warned of, with what to do; the runs of cron fail for want of it and say so', async () => {
  await using server = await ModelServer.start(forKey);
  await using here = await withModelAndCrontab(server);
  const {mem, rig, env, set} = here;
  const withKey = {...env, OPENAI_API_KEY: 'sk-canary'};
  const warning =
    "the key of the model is only in this shell, in OPENAI_API_KEY: the scheduler's runs have none; put it into a file that you alone may read (chmod 600), then: mem config set openai.api_key_file PATH";
  expect((await mem.run(INSTALL, '', withKey)).stdout).toContain(`Warning: ${warning}\n`);
  expect(JSON.parse((await mem.run([...INSTALL, '--json'], '', withKey)).stdout)).toMatchObject({warnings: [warning]});
  const command = commandOf(rig, 'rollup-segment').replace('rollup-segment', 'rollup-segment --now');
  expect(await asCron(command)).toEqual({status: 78, stdout: '', stderr: ''});
  expect((await mem.run(['schedule', 'log'], '', env)).stdout).toMatch(/rollup-segment failed, [^\n]*\[MODEL_REFUSED\]$/m);
  const {stdout} = await mem.run(['schedule', 'status'], '', env);
  expect(stdout).toMatch(/^rollup-segment +failed /m);
  expect(stdout).toMatch(/^rollup-segment: last error: [^\n]+ \[MODEL_REFUSED\]; see: mem schedule log --job rollup-segment$/m);
  const [, log = ''] = /^Log +(\S+), see: mem schedule log$/m.exec(stdout) ?? [];
  expect(readFileSync(log, 'utf8')).toContain('[MODEL_REFUSED]');
  // Without a key in this shell there is nothing to warn of: a server of one's own wants none.
  expect((await mem.run(INSTALL, '', env)).stdout).not.toContain('Warning');
  await set('summarizer', 'extractive');
  expect((await mem.run(INSTALL, '', withKey)).stdout).not.toContain('Warning');
});
