import {existsSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {random, runAndKill, type Worker} from './killed-run.js';
import {asLines, type Product} from './product.js';
import {anEvent, anEventWithoutTime} from './scenarios.js';

/** The session whose events are forgotten, again and again. */
export const DOOMED = 's-doomed';

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

const hasSaid = (_: readonly string[], stdout: string): boolean => stdout !== '';
/** One of them runs at a time: they share a lock. */
const CARE = {
  compact: {
    args: ['compact'],
    aims: ['operation', 'first', 'first', 'none'],
    operations: 60,
    lastsMs: 300,
    isOver: hasSaid,
    statuses: [0, 66, 75],
  },
  forget: {
    args: ['forget', '--session', DOOMED, '--yes'],
    aims: ['operation', 'first', 'first', 'none'],
    operations: 120,
    lastsMs: 600,
    isOver: hasSaid,
    // It does not write a damaged journal again; the next repair mends that, and the next forgetting goes on.
    statuses: [0, 66, 74, 75],
  },
  repair: {
    args: ['repair'],
    aims: ['operation', 'first', 'first', 'none'],
    operations: 100,
    lastsMs: 600,
    isOver: hasSaid,
    statuses: [0, 66, 75],
  },
  rebuild: {
    args: ['rebuild'],
    aims: ['operation', 'first', 'first', 'none'],
    operations: 100,
    lastsMs: 600,
    isOver: hasSaid,
    // It refuses a journal that has less than the store.
    statuses: [0, 66, 74, 75],
  },
} as const satisfies Record<string, Worker>;
type Kind = 'writer' | 'drainer' | 'rollup' | keyof typeof CARE;
const CARES = ['compact', 'forget', 'repair', 'rebuild'] as const;

/** What a time of random kills came to. */
export class RandomKills {
  runs = 0;
  kills = 0;
  /** Kills after a process's first and before its last file operation. */
  killsInBetween = 0;
  /** The same, of processes of which each kind there is. */
  readonly inBetweenBy: Record<Kind, number> = {writer: 0, drainer: 0, rollup: 0, compact: 0, forget: 0, repair: 0, rebuild: 0};
  readonly acknowledged = new Set<string>();
  readonly sent = new Set<string>();
  /** Of the session that is forgotten. */
  readonly doomed = new Set<string>();
  readonly problems: string[] = [];
  readonly #product: Product;
  readonly #home: string;
  #isEnough: (kills: RandomKills) => boolean = () => true;
  #isEnding = false;
  #calmAfter = 0;
  #lines = 0;

  constructor(product: Product, home: string) {
    this.#product = product;
    this.#home = home;
  }

  /**
   * Eight writers, two drainers, a rollup and one who cares for the memory, all again and again, until `isEnough`.
   * @param calmAfter after so many kills two of the writers and one drainer are left: the others get on faster
   */
  async run(isEnough: (kills: RandomKills) => boolean, calmAfter: number): Promise<void> {
    this.#isEnough = isEnough;
    this.#calmAfter = calmAfter;
    const writers = Array.from({length: 8}, (_, n) => this.#write(n));
    const readers = [this.#repeat('drainer', DRAINER), this.#repeat('drainer', DRAINER, true), this.#repeat('rollup', ROLLUP)];
    await Promise.all([...writers, ...readers, this.#care()]);
  }

  async #care(): Promise<void> {
    while (!this.#isEnding) {
      // Whichever was killed least.
      const kind = CARES.toSorted((a, b) => this.inBetweenBy[a] - this.inBetweenBy[b])[0] ?? 'compact';
      if (kind === 'repair') this.#harmJournal();
      await this.#once(kind, CARE[kind], '');
    }
  }

  /** Flips a bit of what was sealed, which the store has too. */
  #harmJournal(): void {
    const folder = join(this.#home, 'journal');
    // Nothing may be drained yet.
    if (!existsSync(folder)) return;
    const names = readdirSync(folder, {recursive: true, encoding: 'utf8'}).filter((name) => /\.[0-9a-f]{32}\.jsonl\.gz$/.test(name));
    const path = join(folder, names[random(names.length)] ?? '');
    if (names.length === 0) return;
    const bytes = readFileSync(path);
    const at = random(bytes.length);
    bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << random(8)), at);
    writeFileSync(path, bytes);
  }

  async #write(writer: number): Promise<void> {
    while (!this.#isEnding && (writer < 2 || this.kills < this.#calmAfter)) {
      const events = Array.from({length: 1 + random(3)}, () => this.#newEvent(writer));
      const texts = events.map(({text}) => String(text));
      for (const {text, session_id: session} of events) (session === DOOMED ? this.doomed : this.sent).add(String(text));
      // Half of those who were killed send the same again, which must not double anything.
      do {
        if (!(await this.#once('writer', WRITER, asLines(events)))) continue;
        for (const text of texts) if (!this.doomed.has(text)) this.acknowledged.add(text);
        break;
      } while (!this.#isEnding && random(2) === 0);
    }
  }

  #newEvent(writer: number): Record<string, unknown> {
    const text = `Note ${writer}-${++this.#lines}: the ${['pump', 'sluice', 'gauge', 'wheel'][random(4)]} was looked at.`;
    const session = random(8) === 0 ? DOOMED : `s-${random(5)}`;
    if (random(5) === 0) return anEventWithoutTime(text, session);
    return anEvent(text, new Date(Date.UTC(2024, random(3), 1 + random(6), 8 + random(3), random(60), random(60))).toISOString(), session);
  }

  async #repeat(kind: 'drainer' | 'rollup', worker: Worker, endsEarly = false): Promise<void> {
    while (!this.#isEnding && !(endsEarly && this.kills >= this.#calmAfter)) await this.#once(kind, worker, '');
  }

  /** @returns whether it ended by itself, and well */
  async #once(kind: Kind, worker: Worker, input: string): Promise<boolean> {
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
