import {spawn} from 'node:child_process';
import {join} from 'node:path';
import {asLines, type Product} from './product.js';
import {anEvent, anEventWithoutTime} from './scenarios.js';

const PRELOAD = join(import.meta.dirname, 'watched-fs.cjs');

/** How a run is to be killed: at the n-th of Node's file operations, from outside some time after its start or its first operation, or not. */
type Aim =
  | {readonly kind: 'operation'; readonly n: number}
  | {readonly kind: 'start' | 'first'; readonly afterMs: number}
  | {readonly kind: 'none'};

interface Worker {
  readonly args: readonly string[];
  readonly aims: readonly Aim['kind'][];
  /** About as many operations of Node's as a run does, and about as long as it runs from the first to the last. */
  readonly operations: number;
  readonly lastsMs: number;
  /** Whether, after these operations and this output, all that it does with files may be done. */
  readonly isOver: (operations: readonly string[], stdout: string, stderr: string) => boolean;
  readonly statuses: readonly (number | null)[];
}

const WRITER: Worker = {
  args: ['ingest'],
  aims: ['operation', 'operation', 'operation', 'start', 'first', 'none', 'none'],
  operations: 9,
  lastsMs: 5,
  isOver: (operations) => operations.some((name) => name.startsWith('opendirSync')),
  statuses: [0],
};
const DRAINER: Worker = {
  args: ['events', '--limit', '1', '--json'],
  aims: ['operation', 'operation', 'first', 'first', 'first', 'none'],
  operations: 40,
  lastsMs: 150,
  isOver: (_, stdout) => stdout !== '',
  statuses: [0, 66, 75],
};
const ROLLUP: Worker = {
  args: ['rollup'],
  aims: ['operation', 'first', 'first', 'first', 'none'],
  operations: 60,
  lastsMs: 600,
  isOver: (operations, _, stderr) => stderr !== '' || operations.filter((name) => name.startsWith('renameSync locks')).length > 0,
  statuses: [0, 66, 75],
};

/** What a time of random kills came to. */
export class RandomKills {
  runs = 0;
  kills = 0;
  /** Kills after a process's first and before its last file operation. */
  killsInBetween = 0;
  /** The same, of processes of which each kind there is. */
  readonly inBetweenBy = {writer: 0, drainer: 0, rollup: 0};
  readonly acknowledged = new Set<string>();
  readonly sent = new Set<string>();
  readonly problems: string[] = [];
  readonly #product: Product;
  readonly #home: string;
  #isEnough: (kills: RandomKills) => boolean = () => true;
  #isEnding = false;
  #lines = 0;

  constructor(product: Product, home: string) {
    this.#product = product;
    this.#home = home;
  }

  /** Eight writers, two drainers and a rollup, all again and again, until `isEnough`. */
  async run(isEnough: (kills: RandomKills) => boolean): Promise<void> {
    this.#isEnough = isEnough;
    const writers = Array.from({length: 8}, (_, n) => this.#write(n));
    await Promise.all([...writers, this.#repeat('drainer', DRAINER), this.#repeat('drainer', DRAINER), this.#repeat('rollup', ROLLUP)]);
  }

  async #write(writer: number): Promise<void> {
    while (!this.#isEnding) {
      const events = Array.from({length: 1 + random(3)}, () => this.#newEvent(writer));
      const texts = events.map(({text}) => String(text));
      for (const text of texts) this.sent.add(text);
      // Half of those who were killed send the same again, which must not double anything.
      do {
        if (!(await this.#once('writer', WRITER, asLines(events)))) continue;
        for (const text of texts) this.acknowledged.add(text);
        break;
      } while (!this.#isEnding && random(2) === 0);
    }
  }

  #newEvent(writer: number): Record<string, unknown> {
    const text = `Note ${writer}-${++this.#lines}: the ${['pump', 'sluice', 'gauge', 'wheel'][random(4)]} was looked at.`;
    const session = `s-${random(5)}`;
    if (random(5) === 0) return anEventWithoutTime(text, session);
    return anEvent(text, new Date(Date.UTC(2024, random(3), 1 + random(6), 8 + random(3), random(60), random(60))).toISOString(), session);
  }

  async #repeat(kind: 'drainer' | 'rollup', worker: Worker): Promise<void> {
    while (!this.#isEnding) await this.#once(kind, worker, '');
  }

  /** @returns whether it ended by itself, and well */
  #once(kind: keyof RandomKills['inBetweenBy'], worker: Worker, input: string): Promise<boolean> {
    const aim = aimOf(worker);
    const killAt = aim.kind === 'operation' ? String(aim.n) : '0';
    const {command, args, env} = this.#product.command(this.#home, worker.args, {
      nodeArgs: ['--require', PRELOAD],
      env: {MEM_TEST_KILL_AT: killAt},
    });
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
        this.runs++;
        this.#isEnding ||= this.#isEnough(this);
        const done = (operations?.() ?? '').split('\n').filter((line) => line !== '');
        // The operation at which a process ends itself is told, and not done.
        const first = aim.kind === 'operation' ? 2 : 1;
        if (signal === 'SIGKILL') {
          this.kills++;
          if (done.length >= first && !worker.isOver(done, stdout?.() ?? '', stderr?.() ?? '')) {
            this.killsInBetween++;
            this.inBetweenBy[kind]++;
          }
        } else if (!worker.statuses.includes(status)) {
          this.problems.push(`${worker.args[0]} ended with ${status ?? signal}: ${stderr?.().trim()}`);
        }
        resolve(status === 0);
      });
    });
  }
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

function random(below: number): number {
  return Math.floor(Math.random() * below);
}
