import {appendFileSync, closeSync, openSync, rmSync, truncateSync, writeSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {isThinking} from '../../src/domain/event/thinking.js';
import type {Source, SourceCursor, SourceEvent} from '../../src/sources/source.js';
import {testHalfWritten} from './half-written.js';
import {memoryInUse} from './memory-in-use.js';
import {identitiesOf, SourceRig} from './source-rig.js';

const MB = 1024 * 1024;

/** A small conversation as an agent keeps it, made for the laws. */
export interface SourceFixture {
  /** What lies in the account's home, by path below it. */
  readonly files: Readonly<Record<string, string | Buffer>>;
  /** What all of it says, in the order of files and lines: `type/role: text`; what is only thought is `thinking`. */
  readonly says: readonly string[];
  /** One of the files, of JSON Lines, to which the agent appends. Undefined for an agent without such files. */
  readonly growing?: {
    readonly path: string;
    /** A line that gives exactly one event, with `text` as its text. Other numbers give other events. */
    line(number: number, text: string): string;
    /** A line of a type that nobody knows yet. */
    readonly unknownLine: string;
    /** Another conversation in the same file, if its agent writes it again from the start. */
    readonly rewritten: string;
  };
  /** What a file holds after each time that its agent wrote it, for agents that write whole files: all that was ever said stays said. */
  readonly rewrites?: {readonly path: string; readonly contents: readonly (string | Buffer)[]; readonly says: readonly string[]};
  /** A file that begins with copies of records of `files`, under another session: what it adds to them. */
  readonly fork?: {readonly path: string; readonly content: string | Buffer; readonly adds: readonly string[]};
}

export function said(event: SourceEvent): string {
  const {type, role, text} = event;
  return `${isThinking(event) ? 'thinking' : type}/${role}: ${text}`;
}

/** The laws of every source. */
export function testSource(source: Source, fixture: SourceFixture): void {
  const {files, growing, rewrites, fork} = fixture;

  describe(`${source.agent}: the laws of sources`, () => {
    test('finds its files and says what they say', async () => {
      using rig = new SourceRig(source);
      rig.writeAll(files);
      const events = await rig.readAll();
      expect(events.map(said)).toEqual(fixture.says);
      expect(new Set(identitiesOf(events)).size).toBe(events.length);
    });

    test('finds nothing where the agent never ran', async () => {
      using rig = new SourceRig(source);
      expect(await source.find(rig.places)).toEqual([]);
    });

    test('gives nothing of a file that went away after it was found', async () => {
      using rig = new SourceRig(source);
      rig.writeAll(files);
      for (const file of await source.find(rig.places)) {
        rmSync(file.path);
        expect(await rig.readFile(file, {cursor: undefined, isAtRest: true})).toMatchObject({events: [], broken: 0, cursor: undefined});
      }
    });

    test('gives nothing again of what did not change', async () => {
      using rig = new SourceRig(source);
      rig.writeAll(files);
      for (const file of await source.find(rig.places)) {
        const first = await rig.readFile(file, {cursor: undefined, isAtRest: true});
        expect(first.cursor?.stamp).toEqual(file.stamp);
        expect((await rig.readFile(file, {cursor: first.cursor, isAtRest: true})).events).toEqual([]);
      }
    });

    test('recognizes its files, and neither events of mem nor hook payloads', async () => {
      using rig = new SourceRig(source);
      rig.writeAll(files);
      const event = '{"session_id":"s","event_type":"user_message","timestamp":"2024-01-15T12:00:00Z","text":"hello"}\n';
      expect(source.recognizes(Buffer.from(event), '/tmp/events.jsonl')).toBe(false);
      const payload = '{"hook_event_name":"Stop","session_id":"s","transcript_path":"/tmp/s.jsonl","cwd":"/tmp"}\n';
      expect(source.recognizes(Buffer.from(payload), '/tmp/payload.json')).toBe(false);
      expect(source.recognizes(Buffer.alloc(0), '/tmp/empty.jsonl')).toBe(false);
    });

    if (growing !== undefined) testGrowing(source, fixture, growing);
    const rewritten = rewrites?.contents.at(-1);
    if (rewrites !== undefined && typeof rewritten === 'string') testHalfWritten(source, rewrites.path, rewritten);

    if (rewrites !== undefined)
      test('keeps what was said when its file is written again', async () => {
        if (rewrites === undefined) return;
        using rig = new SourceRig(source);
        rig.writeAll(files);
        const events: SourceEvent[] = [];
        let cursor: SourceCursor | undefined;
        for (const content of rewrites.contents) {
          rig.write(rewrites.path, content);
          const reading = await rig.read(rewrites.path, {cursor});
          events.push(...reading.events);
          cursor = reading.cursor;
        }
        const first = new Map(events.map((event) => [identitiesOf([event])[0], event] as const).reverse());
        expect([...first.values()].map(said).sort()).toEqual([...rewrites.says].sort());
      });

    if (fork !== undefined)
      test('gives records that a fork copied the same identity', async () => {
        if (fork === undefined) return;
        using rig = new SourceRig(source);
        rig.writeAll(files);
        const known = new Set(identitiesOf(await rig.readAll()));
        rig.write(fork.path, fork.content);
        const added = (await rig.readAll()).filter((event) => !known.has(identitiesOf([event])[0] ?? ''));
        expect(added.map(said)).toEqual(fork.adds);
      });
  });
}

function testGrowing(source: Source, {files}: SourceFixture, growing: NonNullable<SourceFixture['growing']>): void {
  const {path} = growing;
  const content = Buffer.from(files[path] ?? '');

  /** An agent's home with all files, `path` with this content. */
  function rigWith(text: string | Buffer): SourceRig {
    const rig = new SourceRig(source);
    rig.writeAll({...files, [path]: text});
    return rig;
  }

  test('gives each record once while its file grows byte by byte', async () => {
    using rig = rigWith('');
    const whole = identitiesOf((await rigReading(content)).events);
    const events: SourceEvent[] = [];
    let cursor: SourceCursor | undefined;
    for (const byte of content) {
      appendFileSync(rig.path(path), Buffer.from([byte]));
      const reading = await rig.read(path, {cursor, isAtRest: false});
      expect(reading.broken).toBe(0);
      events.push(...reading.events);
      cursor = reading.cursor;
    }
    events.push(...(await rig.read(path, {cursor})).events);
    expect(identitiesOf(events)).toEqual(whole);
  });

  /** A reading of a file with this content, in a home of its own. */
  async function rigReading(text: string | Buffer) {
    using rig = rigWith(text);
    return await rig.read(path);
  }

  test('gives the same, whatever was read before, where it is cut at each line', async () => {
    using rig = rigWith(content);
    const whole = identitiesOf((await rig.read(path)).events);
    for (let end = content.indexOf(10) + 1; end > 0 && end < content.length; end = content.indexOf(10, end) + 1) {
      using other = rigWith(content.subarray(0, end));
      const first = await other.read(path, {isAtRest: false});
      appendFileSync(other.path(path), content.subarray(end));
      const second = await other.read(path, {cursor: first.cursor});
      expect(identitiesOf([...first.events, ...second.events])).toEqual(whole);
    }
  });

  test('leaves a torn last line for later', async () => {
    const line = growing.line(1, 'torn words');
    using rig = rigWith(Buffer.concat([content, Buffer.from(line.slice(0, -3))]));
    const first = await rig.read(path);
    expect(first.broken).toBe(0);
    expect(first.events.map(({text}) => text)).not.toContain('torn words');
    appendFileSync(rig.path(path), `${line.slice(-3)}\n`);
    const second = await rig.read(path, {cursor: first.cursor});
    expect(second.events.filter(({text}) => text === 'torn words').length).toBe(1);
    const whole = identitiesOf((await rig.read(path)).events);
    expect([...new Set(identitiesOf([...first.events, ...second.events]))]).toEqual(whole);
  });

  test('takes a whole last line without a line feed once the file rests', async () => {
    using rig = rigWith(Buffer.concat([content, Buffer.from(growing.line(1, 'last words'))]));
    expect((await rig.read(path, {isAtRest: false})).events.map(({text}) => text)).not.toContain('last words');
    expect((await rig.read(path)).events.filter(({text}) => text === 'last words').length).toBe(1);
  });

  test('reads all again of a file that became shorter', async () => {
    using rig = rigWith(Buffer.concat([content, Buffer.from(`${growing.line(1, 'taken back')}\n`)]));
    const {cursor} = await rig.read(path);
    truncateSync(rig.path(path), content.length);
    const whole = identitiesOf((await rigReading(content)).events);
    expect(identitiesOf((await rig.read(path, {cursor})).events)).toEqual(whole);
  });

  test('reads all of a file that was written again', async () => {
    using rig = rigWith(content);
    const {cursor} = await rig.read(path);
    // As long as before and longer: the size alone must not tell.
    const padding = Array.from({length: 3}, (_, n) => `${growing.line(n, 'x'.repeat(content.length))}\n`).join('');
    rig.write(path, growing.rewritten + padding);
    const whole = await rigReading(growing.rewritten + padding);
    expect(whole.events.length).toBeGreaterThan(0);
    expect(identitiesOf((await rig.read(path, {cursor})).events)).toEqual(identitiesOf(whole.events));
  });

  test('passes over types that it does not know and lines that are not JSON', async () => {
    const between = `${growing.unknownLine}\n\n{"type":"user","broken\n[1]\n`;
    const end = content.indexOf(10) + 1;
    const {events, broken} = await rigReading(Buffer.concat([content.subarray(0, end), Buffer.from(between), content.subarray(end)]));
    expect(broken).toBe(2);
    expect(identitiesOf(events)).toEqual(identitiesOf((await rigReading(content)).events));
  });

  test('takes a record of 20 MB whole', async () => {
    const text = 'a long word '.repeat((20 * MB) / 12);
    const {events} = await rigReading(Buffer.concat([content, Buffer.from(`${growing.line(1, text)}\n${growing.line(2, 'behind it')}\n`)]));
    expect(events.map((event) => event.text.length)).toContain(text.length);
    expect(events.map((event) => event.text)).toContain('behind it');
  });

  test('reads a large file in flat memory, with a cursor for each MiB from which the rest is the rest', async () => {
    using rig = rigWith('');
    const lines = writeLarge(rig.path(path), 96 * MB, growing.line);
    const before = memoryInUse();
    let most = 0;
    let count = 0;
    let cursors = 0;
    let afterCursor = 0;
    let middle: SourceCursor | undefined;
    for await (const item of source.read(rig.file(path), {cursor: undefined, isAtRest: true})) {
      if (item.kind === 'event') {
        if (++count % 5000 === 0) most = Math.max(most, memoryInUse());
        if (middle !== undefined) afterCursor++;
      } else if (item.kind === 'cursor') {
        cursors++;
        if (item.cursor.offset > 90 * MB) middle ??= item.cursor;
      }
    }
    expect(count).toBe(lines);
    expect(cursors).toBeGreaterThan(90);
    expect(most - before).toBeLessThan(20 * MB);
    expect((await rig.read(path, {cursor: middle})).events.length).toBe(afterCursor);
  });
}

/** @returns how many lines it wrote */
function writeLarge(path: string, size: number, line: (number: number, text: string) => string): number {
  const file = openSync(path, 'w');
  let lines = 0;
  for (let written = 0; written < size; ) {
    const block = Array.from({length: 256}, (_, at) => `${line(lines + at, `${lines + at} ${'some words '.repeat(400)}`)}\n`).join('');
    lines += 256;
    written += writeSync(file, block);
  }
  closeSync(file);
  return lines;
}
