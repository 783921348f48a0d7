import {connect, type Socket} from 'node:net';
import postgres, {type Sql} from 'postgres';
import type {DatabaseUrl} from '../../domain/database-url.js';
import {MemError} from '../../errors.js';

/** Where a database is and who logs in. The password never becomes part of a text. */
export interface DatabaseLogin extends DatabaseUrl {
  readonly password: string | undefined;
}

const CONNECT_SECONDS = 5;
/** A network may be lost without a word. No statement of mem's takes as long as this. */
const SILENCE_MS = 120_000;
/** A connection that nobody uses is given back after this long; it keeps no process alive. */
const IDLE_SECONDS = 20;

/** One connection. The driver opens it again where it was lost, so a transaction must notice that itself. */
export type Connection = Pick<Sql, 'unsafe' | 'end'>;

/** Connections to a database for one process, opened as they are needed. They keep the process alive only while they work. */
export class Connections {
  readonly #address: DatabaseLogin;
  readonly #sockets = new Set<Socket>();
  readonly #free: Connection[] = [];
  #inUse = 0;

  constructor(address: DatabaseLogin) {
    this.#address = address;
  }

  /** For messages. */
  get location(): string {
    return this.#address.url;
  }

  /** Has a connection for as long as `work` takes. @throws MemError STORE_AWAY, STORE_REFUSED */
  async use<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    const connection = this.#free.pop() ?? this.#open();
    this.#hold(1);
    try {
      const result = await work(connection);
      this.#free.push(connection);
      return result;
    } catch (error) {
      // After a loss the driver can wait for ever on the same one, and those that were idle were lost with it.
      if (isAway(error)) for (const lost of [connection, ...this.#free.splice(0)]) lost.end({timeout: 0}).catch(() => {});
      else this.#free.push(connection);
      throw error;
    } finally {
      this.#hold(-1);
    }
  }

  /** The rows of one message's last statement, outside of any session. */
  query(sql: string): Promise<readonly Record<string, unknown>[]> {
    return this.use(async (connection) => {
      try {
        const reply: unknown = await connection.unsafe(sql).simple();
        return rowsIn(reply);
      } catch (error) {
        const undone = isLost(error) ? undefined : connection.unsafe('rollback').simple();
        await undone?.catch(() => {});
        throw unreachable(error, this.location);
      }
    });
  }

  #open(): Connection {
    const options = {
      ...addressOf(this.#address),
      max: 1,
      connect_timeout: CONNECT_SECONDS,
      idle_timeout: IDLE_SECONDS,
      // In seconds. By default the driver waits up to 20 s after some failures: who waits for us decides that.
      backoff: () => 0.05,
      // Names of prepared statements belong to a connection; a pool between us and the database shares connections.
      prepare: false,
      // One query more for each connection, for types that we do not use.
      fetch_types: false,
      onnotice: () => {},
      connection: {application_name: 'mem'},
      // Not in the driver's types: so we know which socket to let go.
      socket: ({path, host, port}: {path?: string | false; host: string[]; port: number[]}) =>
        this.#connect(path ? {path} : {host: host[0] ?? 'localhost', port: port[0] ?? 5432}),
    };
    return postgres(options);
  }

  /** Not connected yet: what is written meanwhile waits, and a failure reaches the driver as any other. */
  #connect(to: {path: string} | {host: string; port: number}): Socket {
    const socket = connect(to);
    this.#sockets.add(socket);
    socket.setTimeout(SILENCE_MS, () => socket.destroy(Object.assign(new Error('no answer'), {code: 'ETIMEDOUT'})));
    socket.once('close', () => this.#sockets.delete(socket));
    // The driver checks a certificate against this name, which it sets only on sockets of its own.
    return Object.assign(socket, 'host' in to && {host: to.host});
  }

  #hold(by: 1 | -1): void {
    this.#inUse += by;
    for (const socket of this.#sockets) {
      if (this.#inUse > 0) socket.ref();
      else socket.unref();
    }
  }
}

/** The rows of a statement, as the driver gives them: none of one that gives no rows. */
export function rowsIn(reply: unknown): readonly Record<string, unknown>[] {
  return Array.isArray(reply) ? reply : [];
}

/** As the driver names them. */
function addressOf({host, port, user, database, sslMode, password}: DatabaseLogin) {
  return {
    host,
    port,
    ...(database !== undefined && {database}),
    ...(user !== undefined && {username: user}),
    ...(password !== undefined && {password}),
    ssl: sslMode === 'disable' ? false : sslMode,
  };
}

const LOST = new Set([
  ...['CONNECTION_CLOSED', 'CONNECTION_ENDED', 'CONNECTION_DESTROYED', 'CONNECT_TIMEOUT', 'ECONNREFUSED', 'ECONNRESET', 'ENOENT'],
  ...['ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT', 'EPIPE', 'EACCES'],
  // It is starting or going down: https://www.postgresql.org/docs/current/errcodes-appendix.html
  ...['57P01', '57P02', '57P03', '53300', '08000', '08003', '08006'],
  // The transaction is gone: the driver has connected again in the middle of it.
  ...['25P01', '3B001'],
]);
/** The database undid what was done, so that it can be done again. */
const AGAIN = new Set(['40001', '40P01']);

export const codeOf = (error: unknown): string => String(Object(error).code ?? '');
export const isLost = (error: unknown): boolean => LOST.has(codeOf(error));
export const isAway = (error: unknown): boolean => codeOf(error) === 'STORE_AWAY';
export const isToBeRepeated = (error: unknown): boolean => AGAIN.has(codeOf(error));

/** What a failed call means to a user. */
export function unreachable(error: unknown, location: string): unknown {
  const code = codeOf(error);
  if (code.startsWith('28')) {
    return new MemError('STORE_REFUSED', `the database at ${location} refuses the login`, {
      hint: 'check the user and the password: mem config get store',
      cause: error,
    });
  }
  if (!isLost(error)) return error;
  return new MemError('STORE_AWAY', `the database at ${location} cannot be reached (${code})`, {
    hint: 'check the network and the address: mem config get store.url; what comes in meanwhile waits in the inbox',
    cause: error,
  });
}
