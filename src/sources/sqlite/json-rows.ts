import {spawn} from 'node:child_process';
import {statSync} from 'node:fs';
import {createInterface} from 'node:readline';
import {pathToFileURL} from 'node:url';
import {MemError} from '../../errors.js';
import {asObject, type Fields} from '../reading/fields.js';

/** The part of `node:sqlite` that is used: `@types/node` of the oldest Node does not know it yet. */
interface Sqlite {
  readonly DatabaseSync: new (path: URL, options: {readonly readOnly: boolean}) => Database;
}
interface Database {
  prepare(sql: string): {iterate(): Iterable<Fields>};
  close(): void;
}

const COMMAND = 'sqlite3';
const BUSY_MS = 2000;

/**
 * The rows of a query on a database that its agent may be writing to. It is never written, and not made where it does not exist.
 * @param sql gives one column, a JSON object: so each row is a line, whatever it holds
 * @throws MemError IO_ERROR where nothing on this machine can read it, or it is damaged
 */
export async function* jsonRows(path: string, sql: string): AsyncGenerator<Fields> {
  const url = readOnlyUrl(path);
  try {
    const database = openOwn(url);
    yield* database === undefined ? commandRows(url, path, sql) : nodeRows(database, sql);
  } catch (error) {
    if (error instanceof MemError) throw error;
    throw failed(path, error instanceof Error ? error.message : String(error));
  }
}

/**
 * Beside a database lies a log of what is not in it yet, while anyone has it open. Without one it is read as a file that nobody changes:
 * SQLite would make a log else, and cannot in a folder that is read-only.
 */
function readOnlyUrl(path: string): URL {
  const url = pathToFileURL(path);
  const hasLog = (statSync(`${path}-wal`, {throwIfNoEntry: false})?.size ?? 0) > 0;
  url.search = hasLog ? 'mode=ro' : 'mode=ro&immutable=1';
  return url;
}

/** By Node's own SQLite, which is there from 22.13 on, and takes such an address from 22.16 on; else undefined. */
function openOwn(url: URL): Database | undefined {
  const warn = process.emitWarning;
  // It says on stderr that it is new: nobody who reads a transcript has to know.
  process.emitWarning = () => {};
  try {
    const sqlite = process.getBuiltinModule('node:sqlite') as unknown as Sqlite | undefined;
    return sqlite === undefined ? undefined : new sqlite.DatabaseSync(url, {readOnly: true});
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  } finally {
    process.emitWarning = warn;
  }
}

function* nodeRows(database: Database, sql: string): Generator<Fields> {
  try {
    for (const row of database.prepare(sql).iterate()) yield parsed(Object.values(row)[0]);
  } finally {
    database.close();
  }
}

async function* commandRows(url: URL, path: string, sql: string): AsyncGenerator<Fields> {
  // Without its user's own settings, which may change what it prints.
  const args = ['-batch', '-bail', '-noheader', '-list', '-init', '/dev/null', '-cmd', `.timeout ${BUSY_MS}`, url.href, sql];
  const child = spawn(COMMAND, args, {stdio: ['ignore', 'pipe', 'pipe']});
  let complaint = '';
  child.stderr.on('data', (bytes: Buffer) => {
    if (complaint.length < 4096) complaint += bytes.toString('utf8');
  });
  const ended = new Promise<number | Error | null>((resolve) => {
    child.once('error', resolve);
    child.once('close', resolve);
  });
  try {
    for await (const line of createInterface({input: child.stdout, crlfDelay: Number.POSITIVE_INFINITY}))
      if (line !== '') yield parsed(line);
    const status = await ended;
    if (status instanceof Error) throw withoutReader(path, status);
    if (status !== 0) throw failed(path, complaint.split('\n').find((line) => /error/i.test(line)) ?? complaint.trim());
  } finally {
    child.kill();
  }
}

function parsed(json: unknown): Fields {
  return asObject(JSON.parse(String(json))) ?? {};
}

function withoutReader(path: string, cause: Error): MemError {
  return new MemError('IO_ERROR', `cannot read ${path}: this Node has no SQLite, and there is no ${COMMAND} command`, {
    hint: `install ${COMMAND}, or Node 22.16 or later, then run the command again`,
    cause,
  });
}

function failed(path: string, reason: string): MemError {
  return new MemError('IO_ERROR', `cannot read ${path}: ${reason}`, {hint: 'it may be in use, or damaged; run the command again later'});
}
