import {mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {stampOf} from '../../src/sources/reading/lines.js';
import type {ReadCall, Source, SourceCursor, SourceEvent, SourceFile, SourcePlaces} from '../../src/sources/source.js';

/** What one reading of a file gave. */
export interface Reading {
  readonly events: readonly SourceEvent[];
  readonly broken: number;
  /** The last one; undefined where there was no file. */
  readonly cursor: SourceCursor | undefined;
  readonly cursors: readonly SourceCursor[];
}

/** An account's home in a temporary folder, in which an agent keeps its files. */
export class SourceRig {
  readonly home: string;
  readonly places: SourcePlaces;
  readonly #source: Source;

  constructor(source: Source, env: SourcePlaces['env'] = {}) {
    this.#source = source;
    this.home = mkdtempSync(join(tmpdir(), 'mem-source-'));
    this.places = {env, accountHome: this.home, platform: 'linux'};
  }

  /** @param path below the home */
  path(path: string): string {
    return join(this.home, path);
  }

  write(path: string, content: string | Buffer): void {
    mkdirSync(dirname(this.path(path)), {recursive: true});
    writeFileSync(this.path(path), content);
  }

  writeAll(files: Readonly<Record<string, string | Buffer>>): void {
    for (const [path, content] of Object.entries(files)) this.write(path, content);
  }

  file(path: string): SourceFile {
    return {path: this.path(path), stamp: stampOf(statSync(this.path(path)))};
  }

  read(path: string, {cursor, isAtRest = true}: {cursor?: SourceCursor | undefined; isAtRest?: boolean} = {}): Promise<Reading> {
    return this.readFile(this.file(path), {cursor, isAtRest});
  }

  async readFile(file: SourceFile, call: ReadCall): Promise<Reading> {
    const events: SourceEvent[] = [];
    const cursors: SourceCursor[] = [];
    let broken = 0;
    for await (const item of this.#source.read(file, call)) {
      if (item.kind === 'event') events.push(item.event);
      else if (item.kind === 'cursor') cursors.push(throughJson(item.cursor));
      else broken++;
    }
    return {events, broken, cursor: cursors.at(-1), cursors};
  }

  /** All files that it finds, in the order of their paths. */
  async readAll(): Promise<readonly SourceEvent[]> {
    const files = [...(await this.#source.find(this.places))].sort((a, b) => (a.path < b.path ? -1 : 1));
    const events: SourceEvent[] = [];
    for (const file of files) events.push(...(await this.readFile(file, {cursor: undefined, isAtRest: true})).events);
    return events;
  }

  [Symbol.dispose](): void {
    rmSync(this.home, {recursive: true, force: true});
  }
}

/** Cursors live in the store, as JSON. */
function throughJson(cursor: SourceCursor): SourceCursor {
  return JSON.parse(JSON.stringify(cursor)) as SourceCursor;
}

/** What decides whether two events are the same. */
export function identityOf({eventId, time, isTimeGuessed, text, sessionId}: SourceEvent): string {
  return JSON.stringify(time === undefined || isTimeGuessed ? [sessionId, eventId, text] : [eventId, time, text]);
}

export function identitiesOf(events: readonly SourceEvent[]): readonly string[] {
  return events.map(identityOf).sort();
}
