import {mkdtempSync, rmSync, unlinkSync, utimesSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {noteReading, sourceAlarms} from '../../src/connect/source-watch.js';
import type {EpochMs} from '../../src/domain/event/event.js';
import {ConnectorRig} from './connector-rig.js';

const HOUR = 3_600_000;
const READ_AT = Date.parse('2026-03-10T09:00:00Z') as EpochMs;

let home: string;
let transcript: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'mem-watch-'));
  transcript = join(home, 'transcript.jsonl');
  writeFileSync(transcript, '');
  noteReading(home, 'claude-code', {readAt: READ_AT, paths: [transcript], keepsDays: 30});
});
afterEach(() => rmSync(home, {recursive: true, force: true}));

function alarms(hoursLater: number, {changed = 1, connected = ['claude-code'], oldestBellAt = undefined as EpochMs | undefined} = {}) {
  const at = (READ_AT + changed * HOUR) / 1000;
  utimesSync(transcript, at, at);
  return sourceAlarms({home, connected, oldestBellAt, now: (READ_AT + hoursLater * HOUR) as EpochMs});
}

test('what was written since is an alarm after a day', () => {
  expect(alarms(24)).toEqual([]);
  expect(alarms(25)).toEqual(['what claude-code wrote since 2026-03-10 was not read; read it with: mem import']);
});

test('an agent that wrote nothing since is none', () => {
  expect(alarms(1000, {changed: -1})).toEqual([]);
});

test('an agent that is not connected is none', () => {
  expect(alarms(1000, {connected: []})).toEqual([]);
});

test('what the agent deletes within 14 days is said', () => {
  expect(alarms(16 * 24 + 1)).toEqual([
    'what claude-code wrote since 2026-03-10 was not read, and the agent deletes it from 2026-04-09 on; read it with: mem import',
  ]);
});

test('an agent that was connected and never read is an alarm', () => {
  expect(alarms(1, {connected: ['claude-code', 'codex']})).toEqual([
    'codex is connected, but nothing of it was read; read it with: mem import codex',
  ]);
});

test('a file that is gone is none', () => {
  unlinkSync(transcript);
  expect(sourceAlarms({home, connected: ['claude-code'], oldestBellAt: undefined, now: (READ_AT + 90 * HOUR) as EpochMs})).toEqual([]);
});

test('bells that nobody hears are an alarm after a day', () => {
  expect(alarms(24, {oldestBellAt: READ_AT})).toEqual([]);
  expect(alarms(25, {changed: -1, oldestBellAt: READ_AT})).toEqual([
    'what hooks said has waited for more than a day; take it in with: mem import',
  ]);
  expect(alarms(25, {connected: [], oldestBellAt: READ_AT})).toEqual([
    'what hooks said has waited for more than a day; take it in with: mem connect',
  ]);
});

test('a shim that is gone is an alarm', () => {
  using rig = new ConnectorRig();
  rig.connector().connect('claude-code');
  const facts = {home: rig.home, connected: [], oldestBellAt: undefined, now: READ_AT};
  expect(sourceAlarms(facts)).toEqual([]);
  unlinkSync(join(rig.home, 'mem-bell.sh'));
  expect(sourceAlarms(facts)).toEqual(['the hooks of claude-code run a file that is gone; write it with: mem connect claude-code']);
});

test('a note that is no JSON is as if there were none', () => {
  writeFileSync(join(home, 'read-sources.json'), '{');
  expect(alarms(1)).toEqual(['claude-code is connected, but nothing of it was read; read it with: mem import claude-code']);
});

// A full disk behind an import was told as a bug of mem.
test('a reading that cannot be remembered is told as what the system refused', () => {
  const noHome = join(transcript, 'home');
  expect(() => noteReading(noHome, 'claude-code', {readAt: READ_AT, paths: []})).toThrow(
    expect.objectContaining({
      code: 'NOT_WRITTEN',
      message: expect.stringContaining(`a file is in the way of ${join(noHome, 'read-sources.json')}`),
    }),
  );
});
