import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {linux, table} from '../scheduling/install/fake-schedulers.js';
import {goodReply, inTurn, ModelServer, type Reply} from '../summarizers/openai/model-server.js';
import {MemRig} from './mem-rig.js';
import {nodesOf, talks} from './model-rig.js';

const CANARY = 'sk-canary-5Jw8Kd2QpVtR6nXe';

/** The arguments of every process, and the environment of the children of one. */
function processes(parent: number): readonly string[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const isChild = readFileSync(`/proc/${name}/stat`, 'latin1').split(') ').at(-1)?.split(' ')[1] === String(parent);
      const files = isChild ? ['cmdline', 'environ'] : ['cmdline'];
      return files.map((file) => readFileSync(`/proc/${name}/${file}`, 'latin1'));
    } catch {
      return [];
    }
  });
}

test.skipIf(process.platform !== 'linux')(
  'the key of a rollup is in no file of mem, no entry of a scheduler, no log, no message and no arguments, though the endpoint repeats it',
  async () => {
    using rig = linux();
    await using mem = await MemRig.create();
    const seen: string[] = [];
    let pid = 0;
    const repeats = (status: number): Reply => ({kind: 'error', status, message: `Your key ${CANARY} and ${CANARY.slice(3, 15)}: no`});
    const replies = [repeats(400), goodReply, repeats(400), repeats(401)];
    await using server = await ModelServer.start((request) => {
      seen.push(...processes(pid));
      return inTurn(...replies)(request);
    });
    await mem.run(['config', 'set', 'summarizer', 'openai', '--base-url', server.baseUrl, '--model', 'test-model']);
    await mem.ingest(talks(4));
    const said: string[] = [];
    const env = {OPENAI_API_KEY: CANARY, PATH: `${join(rig.folder, 'bin')}:/usr/bin:/bin`};
    for (const args of [
      ['install-schedule', '--backend', 'cron', '--allow-ephemeral'],
      ['install-schedule', '--backend', 'cron', '--allow-ephemeral', '--print'],
      ['rollup'],
      ['schedule', 'run', 'rollup-day', '--now', '--via', 'cron'],
      ['schedule', 'status'],
      ['status', '--json'],
      ['config', '--json'],
    ]) {
      const started = mem.start(args, '', env);
      pid = started.pid;
      const {stdout, stderr} = await started.ended;
      said.push(stdout, stderr);
    }
    expect(server.requests.every(({headers}) => headers.authorization === `Bearer ${CANARY}`)).toBe(true);
    expect(server.requests.length).toBeGreaterThanOrEqual(4);
    expect((await nodesOf(mem)).length).toBeGreaterThan(1);
    expect(said.join()).toContain('MODEL_REFUSED');
    const files = readdirSync(mem.folder, {recursive: true, withFileTypes: true}).filter((entry) => entry.isFile());
    expect(files.length).toBeGreaterThan(5);
    const texts = [...said, ...seen, table(rig) ?? '', ...files.map((file) => readFileSync(join(file.parentPath, file.name), 'latin1'))];
    for (const part of [CANARY, CANARY.slice(3, 15)]) expect(texts.filter((text) => text.includes(part))).toEqual([]);
  },
);
