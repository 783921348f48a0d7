import {appendFileSync, mkdirSync, mkdtempSync, rmSync, statSync, unlinkSync, utimesSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {noteReading, sourceNews} from '../../src/connect/source-watch.js';
import type {EpochMs} from '../../src/domain/event/event.js';

const MINUTE = 60_000;
const READ_AT = Date.parse('2026-03-10T09:00:00Z') as EpochMs;
const HOUR_BEFORE = READ_AT - 60 * MINUTE;

let folder: string;
let transcript: string;

function changedAt(path: string, at: number): void {
  utimesSync(path, at / 1000, at / 1000);
}

/** @param restedAt when the agent wrote last */
function read(restedAt = HOUR_BEFORE): void {
  changedAt(transcript, restedAt);
  changedAt(join(folder, 'sessions'), HOUR_BEFORE);
  const {dev, ino, size, mtimeMs} = statSync(transcript);
  const stamps = {[transcript]: {device: dev, inode: ino, size, mtimeMs}};
  noteReading(folder, 'codex', {readAt: READ_AT, paths: [transcript, join(folder, 'sessions')], stamps});
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mem-news-'));
  transcript = join(folder, 'sessions', 'one.jsonl');
  mkdirSync(join(folder, 'sessions'));
  writeFileSync(transcript, 'a\n');
});
afterEach(() => rmSync(folder, {recursive: true, force: true}));

function news({after = MINUTE, bell = undefined as number | undefined, connected = ['codex']} = {}) {
  const rungAt = (READ_AT + (bell ?? 0)) as EpochMs;
  const bells = () => (bell === undefined ? new Map() : new Map([['codex', {oldestAt: rungAt, newestAt: rungAt}]]));
  const found = sourceNews({home: folder, connected, bells, now: (READ_AT + after) as EpochMs});
  return found.map(({changed, hasNewFiles}) => [changed.map(({path}) => path), hasNewFiles]);
}

test('where nothing changed there is nothing', () => {
  read();
  expect(news()).toEqual([]);
});

test('a file that grew is news, whatever its time', () => {
  read();
  appendFileSync(transcript, 'b\n');
  changedAt(transcript, HOUR_BEFORE);
  expect(news()).toEqual([[[transcript], false]]);
});

test('a folder that changed may hold new files', () => {
  read();
  changedAt(join(folder, 'sessions'), READ_AT + MINUTE);
  expect(news()).toEqual([[[], true]]);
});

test('a file that was not at rest when it was read is news once it rests', () => {
  read(READ_AT - 2 * MINUTE);
  expect(news({after: 7 * MINUTE})).toEqual([]);
  expect(news({after: 8 * MINUTE})).toEqual([[[transcript], false]]);
});

test('a bell is news when it rang since, and again when its words are due', () => {
  read();
  expect(news({bell: 0, after: 5 * MINUTE})).toEqual([[[], false]]);
  expect(news({bell: -2 * MINUTE, after: 7 * MINUTE})).toEqual([]);
  expect(news({bell: -2 * MINUTE, after: 8 * MINUTE})).toEqual([[[], false]]);
});

test('a file that is gone is none', () => {
  read();
  unlinkSync(transcript);
  changedAt(join(folder, 'sessions'), HOUR_BEFORE);
  expect(news()).toEqual([]);
});

test('an agent that was never read, and one that is not connected, have none', () => {
  read();
  appendFileSync(transcript, 'b\n');
  expect(news({connected: ['claude-code']})).toEqual([]);
  expect(news({connected: []})).toEqual([]);
});

test('a stamp that is not that of the file alone is known by its time', () => {
  changedAt(transcript, READ_AT - 2 * MINUTE);
  changedAt(join(folder, 'sessions'), HOUR_BEFORE);
  const stamp = {device: 1, inode: 1, size: 99, mtimeMs: READ_AT};
  noteReading(folder, 'codex', {readAt: READ_AT, paths: [transcript], stamps: {[transcript]: stamp}});
  expect(news()).toEqual([]);
  changedAt(transcript, READ_AT + MINUTE);
  expect(news()).toEqual([[[], true]]);
});
