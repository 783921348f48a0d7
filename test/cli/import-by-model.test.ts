import {mkdir, writeFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {expect, test} from 'vitest';
import {aLine, linesOf, TRANSCRIPT} from '../sources/claude-code/claude-lines.js';
import {ModelServer} from '../summarizers/openai/model-server.js';
import type {MemRig} from './mem-rig.js';
import {nodesOf, withModel} from './model-rig.js';

const TALK =
  'The soup of the kitchen was salted today, and the recipe no longer doubles the pepper after a second boiling of the broth at all.';

async function write(mem: MemRig, timestamp: string): Promise<void> {
  const path = join(mem.folder, TRANSCRIPT);
  await mkdir(dirname(path), {recursive: true});
  await writeFile(path, linesOf(aLine(1, {type: 'user', message: {role: 'user', content: TALK}, timestamp})));
}

const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();

test('what is older than 7 days is summarized offline, and the calls that a redo takes are said', async () => {
  await using server = await ModelServer.start();
  await using mem = await withModel(server);
  await write(mem, '2024-03-05T12:00:00Z');
  const {status, stderr} = await mem.run(['import', 'claude-code']);
  expect({status, stderr}).toEqual({
    status: 0,
    stderr:
      'mem: note: what is older than 7 days was summarized offline; the model makes it with: mem rollup --redo extractive (2 calls; add --dry-run to see what they take)\n',
  });
  expect(server.requests).toHaveLength(0);
  expect((await nodesOf(mem)).map(({summarizer}) => summarizer.split('/')[0])).toEqual(Array(5).fill('extractive'));
  expect((await mem.run(['rollup', '--redo', 'extractive'])).status).toBe(0);
  expect(server.requests).toHaveLength(5);
});

test('what is of the last days is summarized by the model, also after a connection', async () => {
  await using server = await ModelServer.start();
  await using mem = await withModel(server);
  await write(mem, daysAgo(3));
  expect((await mem.run(['connect', 'claude-code'])).status).toBe(0);
  const segment = (await nodesOf(mem)).find(({node_id}) => node_id.startsWith('toc:segment:'));
  expect(segment).toMatchObject({summarizer: 'openai/1 test-model'});
});

test('a rejected key is said once, and the status is 78', async () => {
  await using server = await ModelServer.start(() => ({kind: 'error', status: 401, message: 'no', code: 'invalid_api_key'}));
  await using mem = await withModel(server);
  await write(mem, daysAgo(3));
  const {status, stderr} = await mem.run(['import', 'claude-code']);
  expect(status).toBe(78);
  expect(stderr.match(/MODEL_REFUSED/g)).toHaveLength(1);
});
