import fc from 'fast-check';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {MemRig} from '../cli/mem-rig.js';
import {bake, RawServer, requestLine} from './mcp-rig.js';

const isProofs = process.env['MEM_PROOFS'] === '1';
const LINES = isProofs ? 10_000 : 400;
const MOST_LINE_BYTES = 16 * 1024 * 1024;

let rig: MemRig;

beforeAll(async () => {
  rig = await MemRig.create();
  await bake(rig);
});
afterAll(() => rig[Symbol.asyncDispose]());

const REQUESTS = [
  requestLine(1, 'server/discover'),
  requestLine(2, 'tools/list'),
  requestLine(3, 'tools/call', {name: 'mem_search', arguments: {query: 'walnut', limit: 3}}),
  requestLine(4, 'tools/call', {name: 'mem_recall', arguments: {query: 'walnut cake', budget: 300}}),
  requestLine(5, 'tools/call', {name: 'mem_read', arguments: {id: '2024-01-10', depth: 2}}),
  '{"jsonrpc":"2.0","id":6,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"x","version":"1"}}}',
  '{"jsonrpc":"2.0","id":7,"method":"tools/list"}',
  '{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":3}}',
];
const PIECES = [
  '"',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '\\',
  '\\u0000',
  '\0',
  '\r',
  '\u2028',
  '𝄞',
  '\ud800',
  'null',
  '-1e999',
  '[[[[',
  '{}',
  '"id":',
  '1',
];

/** A request with some characters cut out, doubled, or replaced. */
const cutLine = fc
  .tuple(
    fc.constantFrom(...REQUESTS),
    fc.array(fc.tuple(fc.double({min: 0, max: 1, noNaN: true}), fc.integer({min: 0, max: 12}), fc.constantFrom('', ...PIECES)), {
      minLength: 1,
      maxLength: 4,
    }),
  )
  .map(([line, edits]) =>
    edits.reduce((text, [place, cut, piece]) => {
      const at = Math.floor(place * text.length);
      return text.slice(0, at) + piece + text.slice(at + cut);
    }, line),
  );
/** A request, still JSON, with a value somewhere in it replaced by any other. */
const wrongValue = fc.tuple(fc.constantFrom(...REQUESTS), fc.nat(), fc.jsonValue()).map(([line, place, value]) => {
  const request: unknown = JSON.parse(line);
  const places: [Record<string, unknown>, string][] = [];
  const visit = (object: Record<string, unknown>): void => {
    for (const [key, inner] of Object.entries(object)) {
      places.push([object, key]);
      if (typeof inner === 'object' && inner !== null) visit(inner as Record<string, unknown>);
    }
  };
  visit(request as Record<string, unknown>);
  const [object, key] = places[place % places.length] ?? [{}, ''];
  object[key] = value;
  return JSON.stringify(request);
});
const mutatedLine = fc.oneof(cutLine, wrongValue);

test(`${LINES} mutated lines neither end it nor put anything but messages on stdout`, async () => {
  const seed = isProofs ? Date.now() % 1e9 : 13;
  const lines = fc.sample(mutatedLine, {numRuns: LINES, seed});
  const server = new RawServer(rig);
  // The first message decides on the revision.
  server.ask('first', 'server/discover');
  await server.answer('first');
  for (const line of lines) server.write(`${line}\n`);
  server.ask('last', 'tools/call', {name: 'mem_search', arguments: {query: 'walnut'}});
  const last = await server.answer('last');
  expect(JSON.stringify(last.result), `seed ${seed}`).toContain('walnut cake');
  expect(await server.end(), `seed ${seed}`).toBe(0);
  expect(server.messages().length, `seed ${seed}`).toBeGreaterThan(LINES / 10);
});

test.each(['nonsense', '{"jsonrpc":"2.0","id":1}', '[]', '\0', '{"jsonrpc":"2.0","id":null,"method":"tools/list"}', ''])(
  'a first line %j does not keep it from the next',
  async (line) => {
    const server = new RawServer(rig);
    server.write(`${line}\n`);
    server.ask('next', 'tools/list');
    expect((await server.answer('next')).result?.['tools']).toHaveLength(3);
    expect(await server.end()).toBe(0);
  },
);

test('a line over 16 MiB is refused, and the next one answered', async () => {
  const server = new RawServer(rig);
  server.ask('first', 'server/discover');
  server.write(`${requestLine('long', 'tools/call', {name: 'mem_search', arguments: {query: 'x'.repeat(MOST_LINE_BYTES)}})}\n`);
  server.ask('next', 'tools/list');
  expect((await server.answer('next')).result?.['tools']).toHaveLength(3);
  expect(await server.end()).toBe(0);
  expect(server.messages().filter(({error}) => error !== undefined)).toEqual([
    {jsonrpc: '2.0', id: null, error: {code: -32700, message: `the line is longer than ${MOST_LINE_BYTES} bytes`}},
  ]);
});

test('a line of 15 MiB is read, and its argument refused', async () => {
  const server = new RawServer(rig);
  server.ask('long', 'tools/call', {name: 'mem_search', arguments: {query: 'x'.repeat(15 * 1024 * 1024)}});
  expect((await server.answer('long')).result).toMatchObject({isError: true});
  expect(await server.end()).toBe(0);
});

test('a request in many small pieces is one', async () => {
  const server = new RawServer(rig);
  const line = Buffer.from(`${requestLine('pieces', 'tools/call', {name: 'mem_search', arguments: {query: 'wälnut 𝄞 walnut'}})}\n`);
  for (const byte of line) {
    server.write(Buffer.from([byte]));
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect((await server.answer('pieces')).result).toBeDefined();
  expect(await server.end()).toBe(0);
});
