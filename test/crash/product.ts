import {spawn, spawnSync} from 'node:child_process';
import {cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {expect} from 'vitest';
import {PATIENCE_MS} from '../patience.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A planted fault: `from` stands once in `file` and becomes `to`. */
export interface Patch {
  readonly file: string;
  readonly from: string;
  readonly to: string;
  /** Which bundles are made with it: those that the test runs. In the others the fault is not, so that it would not be found. */
  readonly bundles: readonly string[];
}

export interface Ran {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly ms: number;
}

export interface RunOptions {
  readonly input?: string;
  /** Arguments of node, before mem's own file. */
  readonly nodeArgs?: readonly string[];
  /** A command that runs node: strace and its arguments. */
  readonly prefix?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** A folder that goes when the test is over. */
export function temporaryFolder(): {readonly path: string} & Disposable {
  const path = mkdtempSync(join(tmpdir(), 'mem-crash-'));
  return {path, [Symbol.dispose]: () => rmSync(path, {recursive: true, force: true})};
}

/** mem as it was built, copied: a build that runs at the same time takes nothing from under a test. */
export class Product {
  /** Where it lies, with what it needs of node_modules. */
  readonly folder: string;
  readonly #bin: string;
  readonly env: Readonly<Record<string, string>>;

  /** @param env where all copies keep what they compiled */
  private constructor(folder: string, env: Readonly<Record<string, string>> = {}) {
    this.folder = folder;
    this.#bin = join(folder, 'bin', 'mem.js');
    this.env = {PATH: '/usr/local/bin:/usr/bin:/bin', HOME: folder, TZ: 'Europe/Berlin', ...env};
  }

  static copy(parent: string): Product {
    const folder = skeleton(parent, 'product');
    cpSync(join(ROOT, 'dist'), join(folder, 'dist'), {recursive: true});
    return new Product(folder, {XDG_CACHE_HOME: join(tmpdir(), 'mem-crash-cache')});
  }

  /** A copy of what was built, with faults planted in some of its bundles. */
  static withFaults(parent: string, patches: readonly Patch[]): Product {
    const folder = skeleton(parent, 'mutant');
    for (const name of ['src', 'scripts', 'dist']) cpSync(join(ROOT, name), join(folder, name), {recursive: true});
    for (const {file, from, to} of patches) {
      const path = join(folder, 'src', file);
      const source = readFileSync(path, 'utf8');
      expect(source.split(from).length - 1, `"${from}" stands once in ${file}`).toBe(1);
      writeFileSync(
        path,
        source.replace(from, () => to),
      );
    }
    const bundles = new Set(patches.flatMap((patch) => patch.bundles));
    const {status, stderr} = spawnSync(process.execPath, ['scripts/build.mjs', ...bundles], {cwd: folder, encoding: 'utf8'});
    expect(stderr).toBe('');
    expect(status).toBe(0);
    return new Product(folder);
  }

  /** What to spawn for a run of mem. */
  command(home: string, args: readonly string[], {nodeArgs = [], prefix = [], env = {}}: RunOptions = {}) {
    const [command = '', ...rest] = [...prefix, process.execPath, ...nodeArgs, this.#bin, ...args];
    // Where calls are counted each run has to make the same ones, and so must not find what the one before has compiled.
    const isCounted = prefix.length + nodeArgs.length > 0;
    const cache = isCounted ? {NODE_DISABLE_COMPILE_CACHE: '1'} : {};
    return {command, args: rest, env: {...this.env, MEM_HOME: home, ...cache, ...env}};
  }

  run(home: string, args: readonly string[], options: RunOptions = {}): Promise<Ran> {
    const {command, args: rest, env} = this.command(home, args, options);
    const since = performance.now();
    return new Promise((resolve, reject) => {
      const child = spawn(command, rest, {env, timeout: PATIENCE_MS, killSignal: 'SIGTERM'});
      let [stdout, stderr] = ['', ''];
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        stdout += text;
      });
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        stderr += text;
      });
      child.on('error', reject);
      child.stdin.on('error', () => {});
      child.on('close', (status, signal) => resolve({status, signal, stdout, stderr, ms: performance.now() - since}));
      child.stdin.end(options.input ?? '');
    });
  }

  /** The same, and it must succeed. */
  async runWell(home: string, args: readonly string[], options: RunOptions = {}): Promise<Ran> {
    const ran = await this.run(home, args, options);
    expect(ran, `mem ${args.join(' ')}: ${ran.stderr}${ran.stdout.slice(-2_000)}`).toMatchObject({status: 0});
    return ran;
  }
}

function skeleton(parent: string, name: string): string {
  const folder = mkdtempSync(join(parent, `${name}-`));
  cpSync(join(ROOT, 'bin'), join(folder, 'bin'), {recursive: true});
  cpSync(join(ROOT, 'package.json'), join(folder, 'package.json'));
  cpSync(join(ROOT, 'completions'), join(folder, 'completions'), {recursive: true});
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

export function asLines(events: readonly object[]): string {
  return events.map((event) => `${JSON.stringify(event)}\n`).join('');
}
