import {existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, utimesSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {crc32} from 'node:zlib';
import {describe, expect, test} from 'vitest';
import {openInbox} from '../../src/inbox/folder-inbox.js';
import {encodeFile, FILE_FORMAT} from '../../src/inbox/inbox-file.js';
import {hostFacts} from '../../src/system/host.js';
import {aBadLine, aRecord, HOUR, later, T0, temporaryFolder} from './inbox-rig.js';

const inboxAt = (home: string, tz = 'Europe/Berlin') => openInbox({home, tz});
const age = (path: string, hours: number) => utimesSync(path, (T0 - hours * HOUR) / 1000, (T0 - hours * HOUR) / 1000);

describe('writing', () => {
  test("makes a file that is read back, in folders that are nobody else's business", () => {
    using folder = temporaryFolder();
    const home = join(folder.path, 'a', 'b');
    const inbox = inboxAt(home);
    const records = [aRecord('one'), aRecord('two')];
    const name = inbox.write(records, T0);
    expect(inbox.list()).toEqual([{name, writtenAt: T0}]);
    expect(inbox.read(name)).toMatchObject({kind: 'read', records, damaged: []});
    expect(readdirSync(join(home, 'inbox', 'new'))).toEqual([name]);
    for (const path of [home, join(home, 'inbox'), join(home, 'inbox', 'new')]) expect(statSync(path).mode & 0o777, path).toBe(0o700);
    expect(statSync(join(home, 'inbox', 'new', name)).mode & 0o777).toBe(0o600);
  });

  test("keeps the writer's time zone with its first file", () => {
    using folder = temporaryFolder();
    inboxAt(folder.path, ':Asia/Tokyo').write([aRecord('second')], later(1));
    inboxAt(folder.path, '/usr/share/zoneinfo/posix/America/Lima').write([aRecord('first')], T0);
    expect(inboxAt(folder.path).oldestTimeZone()).toBe('America/Lima');
  });

  test('fails with NOT_WRITTEN where it may not write, and leaves nothing behind', () => {
    using folder = temporaryFolder();
    // A file where a folder must be: root may write everywhere, so a mode would stop nobody in a container.
    writeFileSync(join(folder.path, 'inbox'), '');
    expect(() => inboxAt(folder.path).write([aRecord('one')], T0)).toThrow(/^a file is in the way of the inbox at .*new \(ENOTDIR\)$/);
    expect(readdirSync(folder.path)).toEqual(['inbox']);
  });
});

test('an inbox that was never used is empty, and looking at it makes nothing', () => {
  using folder = temporaryFolder();
  const inbox = inboxAt(folder.path);
  expect(inbox.list()).toEqual([]);
  expect(inbox.countUpTo(256)).toBe(0);
  expect(inbox.oldestTimeZone()).toBe(undefined);
  inbox.noteStatusSeen(T0);
  expect(inbox.facts()).toEqual({
    waitingFiles: 0,
    waitingBytes: 0,
    oldestAt: undefined,
    newerFormatFiles: 0,
    badLines: 0,
    badBytes: 0,
    newestBadAt: undefined,
    hasUnseenBad: false,
    badLinesDropped: 0,
    otherHosts: [],
    ignoredCalls: 0,
  });
  expect(readdirSync(folder.path)).toEqual([]);
});

test('counting stops at the limit', () => {
  using folder = temporaryFolder();
  const inbox = inboxAt(folder.path);
  for (let at = 0; at < 5; at++) inbox.write([aRecord(String(at))], later(at));
  expect([inbox.countUpTo(3), inbox.countUpTo(5), inbox.countUpTo(9)]).toEqual([3, 5, 5]);
});

test('what is no file of ours is not listed, and one that cannot be read is left alone', () => {
  using folder = temporaryFolder();
  const inbox = inboxAt(folder.path);
  const name = inbox.write([aRecord('one')], T0);
  const waiting = join(folder.path, 'inbox', 'new');
  writeFileSync(join(waiting, 'notes.txt'), '');
  writeFileSync(join(waiting, '.01HM5TZZ00ABCDEFGHJKMNPQRS.1.tmp'), '');
  mkdirSync(join(waiting, '01HM5TZZ00ABCDEFGHJKMNPQRA.ev'));
  symlinkSync(join(waiting, name), join(waiting, '01HM5TZZ00ABCDEFGHJKMNPQRB.ev'));
  expect(inbox.list().map((file) => file.name)).toEqual(['01HM5TZZ00ABCDEFGHJKMNPQRA.ev', '01HM5TZZ00ABCDEFGHJKMNPQRB.ev', name].sort());
  expect(inbox.read('01HM5TZZ00ABCDEFGHJKMNPQRA.ev')).toEqual({kind: 'unreadable'});
  expect(inbox.read('01HM5TZZ00ABCDEFGHJKMNPQRB.ev')).toEqual({kind: 'unreadable'});
});

test('drained files are gone, and one that is gone already is no error', () => {
  using folder = temporaryFolder();
  const inbox = inboxAt(folder.path);
  const [first, second] = [inbox.write([aRecord('one')], T0), inbox.write([aRecord('two')], later(1))];
  inbox.remove([first, '01HM5TZZ00ABCDEFGHJKMNPQRS.ev'], T0);
  expect(readdirSync(join(folder.path, 'inbox', 'new'))).toEqual([second]);
});

test('drained files that an older mem kept are counted and go when asked, and nothing else with them', () => {
  using folder = temporaryFolder();
  const inbox = inboxAt(folder.path);
  expect([inbox.oldFiles(), inbox.removeOldFiles()]).toEqual([
    {files: 0, bytes: 0},
    {files: 0, bytes: 0},
  ]);
  const done = join(folder.path, 'inbox', 'done');
  for (const month of ['2024-01', '2024-02', 'of mine']) mkdirSync(join(done, month), {recursive: true});
  writeFileSync(join(done, '2024-01', 'a.ev'), 'four');
  writeFileSync(join(done, '2024-02', 'b.ev'), 'sixsix');
  writeFileSync(join(done, '2024-02', 'notes.txt'), '');
  expect(inbox.oldFiles()).toEqual({files: 2, bytes: 10});
  expect(inbox.removeOldFiles()).toEqual({files: 2, bytes: 10});
  expect(readdirSync(done).sort()).toEqual(['2024-02', 'of mine']);
  expect(readdirSync(join(done, '2024-02'))).toEqual(['notes.txt']);
});

describe('bad lines', () => {
  const badFiles = (home: string) => readdirSync(join(home, 'inbox', 'bad'));

  test('are kept as they came, also where they are no UTF-8', () => {
    using folder = temporaryFolder();
    inboxAt(folder.path).keepBad([aBadLine(), aBadLine({line: 2, raw: Buffer.from([0xff]), bytes: 99})]);
    const [name = ''] = badFiles(folder.path);
    expect(name).toMatch(/^[0-9a-f]{32}-2\.jsonl$/);
    expect(readFileSync(join(folder.path, 'inbox', 'bad', name), 'utf8')).toBe(
      '{"code":"LINE_NOT_JSON","reason":"is not JSON","file":"-","line":1,"bytes":5,"text":"hello"}\n' +
        '{"code":"LINE_NOT_JSON","reason":"is not JSON","file":"-","line":2,"bytes":99,"base64":"/w=="}\n',
    );
  });

  test('that come again are kept once, and are new again', () => {
    using folder = temporaryFolder();
    const inbox = inboxAt(folder.path);
    inbox.keepBad([aBadLine()]);
    const {newestBadAt = T0} = inbox.facts();
    expect(inbox.alarmFacts().hasUnseenBad).toBe(true);
    inbox.noteStatusSeen(newestBadAt);
    expect(inbox.alarmFacts().hasUnseenBad).toBe(false);
    inbox.keepBad([aBadLine()]);
    const [name = '', ...others] = badFiles(folder.path);
    expect(others).toEqual([]);
    utimesSync(join(folder.path, 'inbox', 'bad', name), newestBadAt / 1000 + 5, newestBadAt / 1000 + 5);
    expect(inbox.facts()).toMatchObject({badLines: 1, hasUnseenBad: true});
  });

  test('go, the oldest first and counted, when there are too many', () => {
    using folder = temporaryFolder();
    const inbox = openInbox({home: folder.path, tz: 'UTC', badLimit: 400});
    for (const [index, text] of ['a', 'b', 'c'].entries()) {
      inbox.keepBad([aBadLine({raw: Buffer.from(text.repeat(50))}), aBadLine({line: 2})]);
      for (const name of badFiles(folder.path)) {
        const path = join(folder.path, 'inbox', 'bad', name);
        if (readFileSync(path, 'utf8').includes(text.repeat(50))) age(path, 10 - index);
      }
    }
    expect(inbox.facts()).toMatchObject({badLines: 2, badLinesDropped: 4});
    expect(readFileSync(join(folder.path, 'inbox', 'bad', badFiles(folder.path)[0] ?? ''), 'utf8')).toContain('ccc');
  });
});

describe('a temporary file', () => {
  const me = () => {
    const {host, bootId, pid, pidNamespace} = hostFacts();
    return {zone: 'UTC', host, boot: bootId, pid, pids: pidNamespace};
  };
  // Linux gives out no pid above 2^22.
  const dead = 2 ** 22 + 1;
  test.each<[string, () => Buffer, number, boolean]>([
    ['of a dead process, an hour old', () => encodeFile([aRecord('x')], {...me(), pid: dead}), 1.01, true],
    ['of a dead process, younger', () => encodeFile([aRecord('x')], {...me(), pid: dead}), 0.99, false],
    ['of a living process', () => encodeFile([aRecord('x')], me()), 5, false],
    ['of another host', () => encodeFile([aRecord('x')], {...me(), pid: dead, host: 'elsewhere'}), 500, false],
    ['of another pid namespace', () => encodeFile([aRecord('x')], {...me(), pid: dead, pids: 'pid:[0]'}), 5, false],
    ['without a whole header, 36 hours old', () => Buffer.from('mem'), 36.1, true],
    ['without a whole header, younger', () => Buffer.from('mem'), 35.9, false],
  ])('%s', (_, content, hours, isSwept) => {
    using folder = temporaryFolder();
    const inbox = inboxAt(folder.path);
    inbox.write([aRecord('one')], T0);
    const path = join(folder.path, 'inbox', 'new', '.01HM5TZZ00ABCDEFGHJKMNPQRS.1.tmp');
    writeFileSync(path, content());
    age(path, hours);
    expect([inbox.sweep(T0), existsSync(path)]).toEqual([isSwept ? 1 : 0, !isSwept]);
    expect(inbox.list().length).toBe(1);
  });
});

test('a file of a newer format is counted and stays', () => {
  using folder = temporaryFolder();
  const inbox = inboxAt(folder.path);
  const name = inbox.write([aRecord('one')], T0);
  const path = join(folder.path, 'inbox', 'new', name);
  const bytes = readFileSync(path);
  bytes.writeUInt16BE(FILE_FORMAT + 1, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(0, 28)), 28);
  writeFileSync(path, bytes);
  expect(inbox.facts().newerFormatFiles).toBe(1);
  expect(inbox.read(name)).toEqual({kind: 'newer-format'});
});

