import {mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import type {RejectedLine} from '../../../src/domain/event/parse/rejection.js';
import {ignoreInput} from '../../../src/operations/ingest/ignore-input.js';
import {ingest} from '../../../src/operations/ingest/ingest.js';
import {inputSource} from '../../../src/system/input.js';
import {aLine, IngestRig, pipeOf} from './ingest-rig.js';

test('good lines are acknowledged in one file of the inbox, and no store is touched', async () => {
  using rig = new IngestRig();
  const result = await rig.ingest(`${aLine({text: 'one'})}\n\r\n${aLine({text: 'two'}).trimEnd()}`);
  expect(result).toEqual({
    accepted: 2,
    stored: 0,
    duplicates: 0,
    drainedElsewhere: 0,
    queued: 2,
    rejectedCount: 0,
    rejected: [],
    problems: [],
    isCutShort: false,
    drainProblem: undefined,
  });
  expect(readdirSync(rig.home)).toEqual(['inbox']);
  expect(rig.mem.inbox.list().length).toBe(1);
  expect(rig.drainsLoaded).toBe(0);
  expect(await rig.texts()).toEqual(['one', 'two']);
});

test('empty input is no error and leaves nothing', async () => {
  using rig = new IngestRig();
  expect(await rig.ingest('\n \r\n')).toMatchObject({accepted: 0, rejectedCount: 0});
  expect(readdirSync(rig.home)).toEqual([]);
  expect(await rig.ingest('', {drain: true})).toMatchObject({accepted: 0, drainProblem: undefined});
  expect(readdirSync(rig.home)).toEqual([]);
});

test('bad lines are reported by number, kept, and stop none of the others', async () => {
  using rig = new IngestRig();
  const seen: RejectedLine[] = [];
  const result = await rig.ingest(`hello\n\n${aLine({text: 'kept'})}{"role":"user"}\n`, {onRejected: (line) => seen.push(line)});
  expect(result).toMatchObject({accepted: 1, rejectedCount: 2});
  expect(result.rejected.map(({file, line, code}) => [file, line, code])).toEqual([
    ['-', 1, 'LINE_NOT_JSON'],
    ['-', 4, 'FIELD_MISSING'],
  ]);
  expect(seen).toEqual(result.rejected);
  expect(rig.mem.inbox.facts()).toMatchObject({badLines: 2, hasUnseenBad: true});
  expect(await rig.texts()).toEqual(['kept']);
});

test('thousands of bad lines are counted and told one by one, and listed no further than the twentieth', async () => {
  using rig = new IngestRig();
  let told = 0;
  const result = await rig.ingest('bad\n'.repeat(5_000), {onRejected: () => told++});
  expect([result.rejectedCount, result.rejected.length, told]).toEqual([5_000, 20, 5_000]);
  expect(rig.mem.inbox.facts().badLines).toBe(5_000);
});

test('of a line over 16 MiB the first 64 KiB and the size are kept, and the next line is read', async () => {
  using rig = new IngestRig();
  const result = await rig.ingest(`{"text":"${'x'.repeat(16 * 1024 * 1024)}"}\n${aLine({text: 'next'})}`);
  expect(result.rejected.map(({code, line, bytes, raw}) => [code, line, bytes, raw.length])).toEqual([
    ['LINE_TOO_LONG', 1, 16_777_227, 65_536],
  ]);
  expect(await rig.texts()).toEqual(['next']);
});

test('lines without a time that come together keep their order', async () => {
  using rig = new IngestRig();
  const lines = Array.from({length: 30}, (_, at) =>
    aLine({timestamp: undefined, role: at % 2 === 0 ? 'user' : 'assistant', text: String(at)}),
  );
  await rig.ingest(lines.join(''));
  const events = await rig.events();
  expect(events.map((event) => event.text)).toEqual(lines.map((_, at) => String(at)));
  expect(events[0]?.time).toBe(rig.now);
});

test('what came is acknowledged while the pipe is still open', async () => {
  using rig = new IngestRig();
  let closePipe = (): void => undefined;
  const closed = new Promise<void>((resolve) => {
    closePipe = resolve;
  });
  const running = rig.ingest(pipeOf(aLine({text: 'early'}), closed, aLine({text: 'late', seq: 1})));
  await expect.poll(() => rig.mem.inbox.countUpTo(9)).toBe(1);
  closePipe();
  expect(await running).toMatchObject({accepted: 2, queued: 2});
  expect(rig.mem.inbox.countUpTo(9)).toBe(2);
  expect(await rig.texts()).toEqual(['early', 'late']);
});

describe('files', () => {
  test('are read one after the other, and one that cannot be read is named after the good ones are in', async () => {
    using rig = new IngestRig();
    const path = (name: string) => join(rig.home, name);
    writeFileSync(path('a.jsonl'), aLine({text: 'a'}));
    writeFileSync(path('b.jsonl'), `bad\n${aLine({text: 'b'})}`);
    mkdirSync(path('folder'));
    const result = await rig.ingest(['none.jsonl', 'a.jsonl', 'folder', 'b.jsonl'].map((name) => inputSource(path(name))));
    expect(result.accepted).toBe(2);
    expect(result.rejected.map(({file, line}) => [file, line])).toEqual([[path('b.jsonl'), 1]]);
    expect(result.problems.map(({code, message}) => [code, message])).toEqual([
      ['NO_INPUT', `the file ${path('none.jsonl')} does not exist`],
      ['NO_INPUT', `${path('folder')} is a folder, not a file`],
    ]);
  });

  test('imported again change nothing', async () => {
    using rig = new IngestRig();
    const file = aLine({text: 'one'}) + aLine({text: 'two', event_id: 'x'}) + aLine({text: 'three', event_id: 'y', timestamp: undefined});
    expect(await rig.ingest(file, {drain: true})).toMatchObject({accepted: 3, stored: 3, duplicates: 0, queued: 0});
    rig.now = (rig.now + 1_000) as typeof rig.now;
    expect(await rig.ingest(file + file, {drain: true})).toMatchObject({accepted: 6, stored: 0, duplicates: 6, queued: 0});
    expect((await rig.texts()).length).toBe(3);
  });
});

describe('draining', () => {
  test("is done when asked, and the store is made with the writer's zone", async () => {
    using rig = new IngestRig('Asia/Tokyo');
    expect(await rig.ingest(aLine(), {drain: true})).toMatchObject({accepted: 1, stored: 1, queued: 0});
    expect(await rig.mem.store.use(0, async (store) => [store.header.timeZone, store.header.alarm])).toEqual(['Asia/Tokyo', '']);
  });

  test("counts only this call's own events", async () => {
    using rig = new IngestRig();
    await rig.ingest(aLine({text: 'other call'}));
    expect(await rig.ingest(aLine({text: 'mine'}), {drain: true})).toMatchObject({accepted: 1, stored: 1, duplicates: 0});
    expect(rig.mem.inbox.countUpTo(9)).toBe(0);
  });

  test('is done beside the reading from 1 MiB on, until the inbox is empty', async () => {
    using rig = new IngestRig();
    const lines = Array.from({length: 12_000}, (_, at) => aLine({text: 'x'.repeat(1_000), seq: at}));
    expect(await rig.ingest(lines.join(''))).toMatchObject({accepted: 12_000, stored: 12_000, queued: 0});
    expect(rig.mem.inbox.countUpTo(1)).toBe(0);
  });

  test('is one batch, unasked, when 256 files lie there', async () => {
    using rig = new IngestRig();
    for (let at = 0; at < 255; at++) await rig.ingest(aLine({seq: at}));
    expect(rig.drainsLoaded).toBe(0);
    expect(rig.mem.inbox.countUpTo(1_000)).toBe(255);
    expect(await rig.ingest(aLine({seq: 255}))).toMatchObject({stored: 1});
    expect(rig.mem.inbox.countUpTo(1_000)).toBe(0);
  });

  test('is left to others when the store is busy: the events are queued', async () => {
    using rig = new IngestRig();
    await rig.ingest(aLine({text: 'first'}), {drain: true});
    const deps = {...rig.deps, loadDrain: async () => async () => 'busy' as const};
    expect(await ingest([pipeOf(aLine({text: 'second'}))], deps, {drain: true})).toMatchObject({
      accepted: 1,
      queued: 1,
      drainProblem: undefined,
    });
  });

  test('that fails is a note and no failure', async () => {
    using rig = new IngestRig();
    const failure = new Error('the store is damaged');
    const deps = {...rig.deps, loadDrain: () => Promise.reject(failure)};
    expect(await ingest([pipeOf(aLine())], deps, {drain: true})).toMatchObject({accepted: 1, queued: 1, drainProblem: failure});
  });
});

test('a second event under a ULID that is taken is kept as a conflict', async () => {
  using rig = new IngestRig();
  const id = '01HM5TZZ00ABCDEFGHJKMNPQRS';
  await rig.ingest(aLine({event_id: id, text: 'first'}), {drain: true});
  const result = await rig.ingest(aLine({event_id: id, text: 'second'}) + aLine({event_id: id, text: 'first'}), {drain: true});
  expect(result).toMatchObject({accepted: 2, stored: 0, duplicates: 1, queued: 0, rejectedCount: 1});
  expect(result.rejected[0]).toMatchObject({code: 'ID_CONFLICT', line: 1});
  expect(await rig.texts()).toEqual(['first']);
  const [name = ''] = readdirSync(join(rig.home, 'inbox', 'bad'));
  const kept = JSON.parse(readFileSync(join(rig.home, 'inbox', 'bad', name), 'utf8'));
  expect(kept).toMatchObject({code: 'ID_CONFLICT', reason: `id-conflict: has the id ${id} of another event`});
  expect(JSON.parse(kept.text)).toMatchObject({event_id: id, text: 'second'});
});

test('a call that mem itself caused is read to its end, counted and forgotten', async () => {
  using rig = new IngestRig();
  await ignoreInput([pipeOf(aLine(), aLine())], rig.mem.inbox);
  expect(rig.mem.inbox.facts()).toMatchObject({ignoredCalls: 1, waitingFiles: 0});
});
