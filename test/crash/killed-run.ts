import {spawn} from 'node:child_process';
import {join} from 'node:path';
import type {Product} from './product.js';

const PRELOAD = join(import.meta.dirname, 'watched-fs.cjs');

/** How a run is to be killed: at the n-th of Node's file operations, from outside some time after its start or its first operation, or not. */
type Aim =
  | {readonly kind: 'operation'; readonly n: number}
  | {readonly kind: 'start' | 'first'; readonly afterMs: number}
  | {readonly kind: 'none'};

export interface Worker {
  readonly args: readonly string[];
  readonly aims: readonly Aim['kind'][];
  /** About as many operations of Node's as a run does, and about as long as it runs from the first to the last. */
  readonly operations: number;
  readonly lastsMs: number;
  /** Whether, after these operations and this output, all that it does with files may be done. */
  readonly isOver: (operations: readonly string[], stdout: string, stderr: string) => boolean;
  readonly statuses: readonly (number | null)[];
}

export interface KilledRun {
  readonly isKilled: boolean;
  /** It was killed after its first and before its last file operation. */
  readonly isInBetween: boolean;
  readonly status: number | null;
  /** Why it should not have ended as it did. */
  readonly problem?: string;
}

/** Runs mem once and kills it somewhere, or not. */
export function runAndKill(product: Product, home: string, worker: Worker, input: string): Promise<KilledRun> {
  const aim = aimOf(worker);
  const killAt = aim.kind === 'operation' ? String(aim.n) : '0';
  const {command, args, env} = product.command(home, worker.args, {nodeArgs: ['--require', PRELOAD], env: {MEM_TEST_KILL_AT: killAt}});
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {env, stdio: ['pipe', 'pipe', 'pipe', 'pipe']});
    const [, stdout, stderr, operations] = child.stdio.map((stream) => textOf(stream));
    const kill = (afterMs: number) => setTimeout(() => child.kill('SIGKILL'), afterMs);
    if (aim.kind === 'start') kill(aim.afterMs);
    if (aim.kind === 'first') child.stdio[3]?.once('data', () => kill(aim.afterMs));
    child.on('error', reject);
    child.stdin?.on('error', () => {});
    child.stdin?.end(input);
    child.on('close', (status, signal) => {
      const done = (operations?.() ?? '').split('\n').filter((line) => line !== '');
      // The operation at which a process ends itself is told, and not done.
      const first = aim.kind === 'operation' ? 2 : 1;
      const isKilled = signal === 'SIGKILL';
      resolve({
        isKilled,
        isInBetween: isKilled && done.length >= first && !worker.isOver(done, stdout?.() ?? '', stderr?.() ?? ''),
        status,
        ...(!isKilled &&
          !worker.statuses.includes(status) && {
            problem: `${worker.args[0]} ended with ${status ?? signal}: ${stderr?.().trim()}${stdout?.().slice(-2_000)}`,
          }),
      });
    });
  });
}

function aimOf({aims, operations, lastsMs}: Worker): Aim {
  const kind = aims[random(aims.length)] ?? 'none';
  switch (kind) {
    case 'operation':
      return {kind, n: 1 + random(operations)};
    case 'start':
      return {kind, afterMs: random(300)};
    case 'first':
      return {kind, afterMs: random(lastsMs)};
    case 'none':
      return {kind};
  }
}

function textOf(stream: unknown): () => string {
  let text = '';
  if (typeof stream === 'object' && stream !== null && 'on' in stream && typeof stream.on === 'function') {
    stream.on('data', (chunk: Buffer) => {
      text += chunk;
    });
  }
  return () => text;
}

export function random(below: number): number {
  return Math.floor(Math.random() * below);
}
