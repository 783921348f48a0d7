import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {PassThrough} from 'node:stream';
import {expect, test} from 'vitest';
import {serveMemory} from '../../../src/operations/sync/serve-memory.js';
import {openHomeFiles} from '../../../src/sync/home-files.js';
import {servePeer} from '../../../src/sync/wire/serve-peer.js';
import {aLine, HomeRig} from '../../operations/home-rig.js';

function frame(kind: string, value: unknown): Buffer {
  const body = Buffer.isBuffer(value) ? value : Buffer.from(JSON.stringify(value));
  const head = Buffer.alloc(5);
  head.write(kind);
  head.writeUInt32LE(body.length, 1);
  return Buffer.concat([head, body]);
}

const HELLO = frame('M', {mem: 'sync', version: 1});
const A_FILE = {writer: 'abcdefgh1234', name: '2024-01-001.jsonl.gz', bytes: 100, digest: '0'.repeat(64)};
const ask = (what: string, parts: object = {}): Buffer => frame('M', {ask: what, ...parts});

/** What one sends, and how mem ends. */
const CLIENTS: readonly (readonly [name: string, sent: readonly Buffer[], message: string])[] = [
  [
    'sends a line of text',
    [Buffer.from('GET / HTTP/1.1\r\n\r\n')],
    'what the other side sends is not of mem sync --serve: "GET / HTTP/1.1"',
  ],
  ['asks before it greets', [ask('facts')], 'the other side sent no greeting of mem'],
  ['is of another version', [frame('M', {mem: 'sync', version: 2})], 'this mem exchanges by version 1, not 2'],
  ['asks for what there is not', [HELLO, ask('delete')], 'the other side sent a question that this mem does not know'],
  [
    'reads a file outside of the journal',
    [HELLO, ask('read', {wanted: {file: {...A_FILE, writer: '../..', name: 'redact-key'}, from: 0, digest: ''}})],
    'the other side sent the name of a file that is not of a journal',
  ],
  [
    'writes a file outside of the journal',
    [HELLO, ask('write', {file: {...A_FILE, writer: 'abcdefgh1234/../..'}, from: 0})],
    'the other side sent the name of a file that is not of a journal',
  ],
  [
    'writes more than it announced',
    [HELLO, ask('write', {file: A_FILE, from: 0}), frame('D', Buffer.alloc(101))],
    'the other side sent more of a file than it announced',
  ],
  [
    'gives another key to a memory that holds events',
    [HELLO, ask('adopt', {facts: {timeZone: 'Asia/Tokyo', key: 'k'.repeat(26), holdsEvents: true}})],
    'a memory that holds events keeps its time zone and its key',
  ],
];

test.each(CLIENTS)('whoever %s is told, and nothing is changed', async (_name, sent, message) => {
  await using a = new HomeRig();
  await a.create('UTC');
  await a.ingest([aLine()]);
  const [input, output] = [new PassThrough(), new PassThrough()];
  for (const bytes of sent) input.write(bytes);
  const answers: Buffer[] = [];
  output.on('data', (chunk: Buffer) => answers.push(chunk));
  await expect(servePeer({input, output}, async () => serveMemory({mem: a.mem, files: openHomeFiles(a.home)}))).rejects.toThrow(message);
  expect(Buffer.concat(answers).toString()).toContain(JSON.stringify(message).slice(1, -1));
  expect(existsSync(join(a.home, 'journal', 'abcdefgh1234', A_FILE.name))).toBe(false);
  expect(a.mem.journal.list().files).toHaveLength(1);
  expect(a.mem.locks.holder('sync')).toBeUndefined();
});

test('whoever leaves between two questions ends the exchange well', async () => {
  await using a = new HomeRig();
  const [input, output] = [new PassThrough(), new PassThrough()];
  input.end(Buffer.concat([HELLO, ask('facts')]));
  await servePeer({input, output}, async () => serveMemory({mem: a.mem, files: openHomeFiles(a.home)}));
  expect(output.read()?.toString()).toContain('"holdsEvents":false');
});
