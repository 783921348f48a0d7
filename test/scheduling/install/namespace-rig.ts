import {spawn, spawnSync} from 'node:child_process';
import {existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import type {RunResult} from '../../cli/mem-rig.js';
import {PATIENCE_MS} from '../../patience.js';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** Why there can be no namespace with these programs here; undefined when there can. */
export function lacking(...programs: readonly string[]): string | undefined {
  if (process.platform !== 'linux') return 'Linux alone has namespaces';
  if (process.geteuid?.() !== 0) return 'it takes root';
  const missing = ['unshare', 'nsenter', 'mount', ...programs].filter(
    (name) => spawnSync('sh', ['-c', `PATH=$PATH:/usr/sbin:/sbin command -v ${name}`]).status !== 0,
  );
  if (missing.length > 0) return `${missing.join(', ')} not installed`;
  return spawnSync('unshare', ['-m', '-p', '-f', '--mount-proc', 'true']).status === 0
    ? undefined
    : 'this machine lets nobody make namespaces';
}

/** A call of mem by a scheduler. */
export interface RecordedCall {
  readonly args: readonly string[];
  readonly cwd: string;
  readonly at: number;
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Processes and mounts of its own: what is changed in /etc, /run and cron's tables in here, nobody sees outside. Everything in it ends
 * with it. mem is called by a script that notes each call before it does what it is called for.
 */
export class NamespaceRig implements AsyncDisposable {
  readonly folder: string;
  readonly env: Record<string, string>;
  readonly #init: ReturnType<typeof spawn>;
  readonly #pid: number;
  readonly #outer: string;

  private constructor(folder: string, init: ReturnType<typeof spawn>, pid: number) {
    this.folder = folder;
    this.#init = init;
    this.#pid = pid;
    this.#outer = outerCrontab();
    this.env = {PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin', HOME: join(folder, 'user'), LOGNAME: 'root', USER: 'root'};
  }

  /** @param zone of the machine, as its clock shows it */
  static async create({zone = 'Etc/UTC'} = {}): Promise<NamespaceRig> {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'mem-ns-')));
    for (const name of ['user', 'etc', 'mem/bin', 'bin']) mkdirSync(join(folder, name), {recursive: true});
    for (const name of ['package.json', 'systemd', 'launchd', 'dist', 'node_modules'])
      symlinkSync(join(ROOT, name), join(folder, 'mem', name));
    writeFileSync(join(folder, 'mem/bin/mem.js'), recordingScript(folder));
    writeFileSync(join(folder, 'mem/bin/package.json'), '{"type":"commonjs"}\n');
    // Node at a path of this rig's, so that another one can be put over it.
    const setup = [
      'set -e',
      `cp -a /etc/. '${folder}/etc'`,
      `ln -sf /usr/share/zoneinfo/${zone} '${folder}/etc/localtime'`,
      `echo ${zone} > '${folder}/etc/timezone'`,
      `mount --bind '${folder}/etc' /etc`,
      'mount -t tmpfs tmpfs /run',
      'mkdir -p /run/systemd/system /run/user/0',
      'chmod 700 /run/user/0',
      'if [ -d /var/spool/cron/crontabs ]; then mount -t tmpfs tmpfs /var/spool/cron/crontabs; chmod 1730 /var/spool/cron/crontabs; chgrp crontab /var/spool/cron/crontabs; fi',
      `touch '${folder}/bin/node' '${folder}/bin/node-itself'`,
      `mount --bind '${process.execPath}' '${folder}/bin/node'`,
      `mount --bind '${process.execPath}' '${folder}/bin/node-itself'`,
      'echo ready',
      // It ends when nobody holds its stdin any more, and the kernel ends everything else in here with it.
      'exec cat >/dev/null',
    ];
    const init = spawn('unshare', ['-m', '-p', '-f', '--mount-proc', '--kill-child', 'sh', '-c', setup.join('\n')], {
      env: {PATH: '/usr/bin:/bin:/usr/sbin:/sbin'},
    });
    let said = '';
    init.stderr?.on('data', (text: Buffer) => {
      said += text.toString();
    });
    await new Promise<void>((resolve, reject) => {
      init.stdout?.once('data', () => resolve());
      init.once('close', () => reject(new Error(`the namespace could not be made: ${said}`)));
    });
    const pid = Number(readFileSync(`/proc/${init.pid}/task/${init.pid}/children`, 'utf8').trim().split(' ')[0]);
    return new NamespaceRig(folder, init, pid);
  }

  /** The mem of this rig. */
  mem(args: readonly string[], env: Record<string, string> = {}): Promise<RunResult> {
    return this.run(this.node, [join(this.folder, 'mem/bin/mem.js'), ...args], {env});
  }

  get node(): string {
    return join(this.folder, 'bin/node');
  }

  run(
    command: string,
    args: readonly string[],
    {input = '', env = {}}: {input?: string; env?: Record<string, string>} = {},
  ): Promise<RunResult> {
    return new Promise((resolve, reject) => {
      const child = this.start(command, args, env);
      const texts = {stdout: '', stderr: ''};
      for (const stream of ['stdout', 'stderr'] as const) {
        child[stream]?.on('data', (text: Buffer) => {
          texts[stream] += text.toString();
        });
      }
      child.on('error', reject);
      child.stdin?.on('error', () => {});
      child.on('close', (status) => resolve({status, ...texts}));
      child.stdin?.end(input);
    });
  }

  /** Starts what goes on; it ends with the rig. */
  start(command: string, args: readonly string[], env: Record<string, string> = {}): ReturnType<typeof spawn> {
    const pairs = Object.entries({...this.env, ...env}).map(([name, value]) => `${name}=${value}`);
    return spawn('nsenter', ['-t', String(this.#pid), '-m', '-p', '--', 'env', '-i', ...pairs, command, ...args], {cwd: '/'});
  }

  /** The calls of `mem schedule` so far. */
  calls(): readonly RecordedCall[] {
    const path = join(this.folder, 'calls.jsonl');
    if (!existsSync(path)) return [];
    return readFileSync(path, 'utf8')
      .split('\n')
      .flatMap((line) => (line === '' ? [] : [JSON.parse(line) as RecordedCall]));
  }

  /** Waits until `look` gives something. A look that is a process takes from the machine what is waited for: the pauses are longer then. */
  async until<T>(look: () => T | undefined | Promise<T | undefined>, what: string): Promise<T> {
    for (const since = performance.now(); performance.now() - since < PATIENCE_MS; ) {
      const before = performance.now();
      const seen = await look();
      if (seen !== undefined) return seen;
      const pauseMs = Math.min(1_000, 50 + 4 * (performance.now() - before));
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
    throw new Error(`waited in vain for ${what}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = new Promise((resolve) => this.#init.once('close', resolve));
    this.#init.stdin?.end();
    await ended;
    if (this.folder.includes('mem-ns-')) rmSync(this.folder, {recursive: true, force: true});
    if (outerCrontab() !== this.#outer) throw new Error("the machine's own crontab was changed");
  }
}

function outerCrontab(): string {
  const {status, stdout, stderr} = spawnSync('crontab', ['-l'], {encoding: 'utf8'});
  return `${status} ${stdout} ${stderr}`;
}

function recordingScript(folder: string): string {
  return `#!/usr/bin/env node
'use strict';
if (process.argv[2] === 'schedule' && process.argv[3] === 'run') {
  const call = {args: process.argv.slice(2), cwd: process.cwd(), at: Date.now(), env: process.env};
  require('node:fs').appendFileSync(${JSON.stringify(join(folder, 'calls.jsonl'))}, JSON.stringify(call) + '\\n');
}
process.argv[1] = __filename;
require(${JSON.stringify(join(ROOT, 'bin/mem.js'))});
`;
}
