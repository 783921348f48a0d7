import {spawn} from 'node:child_process';
import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';
import {goodReply, inTurn, ModelServer, type Reply} from '../summarizers/openai/model-server.js';
import {MemRig} from './mem-rig.js';
import {withModel} from './model-rig.js';

const CANARY = 'sk-canary-7Hq2Zr9XwLmN4tYb';
const MEM = fileURLToPath(new URL('../../bin/mem.js', import.meta.url));

async function configure(mem: MemRig, server: Pick<ModelServer, 'baseUrl'>, ...more: string[]): Promise<void> {
  const args = ['config', 'set', 'summarizer', 'openai', '--base-url', server.baseUrl, '--model', 'test-model', ...more];
  const {status, stderr} = await mem.run(args);
  expect({status, stderr}).toEqual({status: 0, stderr: ''});
}

test('without a model there is nothing to check', async () => {
  await using mem = await MemRig.create();
  const stdout = 'Summaries are made on this machine, without a model. Nothing leaves it.\n';
  expect(await mem.run(['config', 'check'])).toEqual({status: 0, stdout, stderr: ''});
  expect((await mem.run(['config', 'check', '--json'])).stdout).toBe('{"summarizer":"extractive"}\n');
});

test('a model that answers as it should is named, with where it is and what it can do', async () => {
  await using mem = await MemRig.create();
  await using server = await ModelServer.start();
  await configure(mem, server);
  const {status, stdout, stderr} = await mem.run(['config', 'check']);
  expect({status, stderr}).toEqual({status: 0, stderr: ''});
  expect(stdout.replace(/\d+\.\d s/, 'N s')).toBe(
    `endpoint  127.0.0.1:${server.port} (${server.baseUrl})\nmodel     test-model\nanswers   JSON with a schema\ntook      N s, 1 request\n`,
  );
  expect(server.requests).toHaveLength(1);
  const {took_ms: _, ...rest} = JSON.parse((await mem.run(['config', 'check', '--json'])).stdout) as Record<string, unknown>;
  expect(rest).toEqual({
    summarizer: 'openai',
    base_url: server.baseUrl,
    host: `127.0.0.1:${server.port}`,
    model: 'test-model',
    structured_output: 'schema',
    requests: 1,
  });
});

test('what the endpoint cannot do is said, remembered, and found out anew by the next check', async () => {
  await using mem = await MemRig.create();
  const noFormat: Reply = {kind: 'error', status: 400, message: 'response_format is not supported'};
  await using server = await ModelServer.start((request) => (request.format === undefined ? goodReply(request) : noFormat));
  await configure(mem, server);
  const {stdout} = await mem.run(['config', 'check']);
  expect(stdout).toContain('answers   plain text: the endpoint accepts neither a schema nor JSON mode');
  expect(stdout).toContain('3 requests');
  // It is remembered in a home that is there.
  await mem.ingest([{session_id: 's', role: 'user', text: 'hello', timestamp: '2024-01-15T10:00:00Z'}]);
  await mem.run(['config', 'check']);
  expect(server.requests).toHaveLength(6);
  expect(JSON.parse(readFileSync(join(mem.home, 'endpoints.json'), 'utf8'))).toEqual({
    [`${server.baseUrl} test-model`]: {format: 'text', limitName: 'max_tokens'},
  });
});

test('a check is paid for out of the budget where there is a store, and is not made once that is used up', async () => {
  await using server = await ModelServer.start();
  await using mem = await withModel(server);
  await mem.ingest([{session_id: 's', role: 'user', text: 'hello', timestamp: '2024-01-15T10:00:00Z'}]);
  expect((await mem.run(['config', 'check'])).status).toBe(0);
  // The server says that it took 100 and 20 tokens.
  const spent = async () => JSON.parse((await mem.run(['status', '--json'])).stdout).budget.spent_today as unknown;
  expect(await spent()).toMatchObject({calls: 1, prompt_tokens: 100, completion_tokens: 20});
  const {status, stdout, stderr} = await mem.run(['config', 'check'], '', {MEM_BUDGET_MAX_CALLS_PER_DAY: '1'});
  expect({status, stdout}).toEqual({status: 69, stdout: ''});
  expect(stderr).toMatch(/^mem: error: the budget is used up .*\[SERVICE_AWAY\]\nmem: hint: see mem status for what was spent today;/);
  expect(server.requests).toHaveLength(1);
});

const error = (status: number, message: string, code?: string): Reply => ({
  kind: 'error',
  status,
  message,
  ...(code !== undefined && {code}),
});

