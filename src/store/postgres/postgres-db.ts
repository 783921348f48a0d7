import {MemError} from '../../errors.js';
import {shortPause} from '../../system/sleep.js';
import type {Cursor, Db, Row, WriteBatch} from '../leveldb/db.js';
import type {KeyRange} from '../leveldb/keys.js';
import {beginWrite, OWN, waitOf} from './begin-write.js';
import {type Connection, codeOf, isLost, isToBeRepeated, rowsIn, unreachable} from './connection.js';

/*
 * The rows of a store in one table: (owner, key) -> value. Statements go by the simple protocol, many in one message, so that each step of
 * a command is one round trip. What is in them is hexadecimal or a number: nothing that was stored is ever read as SQL.
 */

/** A page is read no further than this, in bytes; one row always comes. */
const PAGE_BYTES = 4 * 1024 * 1024;
/** Of a page that has more, and of larger values, nothing is kept. */
const KEPT_ROWS = 1_000;
const KEPT_BYTES = 4096;
const MOST_ROWS = 5_000;
const KEPT_REPLY_BYTES = 256 * 1024;
const MOST_TOLD = 64;
const REPEATS = 20;
/** Fails outside of a transaction: the driver may have connected again in the middle of one. */
const SAME = 'release savepoint open; savepoint open';
/** Reads of a session see one state. */
const READ = 'begin isolation level repeatable read read only; savepoint open';
/** `lock_not_available` */
const NOT_FREE = '55P03';

type Reply = readonly Record<string, unknown>[];

export class PostgresDb implements Db {
  readonly isShared = true;
  readonly location: string;
  readonly #connection: Connection;
  readonly #waitMs: number;
  #transaction: 'none' | 'read' | 'write' = 'none';
  /** Questions for the next message. */
  readonly #asked: {readonly query: string; resolve(reply: Reply): void; reject(error: unknown): void}[] = [];
  #asking: Promise<void> | undefined;
  /** What this session was told, while it only reads. */
  readonly #told = new Map<string, Promise<Reply>>();
  readonly #rows = new Map<string, Buffer>();
  /** Statements that wait for the next message. */
  #pending: string[] = [];
  /** All that is written is one transaction, which somebody else ends. */
  #isHeld = false;

  /** @param patienceMs how long to wait for others who write */
  constructor(connection: Connection, location: string, patienceMs = 0) {
    this.#connection = connection;
    this.location = location;
    this.#waitMs = waitOf(patienceMs);
  }

