import {afterAll, beforeAll, expect, test} from 'vitest';
import {MemRig} from '../cli/mem-rig.js';
import {bake, RawServer} from './mcp-rig.js';

let rig: MemRig;

beforeAll(async () => {
  rig = await MemRig.create();
  await bake(rig);
});
afterAll(() => rig[Symbol.asyncDispose]());

test('it ends with 0 when its stdin ends before anything was asked', async () => {
  const server = new RawServer(rig);
  expect(await server.end()).toBe(0);
  expect(server.stdout).toBe('');
});

test('it ends with 0 when its stdin ends while it works', async () => {
  const server = new RawServer(rig);
  server.ask(1, 'tools/call', {name: 'mem_search', arguments: {query: 'walnut'}});
  expect(await server.end()).toBe(0);
  expect(() => server.messages()).not.toThrow();
});

test('it ends with 0 when nobody reads what it writes', async () => {
  const server = new RawServer(rig);
  server.ask(1, 'server/discover');
  await server.answer(1);
  server.child.stdout.destroy();
  server.ask(2, 'tools/list');
  expect(await server.ended).toBe(0);
});

test('a request that is cancelled gets no answer, and those around it do', async () => {
  const server = new RawServer(rig);
  server.ask('before', 'tools/list');
  server.ask('dropped', 'tools/call', {name: 'mem_search', arguments: {query: 'walnut'}});
  server.write('{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"dropped"}}\n');
  server.ask('after', 'tools/call', {name: 'mem_search', arguments: {query: 'walnut'}});
  await server.answer('after');
  expect(await server.end()).toBe(0);
  expect(server.messages().map(({id}) => id)).toEqual(['before', 'after']);
});

test('alarms do not get onto stdout', async () => {
  await using own = await MemRig.create();
  await bake(own);
  await own.run(['ingest'], 'not an event\n');
  expect((await own.run(['search', 'walnut'])).stderr).toContain('there are new bad lines');
  const server = new RawServer(own);
  server.ask(1, 'tools/call', {name: 'mem_search', arguments: {query: 'walnut'}});
  await server.answer(1);
  expect(await server.end()).toBe(0);
  expect(server.messages()).toHaveLength(1);
});
