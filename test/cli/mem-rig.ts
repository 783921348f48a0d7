import {spawn} from 'node:child_process';
import {existsSync, mkdirSync} from 'node:fs';
import {mkdtemp, realpath, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {mayNameDatabase} from '../../src/settings/config-path.js';

const MEM = fileURLToPath(new URL('../../bin/mem.js', import.meta.url));

export interface RunResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A process of mem that runs. */
export interface Started {
  readonly pid: number;
  readonly ended: Promise<RunResult>;
  kill(signal: NodeJS.Signals): void;
  /** What stands on its stdout by now. */
  said(): string;
  /** Resolves when the condition holds, or the process has ended. */
  until(isSo: () => boolean): Promise<void>;
}

/** A killed faketime leaves a semaphore named by its pid; a later one with that pid gives up before it starts anything. */
export function gaveUp({stderr}: RunResult): boolean {
  return stderr.startsWith('faketime: ');
}

/**
 * What one run of the tests compiles is kept for all its homes: else each would compile all of mem again. By the command: mem keeps 64 files,
 * which is less than all its commands have, and would drop half of them again and again.
 */
function sharedCache(command = 'mem'): string {
  const path = join(tmpdir(), 'mem-rig-cache', /^[a-z-]+$/.test(command) ? command : 'mem');
  mkdirSync(path, {recursive: true, mode: 0o700});
  return path;
}

/** The built mem as a process, with a home folder of its own and nothing of this process's environment. */
export class MemRig implements AsyncDisposable {
  readonly folder: string;
  readonly env: Record<string, string>;

  private constructor(folder: string) {
    this.folder = folder;
    this.env = {PATH: '/usr/local/bin:/usr/bin:/bin', HOME: folder, TZ: 'Europe/Berlin', XDG_CACHE_HOME: sharedCache()};
  }

  static async create(): Promise<MemRig> {
    return new MemRig(await realpath(await mkdtemp(join(tmpdir(), 'mem-rig-'))));
  }

  /** mem's home, where it lies without any setting on Linux. */
  get home(): string {
    return join(this.folder, '.local', 'share', 'mem');
  }

  run(args: readonly string[], input = '', env: Record<string, string> = {}): Promise<RunResult> {
    return this.start(args, input, env).ended;
  }

  /** The same, to be looked at or killed while it runs. */
  start(args: readonly string[], input = '', env: Record<string, string> = {}): Started {
    const isShared = this.env['XDG_CACHE_HOME'] === sharedCache();
    const cache = isShared ? {XDG_CACHE_HOME: sharedCache(args[0])} : {};
    return this.#spawn(process.execPath, [MEM, ...args], input, {...cache, ...env});
  }

  /** The same at another time, by `faketime`. @param at as `date -d` takes it, in UTC */
  async runAt(at: string, args: readonly string[], input = ''): Promise<RunResult> {
    // faketime reads its time in the zone of TZ, so mem gets its own one behind it.
    const {TZ = 'UTC'} = this.env;
    const run = () => this.#spawn('faketime', [at, 'env', `TZ=${TZ}`, process.execPath, MEM, ...args], input, {TZ: 'UTC'}).ended;
    let result = await run();
    while (gaveUp(result)) result = await run();
    return result;
  }

  /** The same with clocks that stand still, the monotonic one too; it may have given up. @param at `2026-03-20 10:00:00`, in UTC */
  runFrozen(at: string, args: readonly string[]): Started {
    return this.#spawn('faketime', ['-f', at, process.execPath, MEM, ...args], '', {TZ: 'UTC'});
  }

  #spawn(command: string, args: readonly string[], input: string, env: Record<string, string>): Started {
    const child = spawn(command, args, {env: {...this.env, ...env}, cwd: this.folder});
    let [stdout, stderr] = ['', ''];
    const ended = new Promise<RunResult>((resolve, reject) => {
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        stdout += text;
      });
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        stderr += text;
      });
      child.on('error', reject);
      // What mem does not read it may leave: it has ended before it was all written.
      child.stdin.on('error', () => {});
      child.on('close', (status) => resolve({status, stdout, stderr}));
      child.stdin.end(input);
    });
    return {
      pid: child.pid ?? 0,
      ended,
      kill: (signal) => child.kill(signal),
      said: () => stdout,
      until: async (isSo) => {
        while (!isSo() && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 2));
      },
    };
  }

  /** Takes events in, moved into the store, for a test to begin with: where that does the same, in this process. */
  async ingest(events: readonly object[] | string): Promise<void> {
    const lines = typeof events === 'string' ? events : events.map((event) => `${JSON.stringify(event)}\n`).join('');
    // Of the settings an ingest heeds only where the store is.
    if (this.#isOwn && !mayNameDatabase(this.env, this.#config)) {
      const {ingestHere} = await import('./prepare.js');
      return ingestHere({home: this.home, tz: this.env['TZ']}, lines);
    }
    const {status, stderr} = await this.run(['ingest', '--drain'], lines);
    if (status !== 0) throw new Error(`ingest ended with ${status}: ${stderr}`);
  }

  /** Makes an empty store, in the same way. */
  async init(timeZone: string): Promise<void> {
    if (this.#isOwn && !existsSync(this.#config)) {
      const {initHere} = await import('./prepare.js');
      return initHere({home: this.home, tz: this.env['TZ']}, timeZone);
    }
    const {status, stderr} = await this.run(['init', '--time-zone', timeZone]);
    if (status !== 0) throw new Error(`init ended with ${status}: ${stderr}`);
  }

  /** Makes the nodes that a test begins with, in the same way. */
  async rollUp(): Promise<void> {
    if (this.#isOwn && !existsSync(this.#config)) {
      const {rollUpHere} = await import('./prepare.js');
      return rollUpHere({home: this.home, tz: this.env['TZ']});
    }
    const {status, stderr} = await this.run(['rollup']);
    if (status !== 0) throw new Error(`rollup ended with ${status}: ${stderr}`);
  }

  get #config(): string {
    return join(this.folder, '.config', 'mem', 'config.toml');
  }

  /** Whether the home lies where it does by default, and no variable sets anything. */
  get #isOwn(): boolean {
    return process.platform === 'linux' && !Object.keys(this.env).some((name) => /^(MEM|XDG)_/.test(name) && name !== 'XDG_CACHE_HOME');
  }

  async write(name: string, text: string): Promise<string> {
    const path = join(this.folder, name);
    await writeFile(path, text);
    return path;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // Only ever a folder that `create` has made.
    if (this.folder.includes('mem-rig-')) await rm(this.folder, {recursive: true, force: true, maxRetries: 10, retryDelay: 50});
  }
}

/** An event of January 2024. */
export function anEvent(parts: {at: string; text: string; session?: string} & Record<string, unknown>): Record<string, unknown> {
  const {at, session = 's-1', ...rest} = parts;
  return {session_id: session, event_type: 'user_message', timestamp: at, agent: 'claude-code', ...rest};
}