  async getMany(keys: string[]): Promise<(Buffer | undefined)[]> {
    if (keys.length === 0) return [];
    const unknown = [...new Set(keys)].filter((key) => !this.#rows.has(key));
    const wanted = unknown.map(bytes).join(',');
    const rows = unknown.length === 0 ? [] : await this.#read(`select key, value from mem.rows where ${OWN} and key in (${wanted})`);
    const found = new Map(this.#noted(rows.map(rowOf)));
    return keys.map((key) => found.get(key) ?? this.#rows.get(key));
  }

  cursor({from, to}: KeyRange, {newestFirst = false} = {}): Cursor {
    let [low, high] = [from, to];
    // Newest first, the upper bound is the last key that was read.
    let isAtEnd = false;
    return {
      next: async (count) => {
        if (isAtEnd) return [];
        const order = newestFirst ? 'desc' : 'asc';
        const page = `select key, value from mem.rows where ${OWN} and key >= ${bytes(low)} and key < ${bytes(high)} order by key ${order} limit ${count}`;
        const sized = `select key, value, sum(octet_length(value)) over (order by key ${order}) - octet_length(value) as before from (${page}) as page`;
        const reply = await this.#read(`select key, value from (${sized}) as sized where before < ${PAGE_BYTES} order by key ${order}`);
        const rows = this.#noted(reply.map(rowOf));
        const last = rows.at(-1)?.[0];
        // A page that nothing cut short is the last one: to ask for another would be a round trip.
        isAtEnd = rows.length < count && rows.reduce((sum, [, value]) => sum + value.length, 0) < PAGE_BYTES;
        if (last === undefined) return rows;
        if (newestFirst) high = last;
        else low = `${last}\0`;
        return rows;
      },
      finish: async () => {},
      close: async () => {},
    };
  }

  /** From here on nobody else writes, and what is written stands when `letGo` says so, all of it or nothing. */
  async hold(): Promise<void> {
    await this.#end('commit');
    this.#pending = [beginWrite({waitMs: this.#waitMs, sync: true, isLong: true})];
    this.#transaction = 'write';
    this.#isHeld = true;
  }

  async letGo(how: 'commit' | 'rollback'): Promise<void> {
    this.#isHeld = false;
    await this.#end(how);
  }

  async exclusively<T>(work: () => Promise<T>, {sync}: {sync: boolean}): Promise<T> {
    if (this.#isHeld) return work();
    for (let repeats = 0; ; repeats++) {
      await this.#end('commit');
      this.#pending = [beginWrite({waitMs: this.#waitMs, sync, isLong: false})];
      this.#transaction = 'write';
      try {
        const result = await work();
        await this.#end('commit');
        return result;
      } catch (error) {
        await this.#end('rollback').catch(() => {});
        if (!isToBeRepeated(error) || repeats === REPEATS) throw error;
        await shortPause(Math.random() * 5 * 2 ** Math.min(repeats, 6));
      }
    }
  }

  /** Put off to the end of `exclusively`, or to the next read in it. */
  async write(fill: (batch: WriteBatch) => unknown): Promise<void> {
    if (this.#transaction !== 'write') throw new Error('written outside of a transaction');
    const changes = new Map<string, string | undefined>();
    await fill({
      // The same key twice: what comes last stands.
      put: (key, value) => changes.set(key, bytes(value)),
      del: (key) => changes.set(key, undefined),
    });
    const removed = [...changes].flatMap(([key, value]) => (value === undefined ? [bytes(key)] : []));
    const put = [...changes].flatMap(([key, value]) => (value === undefined ? [] : [`(${bytes(key)},${value})`]));
    if (removed.length > 0) this.#pending.push(`delete from mem.rows where ${OWN} and key in (${removed.join(',')})`);
    if (put.length > 0) {
      const clash = 'on conflict (owner, key) do update set value = excluded.value';
      this.#pending.push(`insert into mem.rows (key, value) values ${put.join(',')} ${clash}`);
    }
  }

  levelZeroFiles(): number {
    return 0;
  }

  async approximateBytes({from, to}: KeyRange): Promise<number> {
    const range = `key >= ${bytes(from)} and key < ${bytes(to)}`;
    const [row] = await this.#read(`select sum(octet_length(value)) as size from mem.rows where ${OWN} and ${range}`);
    return Number(row?.['size'] ?? 0);
  }

  async compact(): Promise<void> {}

  /** What was read is read: a connection that is lost by now changes nothing of it, and nobody waits for the answer. */
  async close(): Promise<void> {
    this.#end('rollback').catch(() => {});
  }

  /** Keeps small rows of a session that only reads. */
  #noted(rows: readonly Row[]): readonly Row[] {
    if (this.#transaction !== 'read' || rows.length > KEPT_ROWS || this.#rows.size > MOST_ROWS) return rows;
    for (const [key, value] of rows) if (value.length <= KEPT_BYTES) this.#rows.set(key, value);
    return rows;
  }

  /**
   * The rows of a query, in the transaction of this session. What is asked for at once goes in one message. A session that only reads sees
   * one state, so what it was told is not asked for again.
   */
  async #read(query: string): Promise<Reply> {
    const known = this.#told.get(query);
    if (known !== undefined) return known;
    if (this.#transaction === 'none') {
      this.#pending = [READ];
      this.#transaction = 'read';
    } else if (!this.#hasBegin() && this.#asked.length === 0) this.#pending.unshift(SAME);
    const answer = new Promise<Reply>((resolve, reject) => this.#asked.push({query, resolve, reject}));
    if (this.#transaction === 'read') this.#told.set(query, answer);
    if (this.#asked.length === 1) this.#asking = this.#ask();
    return answer;
  }

  async #ask(): Promise<void> {
    // Others of the same moment come to their questions by then.
    for (let ticks = 0; ticks < 4; ticks++) await undefined;
    const asked = this.#asked.splice(0);
    try {
      const replies = await this.#send(asked.map(({query}) => query));
      for (const [at, {query, resolve}] of asked.entries()) {
        const reply = replies[at] ?? [];
        if (sizeOf(reply) > KEPT_REPLY_BYTES || this.#told.size > MOST_TOLD) this.#told.delete(query);
        resolve(reply);
      }
    } catch (error) {
      for (const {reject} of asked) reject(error);
    }
  }

  #hasBegin(): boolean {
    return this.#pending.some((statement) => statement.startsWith('begin'));
  }

  async #end(how: 'commit' | 'rollback'): Promise<void> {
    await this.#asking;
    this.#told.clear();
    this.#rows.clear();
    if (this.#transaction === 'none') return;
    this.#transaction = 'none';
    if (how === 'rollback') this.#pending = [];
    // Nothing was sent yet where the transaction begins in this very message.
    else if (!this.#hasBegin()) this.#pending.unshift(SAME);
    await this.#send([how]);
  }

  /** @returns the rows of each of these statements, which go behind those that wait: there are some, so the reply is a list of lists */
  async #send(asked: readonly string[]): Promise<readonly Reply[]> {
    const statements = [...this.#pending, ...asked];
    this.#pending = [];
    try {
      const replies: unknown = await this.#connection.unsafe(statements.join(';\n')).simple();
      return (Array.isArray(replies) ? replies : []).slice(-asked.length).map(rowsIn);
    } catch (error) {
      // With the connection its transaction is gone.
      if (isLost(error)) this.#transaction = 'none';
      if (codeOf(error) !== NOT_FREE) throw unreachable(error, this.location);
      throw new MemError(
        'STORE_BUSY',
        `another mem process has been writing to the memory at ${this.location} for ${this.#waitMs / 1000} s`,
        {hint: 'wait for it to finish, then run the command again', cause: error},
      );
    }
  }
}

function sizeOf(reply: Reply): number {
  return reply.reduce((sum, {value}) => sum + (Buffer.isBuffer(value) ? value.length : 0), 0);
}

function bytes(value: string | Buffer): string {
  return `'\\x${(typeof value === 'string' ? Buffer.from(value, 'latin1') : value).toString('hex')}'::bytea`;
}

function rowOf({key, value}: Record<string, unknown>): Row {
  if (!Buffer.isBuffer(key) || !Buffer.isBuffer(value)) throw new Error('a row of the database is not of bytes');
  return [key.toString('latin1'), value];
}
