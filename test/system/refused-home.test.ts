import {chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {openInbox} from '../../src/inbox/folder-inbox.js';
import {openStoreGate} from '../../src/store/leveldb/gate.js';
import {asNobody} from '../as-nobody.js';
import {aBadLine, aRecord, T0} from '../inbox/inbox-rig.js';
import {A_HEADER} from '../store/leveldb/store-rig.js';

// Each of these ended as "a bug in mem", or said that it could not write when it could not read.
let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'mem-refused-'));
});
afterEach(() => {
  chmodSync(home, 0o700);
  rmSync(home, {recursive: true});
});

const inbox = () => openInbox({home, tz: 'UTC'});
const gate = () => openStoreGate(home);

describe('a home that may not be read', () => {
  const READS = {
    list: () => inbox().list(),
    countUpTo: () => inbox().countUpTo(1),
    facts: () => inbox().facts(),
    alarmFacts: () => inbox().alarmFacts(),
    noteStatusSeen: () => inbox().noteStatusSeen(T0),
    exists: () => gate().exists(),
    lostStore: () => gate().maintenance?.lostStore(),
    use: () => gate().use(0, async () => undefined),
  };
  test.each(Object.entries(READS))('is said to be so by %s', async (_, read) => {
    chmodSync(home, 0);
    await expect(asNobody(async () => read())).rejects.toMatchObject({
      code: 'NOT_WRITTEN',
      message: expect.stringMatching(/^cannot read the (inbox|store) at .*: permission denied \(EACCES\)$/),
      hint: 'fix the permissions, then run the command again',
    });
  });

  const WRITES = {
    write: () => inbox().write([aRecord('one')], T0),
    keepBad: () => inbox().keepBad([aBadLine()]),
    noteIgnoredCall: () => inbox().noteIgnoredCall(),
  };
  test.each(Object.entries(WRITES))('is said not to be written by %s', async (_, write) => {
    chmodSync(home, 0);
    await expect(asNobody(async () => write())).rejects.toMatchObject({
      code: 'NOT_WRITTEN',
      message: expect.stringMatching(/^cannot write the inbox at .*: permission denied \(EACCES\)$/),
    });
  });
});

test('a file where the home should be is named, with where the name comes from', async () => {
  const file = join(home, 'file');
  writeFileSync(file, '');
  const at = {inbox: openInbox({home: file, tz: 'UTC'}), gate: openStoreGate(file)};
  const calls = [
    () => at.inbox.list(),
    () => at.inbox.countUpTo(1),
    () => at.inbox.facts(),
    () => at.inbox.alarmFacts(),
    () => at.inbox.noteStatusSeen(T0),
    () => at.inbox.write([aRecord('one')], T0),
    () => at.inbox.noteIgnoredCall(),
    () => at.gate.exists(),
    () => at.gate.maintenance?.lostStore(),
    () => at.gate.use(0, async () => undefined),
    () => at.gate.create(A_HEADER),
  ];
  for (const call of calls) {
    await expect(Promise.resolve().then(call), String(call)).rejects.toMatchObject({
      code: 'NOT_WRITTEN',
      message: expect.stringMatching(/^a file is in the way of the (inbox|store) at .*\/file\/.* \(E(NOTDIR|EXIST)\)$/),
      hint: expect.stringContaining('MEM_HOME'),
    });
  }
});

test('a store in a folder that may not be looked into is no lost one', async () => {
  await gate().create(A_HEADER);
  mkdirSync(join(home, 'inbox'), {recursive: true});
  chmodSync(home, 0);
  await expect(asNobody(async () => gate().maintenance?.lostStore())).rejects.toMatchObject({code: 'NOT_WRITTEN'});
});