test.each<[string, Reply, number, string, string, string]>([
  [
    'a rejected key',
    error(401, 'Incorrect API key'),
    78,
    'CONFIG_INVALID',
    'rejected the key (HTTP 401: Incorrect API key)',
    'check the key',
  ],
  [
    'an unknown model',
    error(404, 'model "test-model" not found, try pulling it first'),
    78,
    'CONFIG_INVALID',
    'try pulling it first',
    '/v1',
  ],
  ['another path', {kind: 'raw', status: 404, body: '404 page not found'}, 78, 'CONFIG_INVALID', 'HTTP 404: 404 page not found', '/v1'],
  ['a page for people', {kind: 'raw', status: 200, body: '<html></html>'}, 78, 'CONFIG_INVALID', 'not as a model does', '/v1'],
  [
    'a redirect',
    {kind: 'raw', status: 301, headers: {location: 'https://x.test'}},
    78,
    'CONFIG_INVALID',
    'which mem does not follow: https://x.test',
    'the real address',
  ],
  ['nonsense', {kind: 'content', content: 'Hello!'}, 78, 'CONFIG_INVALID', 'not a JSON object', 'another model'],
  ['no credit', error(429, 'You exceeded your quota', 'insufficient_quota'), 69, 'SERVICE_AWAY', 'no credit left', 'account'],
  ['too many requests', error(429, 'slow down'), 69, 'SERVICE_AWAY', 'fewer requests (HTTP 429): slow down', 'later'],
  ['a server that fails', error(500, 'CUDA out of memory'), 69, 'SERVICE_AWAY', '(HTTP 500): CUDA out of memory', 'logs'],
  ['no answer in time', {kind: 'hang'}, 69, 'SERVICE_AWAY', 'did not answer in time', 'openai.timeout'],
])('%s is said in plain words, after one request or a repair', async (_, reply, status, code, message, hint) => {
  await using mem = await MemRig.create();
  await using server = await ModelServer.start(inTurn(reply));
  await configure(mem, server);
  const run = await mem.run(['config', 'check'], '', {MEM_OPENAI_TIMEOUT: reply.kind === 'hang' ? '2s' : '600s', OPENAI_API_KEY: CANARY});
  expect({status: run.status, stdout: run.stdout}).toEqual({status, stdout: ''});
  expect(run.stderr).toMatch(/^mem: error: [^\n]+ \[[A-Z_]+\]\nmem: hint: [^\n]+\n$/);
  expect(run.stderr).toContain(`[${code}]`);
  expect(run.stderr).toContain(message);
  expect(run.stderr).toContain(hint);
  expect(server.requests.length).toBeLessThanOrEqual(2);
});

test.each<[string, string, number, string]>([
  ['nobody listens', 'http://127.0.0.1:1/v1', 69, 'the endpoint cannot be reached (ECONNREFUSED)'],
  ['the name is not known', 'https://nowhere.invalid/v1', 69, "the endpoint's name is not known"],
])('where %s it is away', async (_, baseUrl, status, message) => {
  await using mem = await MemRig.create();
  await configure(mem, {baseUrl});
  const run = await mem.run(['config', 'check'], '', {OPENAI_API_KEY: CANARY});
  expect(run.status).toBe(status);
  expect(run.stderr).toContain(message);
});

test('HTTPS to a server of plain HTTP is a wrong URL', async () => {
  await using mem = await MemRig.create();
  await using server = await ModelServer.start();
  await configure(mem, {baseUrl: server.baseUrl.replace('http:', 'https:')});
  const run = await mem.run(['config', 'check']);
  expect(run.status).toBe(78);
  expect(run.stderr).toContain('there is no trusted connection to the endpoint');
});

test('an endpoint elsewhere needs a key, and one that is not set is a matter of configuration', async () => {
  await using mem = await MemRig.create();
  await configure(mem, {baseUrl: 'https://nowhere.invalid/v1'}, '--api-key-env', 'MY_KEY');
  const run = await mem.run(['config', 'check']);
  expect(run.status).toBe(78);
  expect(run.stderr).toContain('the key is missing: the variable MY_KEY is not set');
});