test('ignored calls are counted', () => {
  using folder = temporaryFolder();
  const inbox = inboxAt(folder.path);
  inbox.write([aRecord('one')], T0);
  inbox.noteIgnoredCall();
  inbox.noteIgnoredCall();
  expect(inbox.facts().ignoredCalls).toBe(2);
});

test('another machine that wrote into the inbox is named, before and after its file is drained', () => {
  using folder = temporaryFolder();
  const inbox = inboxAt(folder.path);
  inbox.write([aRecord('ours')], T0);
  expect(inbox.facts().otherHosts).toEqual([]);
  const name = '01HM5TZZ000000000000000000.ev';
  const theirs = encodeFile([aRecord('theirs')], {zone: 'UTC', host: 'laptop', boot: 'b', pid: 1, pids: ''});
  writeFileSync(join(folder.path, 'inbox', 'new', name), theirs);
  expect(inbox.facts().otherHosts).toEqual(['laptop']);
  // As a drain does, in a process that goes.
  inbox.read(name);
  inbox.remove([name], T0);
  expect(inboxAt(folder.path).facts(later(30 * 24 * HOUR - 1)).otherHosts).toEqual(['laptop']);
  expect(inboxAt(folder.path).facts(later(30 * 24 * HOUR)).otherHosts).toEqual([]);
});
