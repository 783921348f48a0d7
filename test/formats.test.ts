import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {ClassicLevel} from 'classic-level';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {anEvent, type MemRig} from './cli/mem-rig.js';
import {talks, withModel} from './cli/model-rig.js';
import {goodReply, ModelServer} from './summarizers/openai/model-server.js';

// The documents of the formats, held against a home in which as much as possible happened.

const PAGES = join(import.meta.dirname, '..', 'docs', 'design');
const storePage = readFileSync(join(PAGES, 'formats-store.md'), 'utf8');
const homePage = readFileSync(join(PAGES, 'formats.md'), 'utf8');

/** Sections of the page on the store by the prefix of the keys whose values they describe. */
const SECTIONS: Readonly<Record<string, string>> = {
  '!counters': 'Counters',
  '!header': 'Header',
  c: 'Commits',
  d: 'Session-days',
  f: 'Retries',
  g: 'Commits',
  j: 'Jobs',
  l: 'Ledger',
  n: 'Nodes',
  p: 'Pointers',
};
/** Their values have names that the page does not list. */
const NAMED_FREELY = ['counts'];
const VALUE_HEAD_BYTES = 5;

let server: ModelServer;
let mem: MemRig;
let stored: ReadonlyMap<string, Buffer>;

beforeAll(async () => {
  let failures = 0;
  // All three tries for the segment of the third of January: a fallback, and an entry of the retry list.
  server = await ModelServer.start((request) => {
    const isThird = request.prompt.citable.some(({text}) => text.includes('2024-01-03'));
    return isThird && failures++ < 3 ? {kind: 'error', status: 500, message: 'no'} : goodReply(request);
  });
  mem = await withModel(server);
  const ulid = '01HK153X00000000000000000A';
  await mem.ingest([
    ...talks(3),
    anEvent({at: '2024-02-01T10:00:00Z', text: 'an id of its own', event_id: ulid}),
    {session_id: 'one', role: 'user', text: 'no time', event_id: 'a source id'},
  ]);
  await mem.run(['ingest'], '{"session_id": 1}\nnot JSON\n');
  await mem.run(['rollup']);
  // The late event cuts its session-day in another way.
  await mem.ingest([anEvent({at: '2024-01-02T11:50:00Z', session: 'talk-2024-01-02', text: 'an event that came late'})]);
  await mem.run(['schedule', 'run', 'rollup-day', '--now']);
  await mem.run(['schedule', 'pause', 'compact', '--until', '2099-01-01']);
  await mem.run(['status']);
  await mem.run(['config', 'check']);
  stored = await readStore(join(mem.home, 'db'));
});

afterAll(async () => {
  await mem[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

async function readStore(folder: string): Promise<ReadonlyMap<string, Buffer>> {
  const db = new ClassicLevel<string, Buffer>(folder, {valueEncoding: 'buffer', createIfMissing: false});
  const all = new Map<string, Buffer>();
  for await (const [key, value] of db.iterator()) all.set(key, value.subarray(VALUE_HEAD_BYTES));
  await db.close();
  return all;
}

function section(title: string): string {
  const [, text = ''] = storePage.split(new RegExp(`^## ${title}$`, 'm'));
  return text.split(/^## /m)[0] ?? '';
}

function fieldsOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(fieldsOf);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [name, ...(NAMED_FREELY.includes(name) ? [] : fieldsOf(inner))]);
}

const prefixOf = (key: string): string => (/^[!~]/.test(key) ? key : key.charAt(0));

describe('docs/design/formats-store.md', () => {
  test('has every kind of key that a store holds', () => {
    const prefixes = [...new Set([...stored.keys()].map(prefixOf))];
    const rows = new Set([...storePage.matchAll(/^\| `([^`]+)`.* \|.* \|$/gm)].map(([, key]) => key));
    expect(prefixes.filter((prefix) => !rows.has(prefix))).toEqual([]);
    // So much happened that a page without them would show.
    expect(prefixes).toEqual(expect.arrayContaining(['!counters', '!header', 'a', 'c', 'd', 'e', 'f', 'j', 'l', 'n', 'p', 's', '~last']));
  });

  test.each(Object.entries(SECTIONS))('names every field of the values behind "%s", under "%s"', (prefix, title) => {
    const values = [...stored].filter(([key]) => prefixOf(key) === prefix).map(([, bytes]): unknown => JSON.parse(bytes.toString('utf8')));
    const text = section(title);
    expect(text).not.toBe('');
    const fields = [...new Set(values.flatMap(fieldsOf))];
    expect(fields.filter((field) => !text.includes(`\`${field}\``))).toEqual([]);
  });
});

describe('docs/design/formats.md', () => {
  test('names everything that lies in a home', () => {
    const names = readdirSync(mem.home).concat(readdirSync(join(mem.home, 'inbox')));
    expect(names).toEqual(expect.arrayContaining(['db', 'inbox', 'locks', 'journal', 'new', 'bad', 'status-seen']));
    expect(names.filter((name) => !homePage.includes(name))).toEqual([]);
  });

  test('names every field of a lock, of a bad line and of what an endpoint knows', () => {
    const lock = join(mem.home, 'locks', 'rollup');
    const bad = join(mem.home, 'inbox', 'bad');
    const texts = [
      ...readdirSync(lock).map((name) => readFileSync(join(lock, name), 'utf8')),
      ...readdirSync(bad).flatMap((name) => readFileSync(join(bad, name), 'utf8').trimEnd().split('\n')),
    ];
    const endpoints = join(mem.home, 'endpoints.json');
    const abilities: unknown[] = existsSync(endpoints) ? Object.values(JSON.parse(readFileSync(endpoints, 'utf8')) as object) : [];
    expect(abilities).not.toEqual([]);
    const fields = [...texts.map((text): unknown => JSON.parse(text)), ...abilities].flatMap(fieldsOf);
    expect(fields.filter((field) => !homePage.includes(`\`${field}\``))).toEqual([]);
  });
});
