import {mkdtempSync, readdirSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {abilityFile} from '../../../src/summarizers/openai/ability-file.js';
import {goodReply, type ModelRequest, ModelServer, type Reply} from './model-server.js';
import {OpenAiRig} from './openai-rig.js';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'mem-abilities-'));
});
afterEach(() => rmSync(home, {recursive: true}));

/** Knows JSON mode but no schema, and the bound of an answer by its new name only. */
function newerServer(request: ModelRequest): Reply {
  const refused = (message: string): Reply => ({kind: 'error', status: 400, message});
  if ('max_tokens' in request.body) return refused("Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.");
  if (request.format === 'json_schema') return refused("'response_format.type' must be json_object");
  return goodReply(request);
}

test('what an endpoint does not know is left away from then on, in this process and in the next', async () => {
  await using server = await ModelServer.start(newerServer);
  const first = new OpenAiRig(server, {memory: abilityFile(home)});
  await first.summarize();
  expect(server.requests).toHaveLength(3);
  // What was refused cost nothing.
  const [prompt] = first.budget.settled.splice(2);
  expect([prompt, ...first.budget.settled]).toEqual([
    {prompt: 100, completion: 20},
    {prompt: 0, completion: 0},
    {prompt: 0, completion: 0},
  ]);
  await first.summarize();
  expect(server.requests).toHaveLength(4);
  await new OpenAiRig(server, {memory: abilityFile(home)}).summarize();
  expect(server.requests).toHaveLength(5);
  expect(server.requests[4]).toMatchObject({format: 'json_object', body: {max_completion_tokens: 1_500}});
  expect(server.requests[4]?.body).not.toHaveProperty('max_tokens');
});

test('another model of the same endpoint is another matter', async () => {
  await using server = await ModelServer.start(newerServer);
  await new OpenAiRig(server, {memory: abilityFile(home)}).summarize();
  await new OpenAiRig(server, {memory: abilityFile(home), model: 'other'}).summarize();
  expect(server.requests).toHaveLength(6);
});

test('the file is its owner’s, keeps the 32 latest, and a damaged or missing one is as good as none', () => {
  const memory = abilityFile(home);
  const path = join(home, 'endpoints.json');
  const ability = {format: 'json', limitName: 'max_tokens'} as const;
  for (let at = 0; at < 40; at++) memory.write(`endpoint ${at}`, ability);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readdirSync(home)).toEqual(['endpoints.json']);
  expect(memory.read('endpoint 7')).toBeUndefined();
  expect(memory.read('endpoint 39')).toEqual(ability);
  for (const text of ['', '[]', '{"endpoint 39": {"format": "xml", "limitName": "max_tokens"}}', '{"endpoint 39": 7}', '\u0000']) {
    writeFileSync(path, text);
    expect(memory.read('endpoint 39')).toBeUndefined();
  }
  const nowhere = abilityFile(join(home, 'not', 'there'));
  nowhere.write('x', ability);
  expect(nowhere.read('x')).toBeUndefined();
});
