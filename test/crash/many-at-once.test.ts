import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {asLines, Product, temporaryFolder} from './product.js';
import {anEvent} from './scenarios.js';
import {violationsIn} from './violations.js';

const IS_FULL = process.env['MEM_PROOFS'] === '1';
/** For so long the store is held, or a little longer. */
const HOLD_MS = IS_FULL ? 30_000 : 4_000;
/** A busy store may make no ingest slower than noise does; to wait for it would be a ratio of ten and more. */
const RATIO = IS_FULL ? 1.5 : 3;
const ROUNDS = IS_FULL ? 15 : 5;
/** So many at most, while others keep the machine from telling: an ingest that waits is never as fast. */
const MOST_ROUNDS = 60;

const HOLDER = `
  import {ClassicLevel} from 'classic-level';
  const db = new ClassicLevel(process.argv[1], {createIfMissing: false});
  await db.open();
  process.stdout.write('held');
  process.stdin.resume().on('end', () => db.close());
`;

let count = 0;
const oneEvent = (): {text: string; input: string} => {
  const text = `event ${++count}`;
  return {text, input: asLines([anEvent(text, '2024-01-15T12:00:00Z')])};
};

/** Holds the store of a home until it is let go. */
async function hold(product: Product, home: string): Promise<ChildProcess> {
  const args = ['--input-type=module', '-e', HOLDER, join(home, 'db')];
  const holder = spawn(process.execPath, args, {cwd: product.folder, stdio: ['pipe', 'pipe', 'inherit']});
  if (holder.stdout !== null) await once(holder.stdout, 'data');
  return holder;
}

async function letGo(holder: ChildProcess): Promise<void> {
  holder.stdin?.end();
  await once(holder, 'close');
}

/** As many files wait as make an ingest drain unasked. What is in them was stored before. */
function fillInbox(home: string, one: Buffer): void {
  const inbox = join(home, 'inbox', 'new');
  mkdirSync(inbox, {recursive: true});
  for (let n = 0; n < 300; n++) writeFileSync(join(inbox, `0000000000${String(n).padStart(16, '0')}.ev`), one);
}

/** What a busy machine does to a few runs is noise, and it makes none faster: their quickest is compared. Of many runs it is the median. */
function typical(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[IS_FULL ? Math.floor(values.length / 2) : 0] ?? Number.NaN;
}

test('fifty `mem ingest` at once: fifty end with 0, fifty are stored', async () => {
  using folder = temporaryFolder();
  const product = Product.copy(folder.path);
  const home = join(folder.path, 'home');
  const events = Array.from({length: 50}, oneEvent);
  const ran = await Promise.all(events.map(({input}) => product.run(home, ['ingest'], {input})));
  expect(ran.filter(({status, stdout, stderr}) => status === 0 && stdout === '' && stderr === '').length).toBe(50);
  await product.runWell(home, ['ingest', '--drain']);
  const sent = new Set(events.map(({text}) => text));
  expect(await violationsIn(home, {acknowledged: sent, all: sent}, {isDrained: true})).toEqual([]);
});

test('while another process holds the store `mem ingest` is as fast as when it is free, and --drain gives up after its 3 s', async () => {
  using folder = temporaryFolder();
  const product = Product.copy(folder.path);
  const [free = '', held = ''] = ['free', 'held'].map((name) => join(folder.path, name));
  const sent = new Set<string>();
  const ingest = async (home: string): Promise<number> => {
    const {text, input} = oneEvent();
    if (home === held) sent.add(text);
    const ran = await product.run(home, ['ingest'], {input});
    expect(ran).toMatchObject({status: 0, stdout: '', stderr: ''});
    return ran.ms;
  };
  for (const home of [free, held]) {
    const {text, input} = oneEvent();
    if (home === held) sent.add(text);
    await product.runWell(home, ['ingest'], {input});
  }
  const waiting = join(held, 'inbox', 'new');
  const one = readFileSync(join(waiting, readdirSync(waiting)[0] ?? ''));
  for (const home of [free, held]) await product.runWell(home, ['ingest', '--drain']);

  const holder = await hold(product, held);
  const since = performance.now();
  const times = {free: [] as number[], held: [] as number[], freeWith300: [] as number[], heldWith300: [] as number[]};
  const isHeld = () => holder.exitCode === null;
  const ratio = () => typical(times.held) / typical(times.free);
  const ratioWith300 = () => typical(times.heldWith300) / typical(times.freeWith300);
  // In turns, so that whatever else the machine does meets all of them.
  for (let round = 0; round < ROUNDS || (ratio() >= RATIO && round < MOST_ROUNDS); round++) {
    times.free.push(await ingest(free));
    times.held.push(await ingest(held));
  }
  fillInbox(held, one);
  for (
    let round = 0;
    round < ROUNDS || performance.now() - since < HOLD_MS - 3_000 || (ratioWith300() >= RATIO && round < MOST_ROUNDS);
    round++
  ) {
    fillInbox(free, one);
    times.freeWith300.push(await ingest(free));
    times.heldWith300.push(await ingest(held));
  }
  const {text, input} = oneEvent();
  sent.add(text);
  const drain = await product.run(held, ['ingest', '--drain'], {input});
  expect(isHeld(), 'it gave up while the store was still held').toBe(true);
  expect(drain).toMatchObject({status: 0, stdout: '', stderr: ''});
  expect(drain.ms).toBeGreaterThanOrEqual(3_000);
  const heldMs = performance.now() - since;
  await letGo(holder);

  await product.runWell(held, ['ingest', '--drain']);
  expect(await violationsIn(held, {acknowledged: sent, all: sent}, {isDrained: true})).toEqual([]);
  process.stderr.write(
    `store held for ${Math.round(heldMs / 1000)} s: mem ingest takes ${ratio().toFixed(2)} of what it takes when free, ` +
      `${ratioWith300().toFixed(2)} with 300 files in the inbox (${(typical(times.heldWith300) / typical(times.free)).toFixed(2)} of a free one without); --drain gave up after ${(drain.ms / 1000).toFixed(1)} s\n`,
  );
  expect(heldMs).toBeGreaterThanOrEqual(HOLD_MS);
  expect(ratio()).toBeLessThan(RATIO);
  expect(ratioWith300()).toBeLessThan(RATIO);
});
