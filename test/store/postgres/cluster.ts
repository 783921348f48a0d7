import {type ChildProcess, execFileSync, spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {parseDatabaseUrl} from '../../../src/domain/database-url.js';
import type {DatabaseLogin} from '../../../src/store/postgres/connection.js';

/** Who logs in without a password. */
export function loginAt(url: string): DatabaseLogin {
  const address = parseDatabaseUrl(url);
  if (address === undefined) throw new Error(`not the address of a database: ${url}`);
  return {...address, password: undefined};
}

const VERSIONS = '/usr/lib/postgresql';

/** Where the programs of the newest PostgreSQL lie; undefined where there is none. */
export function postgresPrograms(): string | undefined {
  const versions = existsSync(VERSIONS) ? readdirSync(VERSIONS) : [];
  const newest = versions.sort((a, b) => Number(a) - Number(b)).at(-1);
  return newest && join(VERSIONS, newest, 'bin');
}

/** PostgreSQL refuses to run as root: there it runs as the user that Debian makes for it. */
const isRoot = process.getuid?.() === 0;
function asServer(program: string, args: readonly string[]): [string, string[]] {
  return isRoot ? ['setpriv', ['--reuid=postgres', '--regid=postgres', '--clear-groups', program, ...args]] : [program, [...args]];
}

/** A PostgreSQL of its own on a socket in a temporary folder, without network. */
export class Cluster implements AsyncDisposable {
  readonly folder: string;
  readonly #programs: string;
  #server: ChildProcess | undefined;
  #logins = 0;

  private constructor(folder: string, programs: string) {
    this.folder = folder;
    this.#programs = programs;
  }

  static async start(): Promise<Cluster> {
    const programs = postgresPrograms();
    if (programs === undefined) throw new Error('PostgreSQL is not installed');
    // Sockets have short paths.
    const cluster = new Cluster(mkdtempSync(join(tmpdir(), 'mem-pg-')), programs);
    chmodSync(cluster.folder, 0o711);
    if (isRoot) chownSync(cluster.folder, ...owner());
    execFileSync(
      ...asServer(join(programs, 'initdb'), [
        '-D',
        join(cluster.folder, 'data'),
        '-U',
        'admin',
        '-A',
        'trust',
        '-N',
        '-E',
        'UTF8',
        '--locale=C',
      ]),
      {
        stdio: 'ignore',
      },
    );
    await cluster.up();
    return cluster;
  }

  async up(): Promise<void> {
    const args = ['-D', join(this.folder, 'data'), '-k', this.folder, '-c', 'listen_addresses=', '-c', 'max_connections=200'];
    this.#server = spawn(...asServer(join(this.#programs, 'postgres'), args), {stdio: 'ignore'});
    for (let tries = 0; spawnSync(join(this.#programs, 'pg_isready'), ['-h', this.folder, '-q']).status !== 0; tries++) {
      if (tries === 300 || this.#server.exitCode !== null) throw new Error('PostgreSQL did not start');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** @param signal SIGINT: fast; SIGQUIT: immediate, as after a power cut */
  async down(signal: 'SIGINT' | 'SIGQUIT' = 'SIGINT'): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server === undefined || server.exitCode !== null) return;
    const ended = once(server, 'exit');
    server.kill(signal);
    await ended;
  }

  /** What an administrator does. */
  sql(statement: string, login = 'admin'): string {
    const args = ['-h', this.folder, '-U', login, '-d', 'postgres', '-qtA', '-v', 'ON_ERROR_STOP=1', '-c', statement];
    return execFileSync(join(this.#programs, 'psql'), args, {encoding: 'utf8'});
  }

  url(login: string): string {
    return `postgres://${login}@/postgres?host=${encodeURIComponent(this.folder)}`;
  }

  /** A login of its own, so a memory of its own. @returns its name */
  newLogin(): string {
    const login = `user_${++this.#logins}`;
    this.sql(`create role ${login} login`);
    return login;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.down('SIGQUIT');
    rmSync(this.folder, {recursive: true, force: true});
  }
}

function owner(): [number, number] {
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], {encoding: 'utf8'}));
  return [id('-u'), id('-g')];
}
