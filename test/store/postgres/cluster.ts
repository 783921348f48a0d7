import {type ChildProcess, execFileSync, spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, renameSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {basename, dirname, join} from 'node:path';
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

  static #inNewFolder(): Cluster {
    const programs = postgresPrograms();
    if (programs === undefined) throw new Error('PostgreSQL is not installed');
    // Sockets have short paths.
    const cluster = new Cluster(mkdtempSync(join(tmpdir(), 'mem-pg-')), programs);
    chmodSync(cluster.folder, 0o711);
    if (isRoot) chownSync(cluster.folder, ...owner());
    return cluster;
  }

  static async start(): Promise<Cluster> {
    const cluster = Cluster.#inNewFolder();
    execFileSync('cp', ['-a', Cluster.#empty(cluster.#programs), join(cluster.folder, 'data')]);
    await cluster.up();
    return cluster;
  }

  /** The data of a server in which nothing was done yet: initdb takes as long as a file of tests, so the first one makes it for all. */
  static #empty(programs: string): string {
    const made = join(tmpdir(), `mem-pg-empty-${basename(dirname(programs))}`);
    if (existsSync(made)) return made;
    const cluster = Cluster.#inNewFolder();
    cluster.#make('initdb', ['-U', 'admin', '-A', 'trust', '-N', '-E', 'UTF8', '--locale=C']);
    try {
      renameSync(join(cluster.folder, 'data'), made);
    } catch (error) {
      // Another process was first.
      if (!existsSync(made)) throw error;
    }
    rmSync(cluster.folder, {recursive: true});
    return made;
  }

  /** Starts a second server that follows this one: from now on a commit is acknowledged once both have it on their disks. */
  async addStandby(): Promise<Cluster> {
    const standby = Cluster.#inNewFolder();
    const from = `host=${this.folder} user=admin application_name=standby`;
    standby.#make('pg_basebackup', ['-d', from, '-R', '-X', 'stream', '-c', 'fast', '-N']);
    await standby.up();
    this.sql("alter system set synchronous_standby_names = 'standby'");
    this.sql('select pg_reload_conf()');
    await until(() => this.sql('select sync_state from pg_stat_replication').trim() === 'sync', 'the standby does not follow');
    return standby;
  }

  /** A standby becomes a server that takes writes. */
  promote(): void {
    if (this.sql('select pg_promote()').trim() !== 't') throw new Error('the standby was not promoted');
  }

  #make(program: string, args: readonly string[]): void {
    execFileSync(...asServer(join(this.#programs, program), ['-D', join(this.folder, 'data'), ...args]), {stdio: 'ignore'});
  }

  async up(): Promise<void> {
    const args = [
      '-D',
      join(this.folder, 'data'),
      '-k',
      this.folder,
      '-c',
      'listen_addresses=',
      '-c',
      'max_connections=200',
      '-c',
      'wal_retrieve_retry_interval=200ms',
    ];
    this.#server = spawn(...asServer(join(this.#programs, 'postgres'), args), {stdio: 'ignore'});
    await until(() => {
      if (this.#server?.exitCode !== null) throw new Error('PostgreSQL did not start');
      return spawnSync(join(this.#programs, 'pg_isready'), ['-h', this.folder, '-q']).status === 0;
    }, 'PostgreSQL does not answer');
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

/** @throws what `otherwise` says, after a minute */
async function until(isSo: () => boolean, otherwise: string): Promise<void> {
  for (let tries = 0; !isSo(); tries++) {
    if (tries === 1200) throw new Error(otherwise);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function owner(): [number, number] {
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], {encoding: 'utf8'}));
  return [id('-u'), id('-g')];
}
