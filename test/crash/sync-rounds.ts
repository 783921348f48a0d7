import {basename, dirname} from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import {MemRig} from '../cli/mem-rig.js';
import {HomeRig} from '../operations/home-rig.js';
import type {SshRig} from '../sync/ssh/ssh-rig.js';
import {random} from './killed-run.js';

export type Line = Readonly<Record<string, unknown>>;

export interface SyncRoundsOptions {
  /** By the way of ssh two of the homes reach the third. Undefined: all by a folder alone. */
  readonly ssh: SshRig | undefined;
  readonly rounds: number;
  /** How many runs are killed at most. */
  readonly kills: number;
  /** A kill comes at most so late, in ms. */
  readonly killedWithinMs: number;
}

/** Three homes that get parts of one history, forget some of it, and are synced, rolled up and killed in any order. */
export class SyncRounds implements AsyncDisposable {
  readonly homes: readonly [MemRig, MemRig, MemRig];
  /** Ids of what some home forgot. */
  readonly forgotten = new Set<string>();
  kills = 0;
  /** Runs that ended otherwise than they may. */
  readonly problems: string[] = [];
  readonly #options: SyncRoundsOptions;

  private constructor(homes: SyncRounds['homes'], options: SyncRoundsOptions) {
    this.homes = homes;
    this.#options = options;
  }

  /** The first line decides whose memory it is: the others take its zone and key. */
  static async create(first: Line, options: SyncRoundsOptions): Promise<SyncRounds> {
    const homes = [await MemRig.create(), await MemRig.create(), await MemRig.create()] as const;
    if (options.ssh) for (const {env} of homes) env['PATH'] = `${options.ssh.clientBin}:${env['PATH']}`;
    const rounds = new SyncRounds(homes, options);
    await homes[0].ingest([first]);
    for (const n of [0, 1, 2]) await rounds.#must(n, ['sync', rounds.folder]);
    return rounds;
  }

  /** Nobody's home: what carries files lies beside the first. */
  get folder(): string {
    return `${dirname(this.homes[0].home)}/carried`;
  }

  /** Deals lines out: most to one home, some to two or three, some once more as another session's, as of a conversation that was forked. */
  async run(lines: readonly Line[]): Promise<void> {
    const {rounds} = this.#options;
    const dealt = [0, 1, 2].map((): Line[][] => Array.from({length: rounds}, () => []));
    for (const [n, line] of lines.entries()) {
      const to = random(3);
      const copies = [to, ...(random(10) < 3 ? [(to + 1) % 3] : []), ...(random(10) < 1 ? [(to + 2) % 3] : [])];
      for (const home of copies) dealt[home]?.[random(rounds)]?.push(line);
      if (n % 20 === 0) dealt[random(3)]?.[random(rounds)]?.push({...line, session_id: `${String(line['session_id'])}-fork`});
    }
    for (let round = 0; round < rounds; round++) {
      for (const [n, home] of this.homes.entries()) {
        const part = dealt[n]?.[round] ?? [];
        if (part.length > 0) await home.ingest(part);
      }
      for (const n of [0, 1, 2].sort(() => random(3) - 1)) {
        if (random(3) === 0) await this.#run(n, ['rollup'], false);
        await this.#run(n, ['sync', this.#way(n)], true);
        if (random(3) === 0) await this.#forget(n);
      }
    }
  }

  /** Syncs until nobody has anything new, and rolls up. @returns how many times around */
  async settle(): Promise<number> {
    for (let around = 1; ; around++) {
      let carried = 0;
      for (const n of [0, 1, 2]) {
        const {received, sent, refused} = JSON.parse(await this.#must(n, ['sync', this.folder, '--json']));
        carried += received.files + sent.files;
        if (refused.length > 0) this.problems.push(JSON.stringify(refused));
      }
      if (carried === 0) {
        for (const n of [0, 1, 2]) await this.#must(n, ['rollup']);
        return around;
      }
      if (around === 10) throw new Error('ten times around there is still something new');
    }
  }

  exported(n: number): Promise<string> {
    return this.#must(n, ['export']);
  }

  /** The latest versions of all nodes, read in this process. */
  nodes(n: number): ReturnType<HomeRig['latest']> {
    return HomeRig.over(this.#home(n).home).latest();
  }

  async check(n: number): Promise<void> {
    await this.#must(n, ['check', '--full']);
  }

  /** The first and the last home reach the one in between by ssh, too. */
  #way(n: number): string {
    return n === 1 || this.#options.ssh === undefined || random(2) === 0 ? this.folder : `ssh://desk${this.homes[1].home}`;
  }

  async #forget(n: number): Promise<void> {
    const lines = (await this.exported(n)).trimEnd().split('\n');
    const line = lines[random(lines.length)] ?? '';
    const {event_id: id} = line === '' ? {event_id: undefined} : JSON.parse(line);
    if (id === undefined || lines.length < 20) return;
    const {status, stderr} = await this.#home(n).run(['forget', '--event', id, '--yes']);
    if (status === 0) this.forgotten.add(id);
    else if (status !== 75) this.problems.push(`forget ended with ${status}: ${stderr}`);
  }

  async #run(n: number, args: readonly string[], mayBeKilled: boolean): Promise<void> {
    const started = this.#home(n).start(args);
    const {kills, killedWithinMs} = this.#options;
    if (mayBeKilled && this.kills < kills && random(2) === 0) {
      await Promise.race([started.ended, wait(random(killedWithinMs))]);
      started.kill('SIGKILL');
    }
    const {status, stderr} = await started.ended;
    if (status === null) this.kills++;
    // 75: something waits for another run of its kind.
    else if (status !== 0 && status !== 75)
      this.problems.push(`${args.join(' ')} in ${basename(this.#home(n).folder)} ended with ${status}: ${stderr}`);
  }

  async #must(n: number, args: readonly string[]): Promise<string> {
    for (;;) {
      const {status, stdout, stderr} = await this.#home(n).run(args);
      if (status === 0) return stdout;
      if (status !== 75) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}${stdout.slice(0, 2_000)}`);
      await wait(100);
    }
  }

  #home(n: number): MemRig {
    const home = this.homes[n];
    if (home === undefined) throw new RangeError(`there is no home ${n}`);
    return home;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const home of this.homes) await home[Symbol.asyncDispose]();
  }
}
