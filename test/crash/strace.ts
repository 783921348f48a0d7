import {spawnSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import type {Product, Ran, RunOptions} from './product.js';
import {besideOf} from './scenarios.js';

/** System calls that change files. */
const CALLS = 'write,pwrite64,writev,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,rmdir,link,linkat,openat,ftruncate,mkdir';
/** One worker thread, and none of V8's: what a thread calls is then the same in each run. */
const NODE_ARGS = ['--v8-pool-size=0'];
const ENV = {UV_THREADPOOL_SIZE: '1'};
const LINE = /^(?:(\d+) +)?(\w+)\((.*)$/;

export type Fault = 'KILL' | 'ENOSPC' | 'EIO';

/** One system call on a file of the home, as a recording run met it. */
export interface Target {
  readonly call: string;
  /** Relative to the home, with what changes from run to run left out. */
  readonly file: string;
  readonly isMainThread: boolean;
  /** The how-manieth of its name it is: in its thread, and in its thread on this path. */
  readonly inThread: number;
  readonly onPath: number;
}

/** Why calls cannot be injected here; undefined when they can. */
export function whyNoStrace(): string | undefined {
  const {status, error, stderr} = spawnSync('strace', ['-f', '-e', 'trace=rename', '-e', 'inject=rename:error=EIO:when=99', 'true'], {
    encoding: 'utf8',
  });
  if (error !== undefined) return 'strace is not installed';
  return status === 0 ? undefined : `strace may not trace here (ptrace is not permitted): ${stderr.trim().split('\n')[0]}`;
}

/** Runs mem and lists its calls on files of the home. */
export async function record(product: Product, home: string, args: readonly string[], input: string, log: string): Promise<Target[]> {
  const prefix = ['strace', '-f', '-y', '-o', log, '-e', `trace=${CALLS}`];
  const ran = await product.run(home, args, {input, prefix, nodeArgs: NODE_ARGS, env: ENV});
  if (ran.signal !== null) throw new Error(`the recording was ended by ${ran.signal}: ${ran.stderr}`);
  const targets: Target[] = [];
  const counts = new Map<string, number>();
  const next = (key: string): number => {
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count;
  };
  let main: string | undefined;
  for (const {thread, call, path, isReading} of callsIn(log)) {
    main ??= thread;
    const inThread = next(`${thread} ${call}`);
    if (path === undefined || !isUnder(home, path)) continue;
    const onPath = next(`${thread} ${call} ${path}`);
    if (isReading) continue;
    targets.push({call, file: fileOf(home, path), isMainThread: thread === main, inThread, onPath});
  }
  return targets;
}

export interface Struck extends Ran {
  /** Whether the call that was meant was met; another one may have been, which is a fault too. */
  readonly isHit: boolean;
  /** Whether a call was met that is none on a file of the home. */
  readonly isElsewhere: boolean;
}

/** Runs mem with a fault at one of the calls. */
export async function runWithFault(
  product: Product,
  home: string,
  args: readonly string[],
  {target, fault, input, log}: {target: Target; fault: Fault; input: string; log: string},
): Promise<Struck> {
  const what = fault === 'KILL' ? 'signal=KILL' : `error=${fault}`;
  // Without -f only the main thread is traced. Other threads are met by exact paths, except where a name in them is made at random.
  const isPathKnown = !target.isMainThread && !target.file.startsWith('db.tmp') && !target.file.includes('WRITER');
  const when = isPathKnown ? target.onPath : target.inThread;
  const prefix = ['strace', '-y', '-o', log, '-e', `trace=${target.call}`, '-e', `inject=${target.call}:${what}:when=${when}`];
  if (!target.isMainThread) prefix.push('-f');
  if (isPathKnown) prefix.push('-P', join(home, target.file));
  const options: RunOptions = {input, prefix, nodeArgs: NODE_ARGS, env: ENV};
  const ran = await product.run(home, args, options);
  const met = callsIn(log).filter(({text}) => (fault === 'KILL' ? / = \?|<unfinished \.\.\.>$/.test(text) : text.includes('(INJECTED)')));
  return {
    ...ran,
    isHit: met.some(({call, path}) => call === target.call && path !== undefined && fileOf(home, path) === target.file),
    isElsewhere: met.some(({path}) => path === undefined || !isUnder(home, path)),
  };
}

function callsIn(log: string) {
  return readFileSync(log, 'utf8')
    .split('\n')
    .flatMap((text) => {
      const [, thread = '', call = '', rest = ''] = LINE.exec(text) ?? [];
      if (call === '') return [];
      const path = /^\d+<([^>]*)>/.exec(rest)?.[1] ?? /^[^"]*"([^"]*)"/.exec(rest)?.[1];
      const isReading = call === 'openat' && !/O_CREAT|O_WRONLY|O_RDWR/.test(rest);
      return [{thread, call, path, isReading, text}];
    });
}

function isUnder(home: string, path: string): boolean {
  return path === home || path.startsWith(`${home}/`) || path.startsWith(besideOf(home));
}

/** ULIDs, pids and random parts of names differ in each run. */
function fileOf(home: string, path: string): string {
  return path
    .slice(home.length + 1)
    .replace(/^journal\/[0-9a-z]{12}(?=\/|$)/, 'journal/WRITER')
    .replace(/db\.tmp-\d+-[0-9a-f]+/, 'db.tmp')
    .replace(/\.[0-7][0-9A-Z]{25}\.\d+\.tmp/, '.ULID.tmp')
    .replace(/[0-7][0-9A-HJKMNP-TV-Z]{25}\.ev/, 'ULID.ev')
    .replace(/\.\d+\.[0-9a-f]{12}\.tmp/, '.PID.tmp');
}
