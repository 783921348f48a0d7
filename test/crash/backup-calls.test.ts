import {cpSync, existsSync, mkdirSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {namesIn} from '../../src/system/names-in.js';
import {anEvent, MemRig} from '../cli/mem-rig.js';
import {sample} from './each-call.js';
import {asLines, Product, temporaryFolder} from './product.js';
import {type Fault, record, runWithFault, type Target, whyNoStrace} from './strace.js';

const IS_FULL = process.env['MEM_PROOFS'] === '1';
const reason = whyNoStrace();
if (reason !== undefined) process.stderr.write(`skipped: faults at each call of a backup and a restore; ${reason}\n`);

const FAULTS: readonly Fault[] = ['KILL', 'ENOSPC', 'EIO'];
/** The short form strikes so many calls with each of two faults. */
const SHORT = 1;

const lines = (from: number, count: number) =>
  asLines(
    Array.from({length: count}, (_, n) => anEvent({at: `2024-01-15T10:${10 + from + n}:00Z`, text: `Salt basin ${from + n} before noon.`})),
  );

/** A home with a backup that is older than its newest events, side by side in a folder. */
class Place {
  readonly product: Product;
  readonly folder: string;

  constructor(product: Product, folder: string) {
    this.product = product;
    this.folder = folder;
  }

  get home(): string {
    return join(this.folder, 'home');
  }

  run(args: readonly string[], home = 'home') {
    return this.product.run(this.folder, [...args, '--store', join(this.folder, home)]);
  }

  /** All events, or the status with which they cannot be read. */
  async events(home: string): Promise<string | number | null> {
    const {status, stdout} = await this.run(['events', '--json'], home);
    return status === 0 ? stdout : status;
  }

  get backupArgs(): readonly string[] {
    return ['backup', join(this.folder, 'backup'), '--store', this.home];
  }

  get restoreArgs(): readonly string[] {
    return ['restore', join(this.folder, 'backup'), '--store', join(this.folder, 'restored')];
  }
}

describe.skipIf(reason !== undefined)('a fault at each call', () => {
  const own = temporaryFolder();
  const start = join(own.path, 'start');
  let product: Product;
  let whole: string | number | null;

  const copyOf = (name: string): Place => {
    const folder = join(own.path, name);
    rmSync(folder, {recursive: true, force: true});
    cpSync(start, folder, {recursive: true, preserveTimestamps: true});
    return new Place(product, folder);
  };

  beforeAll(async () => {
    product = Product.copy(own.path);
    mkdirSync(start);
    const place = new Place(product, start);
    await product.runWell(start, ['ingest', '--drain', '--store', place.home], {input: lines(0, 4)});
    await product.runWell(start, ['rollup', '--store', place.home]);
    await product.runWell(start, place.backupArgs);
    await product.runWell(start, ['ingest', '--store', place.home], {input: lines(20, 2)});
    await product.runWell(start, place.backupArgs);
    whole = await place.events('home');
  });
  afterAll(() => own[Symbol.dispose]());

  /** Strikes calls on files below one of `parts`. */
  async function strike({args, isMeant, short, check}: Strike): Promise<void> {
    const recorded = copyOf('recorded');
    const all = await record(product, recorded.folder, args(recorded), '', join(own.path, 'log'));
    const calls = all.filter(isMeant);
    expect(calls.length).toBeGreaterThan(10);
    const violations: string[] = [];
    let hits = 0;
    let cases = 0;
    for (const [n, fault] of (IS_FULL ? FAULTS : short).entries()) {
      // Another call with each fault.
      const chosen = IS_FULL ? calls : sample(SHORT)(calls.slice(Math.floor((calls.length * (n + 1)) / 4)));
      for (const target of chosen) {
        cases++;
        const place = copyOf('struck');
        const ran = await runWithFault(product, place.folder, args(place), {target, fault, input: '', log: join(own.path, 'struck.log')});
        if (ran.isHit) hits++;
        const note = (problem: string) => violations.push(`${fault} at ${target.call} ${target.file} (${target.inThread}): ${problem}`);
        const isExpected = ran.status === null ? fault === 'KILL' : [0, 73, 74].includes(ran.status);
        if (!isExpected && !ran.isElsewhere) note(`ended with ${ran.status ?? ran.signal}: ${ran.stderr.trim()}`);
        await check(place, note);
      }
    }
    process.stderr.write(
      `${hits} of ${cases} runs struck the very call that was meant, of ${calls.length}; ${violations.length} violations\n`,
    );
    expect(violations).toEqual([]);
    expect(hits).toBeGreaterThan(0);
  }

  test('of a backup: what was backed up before can be restored, and the next backup has everything', async () => {
    await strike({
      args: ({backupArgs}) => [...backupArgs, '--keep', '1'],
      isMeant: ({file}) => file.startsWith('backup'),
      short: ['KILL', 'ENOSPC'],
      check: async (place, note) => {
        const verified = await product.run(place.folder, [...place.restoreArgs, '--dry-run']);
        if (verified.status !== 0) note(`the backups from before: ${verified.stderr.trim()}`);
        const again = await product.run(place.folder, place.backupArgs);
        if (again.status !== 0) note(`the next backup: ${again.stderr.trim()}`);
        const restored = await product.run(place.folder, place.restoreArgs);
        if (restored.status !== 0) note(`its restore: ${restored.stderr.trim()}`);
        if ((await place.events('restored')) !== whole) note('the restored events are others');
      },
    });
  });

  test('of a restore: the home has everything or nothing, and the next restore makes it whole', async () => {
    await strike({
      args: ({restoreArgs}) => restoreArgs,
      isMeant: ({file}) => file.startsWith('restored'),
      short: ['KILL', 'EIO'],
      check: async (place, note) => {
        if (existsSync(join(place.folder, 'restored'))) {
          cpSync(join(place.folder, 'restored'), join(place.folder, 'looked-at'), {recursive: true});
          const seen = await place.events('looked-at');
          // What waited is drained by the reader, or comes with the next run.
          if (typeof seen === 'string' && seen !== whole && !existsSync(join(place.folder, 'restored', 'restore.tmp')))
            note('a part of the events');
        }
        const again = await product.run(place.folder, place.restoreArgs);
        const isDone = again.status === 64 && again.stderr.includes('holds events');
        if (again.status !== 0 && !isDone) note(`the next restore: ${again.stderr.trim()}`);
        if ((await place.events('restored')) !== whole) note('the restored events are others');
        // Of a kill between its last two calls it is empty.
        if (namesIn(join(place.folder, 'restored', 'restore.tmp')).length > 0) note('restore.tmp is left');
      },
    });
  });
});

interface Strike {
  readonly args: (place: Place) => readonly string[];
  readonly isMeant: (target: Target) => boolean;
  /** The faults of the short form. */
  readonly short: readonly Fault[];
  /** What must hold after it. */
  readonly check: (place: Place, note: (problem: string) => void) => Promise<void>;
}

test('a backup beside ingests and rollups has every event that was acknowledged before it began', async () => {
  await using mem = await MemRig.create();
  const dir = join(mem.folder, 'backup');
  for (let round = 0; round < (IS_FULL ? 30 : 1); round++) {
    let isOver = false;
    const acknowledged: string[] = [];
    const ingest = async (from: number) => {
      for (let n = 0; !isOver && n < 12; n++) {
        const text = `Round ${round}, writer ${from}, event ${n}.`;
        const event = anEvent({at: `2024-01-${10 + from}T10:${10 + n}:${10 + (round % 50)}Z`, session: `s-${from}`, text});
        const {status} = await mem.run(['ingest', ...(n % 2 === 0 ? ['--drain'] : [])], `${JSON.stringify(event)}\n`);
        if (status === 0) acknowledged.push(text);
      }
    };
    const writers = [ingest(1), ingest(2)];
    const rollup = mem.run(['rollup']);
    const wanted = 2 + Math.floor(Math.random() * 8);
    while (acknowledged.length < wanted) await new Promise((resolve) => setTimeout(resolve, 5));
    const before = [...acknowledged];
    const backup = await mem.run(['backup', dir, '--keep', '1']);
    isOver = true;
    await Promise.all([...writers, rollup]);
    expect(backup).toMatchObject({status: 0});
    const home = join(mem.folder, `restored-${round}`);
    expect(await mem.run(['restore', dir, '--home', home])).toMatchObject({status: 0});
    const {stdout} = await mem.run(['export', '--store', home]);
    expect(before.filter((text) => !stdout.includes(JSON.stringify(text)))).toEqual([]);
  }
});
