import {readdirSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {sync} from '../../../src/operations/sync/sync.js';
import {openHomeFiles} from '../../../src/sync/home-files.js';
import type {Peer} from '../../../src/sync/peer.js';
import {aLine, HomeRig} from '../../operations/home-rig.js';
import {FakeSsh} from './fake-ssh.js';

const CUT = 'run the command again: it goes on where it was cut';
const FACTS = "facts: () => say('M', {ok: {timeZone: 'UTC', key: 'k'.repeat(26), holdsEvents: true}})";
const aFile = (parts: object): string =>
  JSON.stringify({writer: 'abcdefgh1234', name: '2024-01-001.jsonl.gz', bytes: 100, digest: '0'.repeat(64), ...parts});
const lists = (file: string): string => `${FACTS}, list: () => say('M', {ok: {files: [${file}], refused: []}})`;
const OF_ANOTHER = 'nothing of that was taken; install the same mem there';

/** What a peer does, and how the sync ends. */
const PEERS: readonly (readonly [name: string, peer: (ssh: FakeSsh) => Peer, ending: Readonly<Record<string, unknown>>])[] = [
  [
    'cannot be reached',
    (ssh) => ssh.byShell('echo "ssh: connect to host desk port 22: Connection refused" >&2; exit 255'),
    {
      message: 'ssh://desk cannot be reached: ssh: connect to host desk port 22: Connection refused',
      hint: 'see whether the machine is on, and whether this works: ssh -o BatchMode=yes desk true',
    },
  ],
  [
    'has no mem',
    (ssh) => ssh.byShell('echo "sh: 1: mem: not found" >&2; exit 127'),
    {message: 'ssh://desk has no mem: sh: 1: mem: not found'},
  ],
  [
    'prints a greeting of its shell',
    (ssh) => ssh.byShell('printf "Welcome to \\033[2J the desk!\\n"; cat >/dev/null'),
    {message: 'what ssh://desk sends is not of mem sync --serve: "Welcome to \x1b[2J the desk!"'},
  ],
  ['prints a word and ends', (ssh) => ssh.byShell('printf hi'), {message: 'what ssh://desk sends is not of mem sync --serve: "hi"'}],
  ['ends at once', (ssh) => ssh.byShell('exit 0'), {message: 'the connection to ssh://desk was cut', hint: CUT}],
  ['ends in a frame', (ssh) => ssh.byShell('printf "M\\001\\000"'), {message: 'the connection to ssh://desk was cut', hint: CUT}],
  [
    'announces a frame of 4 GB',
    (ssh) => ssh.byShell('printf "M\\377\\377\\377\\377"; cat >/dev/null'),
    {message: expect.stringContaining('what ssh://desk sends is not of mem sync --serve')},
  ],
  [
    'is of another version',
    (ssh) => ssh.byNode("say('M', {ok: {mem: 'sync', version: 7}}); process.stdin.resume();"),
    {code: 'FORMAT_NEWER', message: 'mem at ssh://desk exchanges by version 7, this one by 1'},
  ],
  [
    'sends no JSON',
    (ssh) => ssh.byNode("say('M', Buffer.from('{')); process.stdin.resume();"),
    {message: 'ssh://desk sent a message that is not JSON'},
  ],
  [
    'fails by an error of its own',
    (ssh) => ssh.byNode("say('M', {error: {code: 'STORE_BUSY', message: 'it is busy', hint: 'wait'}}); process.stdin.resume();"),
    {code: 'STORE_BUSY', message: 'ssh://desk: it is busy', hint: 'there: wait'},
  ],
  [
    'names a file outside of the journal',
    (ssh) => ssh.byNode(`answer({${lists(aFile({writer: '..', name: '../../../etc/passwd'}))}});`),
    {message: 'ssh://desk sent the name of a file that is not of a journal', hint: OF_ANOTHER},
  ],
  [
    'has a key that is none',
    (ssh) => ssh.byNode("answer({facts: () => say('M', {ok: {timeZone: 'UTC', key: 'a\\nb', holdsEvents: true}})});"),
    {message: 'ssh://desk sent facts of a memory that make no sense'},
  ],
  [
    'sends more of a file than it announced',
    (ssh) =>
      ssh.byNode(
        `answer({${lists(aFile({}))}, read: () => { say('M', {ok: 0}); for (let n = 0; n < 9; n++) say('D', Buffer.alloc(50)); }});`,
      ),
    {message: 'ssh://desk sent more of a file than it announced'},
  ],
  [
    'sends bytes that have another hash',
    (ssh) =>
      ssh.byNode(
        `answer({${lists(aFile({}))}, read: () => { say('M', {ok: 0}); say('D', Buffer.alloc(100)); say('E', Buffer.alloc(0)); say('M', {ok: {digest: '0'}}); }});`,
      ),
    {message: 'ssh://desk sent bytes that do not have the hash which it says'},
  ],
  [
    'wants a file that it was not offered',
    (ssh) =>
      ssh.byNode(
        `answer({${FACTS}, list: () => say('M', {ok: {files: [], refused: []}}), choose: () => say('M', {ok: [{file: ${aFile({})}, from: 0, digest: ''}]})});`,
      ),
    {message: 'ssh://desk sent a wish for a file that it was not offered'},
  ],
];

test.each(PEERS)('a peer that %s is an error that says so, and the memory stays as it is', async (_name, peer, ending) => {
  using ssh = new FakeSsh();
  await using a = new HomeRig();
  await a.create('UTC');
  await a.ingest([aLine()]);
  const before = readdirSync(join(a.home, 'journal'));
  const other = peer(ssh);
  await expect(sync(other, {mem: a.mem, files: openHomeFiles(a.home), dryRun: false}).finally(() => other.close())).rejects.toMatchObject({
    code: 'SERVICE_AWAY',
    ...ending,
  });
  // What was begun of a file stays for the next time, in a folder that no journal reads as a file.
  expect(readdirSync(join(a.home, 'journal')).filter((name) => name !== 'abcdefgh1234')).toEqual(before);
  expect(a.mem.journal.list()).toMatchObject({files: [{}], refused: []});
});

test('a peer that sends another file than it listed is refused that file, and the sync goes on', async () => {
  using ssh = new FakeSsh();
  await using a = new HomeRig();
  await a.create('UTC');
  const other = ssh.byNode(
    `const {createHash} = require('node:crypto'); const bytes = Buffer.alloc(100);
answer({${lists(aFile({}))}, read: () => { say('M', {ok: 0}); say('D', bytes); say('E', Buffer.alloc(0)); say('M', {ok: {digest: createHash('sha256').update(bytes).digest('hex')}}); },
  choose: () => say('M', {ok: []}), adopt: () => say('M', {ok: null}), tidy: () => say('M', {ok: null}),
  settle: () => say('M', {ok: {events: 0, forgotten: 0, refused: []}})});`,
  );
  const report = await sync(other, {mem: a.mem, files: openHomeFiles(a.home), dryRun: false}).finally(() => other.close());
  expect(report.refused).toEqual([{path: 'ssh://desk/abcdefgh1234/2024-01-001.jsonl.gz', reason: 'it is not what was listed'}]);
});
