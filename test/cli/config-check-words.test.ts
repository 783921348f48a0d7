import {expect, test} from 'vitest';
import {ModelServer, type Reply} from '../summarizers/openai/model-server.js';
import {MemRig} from './mem-rig.js';

test.each<[string, Reply, number, string]>([
  [
    'too many requests in a 200',
    {kind: 'raw', status: 200, body: '{"error": {"code": 429, "message": "slow down"}}'},
    69,
    `mem: error: the endpoint asks for fewer requests (HTTP 429): slow down (URL, model test-model) [SERVICE_AWAY]
mem: hint: try again later
`,
  ],
  [
    'a thought without an answer',
    {kind: 'content', content: '<think>Well', finishReason: 'length'},
    78,
    `mem: error: the model only thought, until openai.max_answer_tokens was used up (URL, model test-model) [CONFIG_INVALID]
mem: hint: give it more room: mem config set openai.max_answer_tokens 8000; or let it think less: mem config set openai.reasoning_effort low
`,
  ],
])('mem config check says %s in plain words, after one request', async (_, reply, status, stderr) => {
  await using mem = await MemRig.create();
  await using server = await ModelServer.start(() => reply);
  const env = {MEM_SUMMARIZER: 'openai', MEM_OPENAI_BASE_URL: server.baseUrl, MEM_OPENAI_MODEL: 'test-model'};
  const run = await mem.run(['config', 'check'], '', env);
  expect({...run, stderr: run.stderr.replace(server.baseUrl, 'URL')}).toEqual({status, stdout: '', stderr});
  expect(server.requests).toHaveLength(1);
});
