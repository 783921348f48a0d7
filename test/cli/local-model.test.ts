import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {expect, test} from 'vitest';
import {MemRig} from './mem-rig.js';

/** A server that lists models, as Ollama does. */
async function withServer(models: readonly string[], work: (host: string) => Promise<void>): Promise<void> {
  const server = createServer((request, response) => {
    response.writeHead(request.url === '/v1/models' ? 200 : 404, {'content-type': 'application/json'});
    response.end(JSON.stringify({object: 'list', data: models.map((id) => ({id, object: 'model'}))}));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  try {
    await work(`127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.close();
  }
}

const ASK = ['config', 'set', 'summarizer', 'openai', '--local'];

test('the models of a server on this machine are named, and none is taken without a yes', async () => {
  await using mem = await MemRig.create();
  await withServer(['qwen3:4b', 'evil\u001b[2J'], async (host) => {
    const result = await mem.run(ASK, '', {OLLAMA_HOST: host});
    expect(result.status).toBe(0);
    expect(result.stdout).toBe('');
    expect(result.stderr).toContain(`Ollama at http://${host}/v1: qwen3:4b, evil^[[2J`);
    expect(result.stderr).toContain('mem config set summarizer openai --local --model qwen3:4b');
    expect((await mem.run(['config', 'get', 'summarizer'])).stdout.trim()).toBe('extractive');
  });
});

test('a model that is named is taken, with the address of its server', async () => {
  await using mem = await MemRig.create();
  await withServer(['qwen3:4b', 'other'], async (host) => {
    const result = await mem.run([...ASK, '--model', 'other', '--json'], '', {OLLAMA_HOST: `http://${host}`});
    expect(result.stderr).toBe('');
    expect(JSON.parse(result.stdout)).toMatchObject({
      value: 'openai',
      values: {'openai.base_url': `http://${host}/v1`, 'openai.model': 'other'},
    });
    expect((await mem.run(['config', 'get', 'summarizer'])).stdout.trim()).toBe('openai');
    const missing = await mem.run([...ASK, '--model', 'none'], '', {OLLAMA_HOST: host});
    expect(missing.status).toBe(78);
    expect(missing.stderr).toContain('they have: qwen3:4b, other');
  });
});

test('an address of another machine is not asked', async () => {
  await using mem = await MemRig.create();
  const result = await mem.run([...ASK, '--model', 'x'], '', {OLLAMA_HOST: '192.0.2.1:11434'});
  expect([69, 78]).toContain(result.status);
  expect(result.stderr).not.toContain('192.0.2.1');
});

test('--local belongs to the summarizer', async () => {
  await using mem = await MemRig.create();
  expect((await mem.run(['config', 'set', 'keep_versions', '5', '--local'])).status).toBe(64);
});