test('nothing but its own settings reaches the endpoint: no variable of the SDK, no proxy, no .env, no facts of the machine', async () => {
  await using mem = await MemRig.create();
  await using server = await ModelServer.start();
  await using other = await ModelServer.start();
  await configure(mem, server);
  const proxy = new URL(other.baseUrl).origin;
  await mem.write('.env', `OPENAI_API_KEY=from-dotenv\nOPENAI_BASE_URL=${other.baseUrl}\n`);
  const {status, stderr} = await mem.run(['config', 'check'], '', {
    OPENAI_API_KEY: CANARY,
    OPENAI_BASE_URL: other.baseUrl,
    OPENAI_ORG_ID: 'org-leak',
    OPENAI_PROJECT_ID: 'project-leak',
    OPENAI_ADMIN_KEY: 'admin-leak',
    OPENAI_CUSTOM_HEADERS: 'x-leak: custom-leak\nbad header: x',
    OPENAI_LOG: 'debug',
    DEBUG: 'true',
    HTTP_PROXY: proxy,
    http_proxy: proxy,
    HTTPS_PROXY: proxy,
    ALL_PROXY: proxy,
    NODE_USE_ENV_PROXY: '1',
    // Some versions of Node say that its proxies are an experiment.
    NODE_NO_WARNINGS: '1',
  });
  expect({status, stderr}).toEqual({status: 0, stderr: ''});
  expect(other.requests).toEqual([]);
  const {host: _, connection: __, 'content-length': ___, ...headers} = server.requests[0]?.headers ?? {};
  expect(headers).toEqual({
    accept: 'application/json',
    'accept-encoding': 'identity',
    'content-type': 'application/json',
    'user-agent': 'mem',
    authorization: `Bearer ${CANARY}`,
  });
});

/** The arguments of every process that /proc shows. */
function argumentsOfAll(): string[] {
  return readdirSync('/proc').flatMap((name) => {
    try {
      return /^\d+$/.test(name) ? [readFileSync(`/proc/${name}/cmdline`, 'latin1')] : [];
    } catch {
      return [];
    }
  });
}

test.skipIf(process.platform !== 'linux')(
  'the key is in no arguments, no environment of a child, no message and no file, though the endpoint repeats it',
  async () => {
    await using mem = await MemRig.create();
    const key = await mem.write('key', `${CANARY}\n`);
    const seen: string[] = [];
    await using server = await ModelServer.start(() => {
      seen.push(...argumentsOfAll());
      return error(401, `Incorrect API key provided: ${CANARY}. It begins with ${CANARY.slice(0, 9)} and ends with ${CANARY.slice(-8)}`);
    });
    await configure(mem, server, '--api-key-command', JSON.stringify(['sh', '-c', 'env > "$HOME/child-env"; cat "$HOME/key"']));
    const run = await mem.run(['config', 'check'], '', {OPENAI_API_KEY: CANARY});
    expect(run.status).toBe(78);
    expect(server.requests[0]?.headers.authorization).toBe(`Bearer ${CANARY}`);
    for (const part of [CANARY, CANARY.slice(0, 9), CANARY.slice(-8)]) expect(run.stdout + run.stderr).not.toContain(part);
    expect(seen.length).toBeGreaterThan(3);
    expect(seen.filter((args) => args.includes(CANARY))).toEqual([]);
    const childEnv = readFileSync(join(mem.folder, 'child-env'), 'utf8');
    expect(childEnv).toContain('MEM_SUMMARIZING=1');
    expect(childEnv).not.toContain(CANARY);
    for (const path of readdirSync(mem.folder, {recursive: true, withFileTypes: true})) {
      if (!path.isFile() || join(path.parentPath, path.name) === key) continue;
      expect(readFileSync(join(path.parentPath, path.name), 'latin1'), path.name).not.toContain(CANARY);
    }
  },
);

test('a signal ends a check that waits', async () => {
  await using mem = await MemRig.create();
  await using server = await ModelServer.start(inTurn({kind: 'hang'}));
  await configure(mem, server);
  const child = spawn(process.execPath, [MEM, 'config', 'check'], {env: mem.env, cwd: mem.folder, stdio: 'ignore'});
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  await server.received(1);
  child.kill('SIGTERM');
  expect(await ended).toBe(143);
});

test('the SDK is loaded for a request alone', async () => {
  await using mem = await MemRig.create();
  await using server = await ModelServer.start();
  await configure(mem, server);
  const loaded = async (...args: string[]): Promise<string> => {
    const script = fileURLToPath(new URL('../../bench/loaded-modules.cjs', import.meta.url));
    const child = spawn(process.execPath, [script, MEM, ...args], {env: mem.env, cwd: mem.folder, stdio: ['ignore', 'pipe', 'ignore']});
    let text = '';
    for await (const chunk of child.stdout) text += String(chunk);
    const {files} = JSON.parse(text.trim().split('\n').at(-1) ?? '') as {files: string[]};
    return files.join(' ');
  };
  const entry = 'dist/openai.js';
  expect(await loaded('config', 'check')).toContain(entry);
  for (const args of [['config'], ['ingest', '/dev/null'], ['status'], ['toc', 'list'], ['rollup']]) {
    expect(await loaded(...args), args.join(' ')).not.toContain(entry);
  }
});
