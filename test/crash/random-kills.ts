import {random, runAndKill, type Worker} from './killed-run.js';
import {asLines, type Product} from './product.js';
import {anEvent, anEventWithoutTime} from './scenarios.js';

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
  async #once(kind: keyof RandomKills['inBetweenBy'], worker: Worker, input: string): Promise<boolean> {
    const {isKilled, isInBetween, status, problem} = await runAndKill(this.#product, this.#home, worker, input);
    this.runs++;
    if (isKilled) this.kills++;
    if (isInBetween) {
      this.killsInBetween++;
      this.inBetweenBy[kind]++;
    }
    if (problem !== undefined) this.problems.push(problem);
    this.#isEnding ||= this.#isEnough(this);
    return status === 0;
  }
}
