import {cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {END_OF_TIME, type EpochMs} from '../../../../src/domain/event/event.js';
import {eventLine} from '../../../../src/domain/event/line/event-line.js';
import {check} from '../../../../src/operations/care/check/check.js';
import {repair} from '../../../../src/operations/care/repair/repair.js';
import {aLine, HomeRig} from '../../home-rig.js';

/** `npm run proofs` makes a thousand of each. */
const FLIPS = process.env['MEM_PROOFS'] === '1' ? 1_000 : 12;

/**
 * Files of the store in which no byte carries anything: LevelDB's diary, the note of what was checked, tables and logs that the MANIFEST no
 * longer names.
 */
const CARRIES_NOTHING = /^(LOG|LOG\.old|LOCK|checked)$/;

/** Always the same numbers from 0 to 1. */
function* drawn(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

async function linesOf(rig: HomeRig): Promise<readonly string[]> {
  return rig.mem.store.use(3_000, async (store) => {
    const {events} = await store.events(0 as EpochMs, END_OF_TIME, 100_000);
    return events.map(({record}) => eventLine(record));
  });
}

/** A memory with tables, a log and a journal of each kind. */
async function aHome(folder: string): Promise<readonly string[]> {
  await using rig = new HomeRig();
  await rig.create('Europe/Berlin');
  const lines = (from: number) =>
    Array.from({length: 40}, (_, n) =>
      aLine({
        seq: from + n,
        timestamp: `2024-01-1${n % 7}T12:${10 + n}:00Z`,
        text: `We fixed gate ${from + n} of the tide mill. ${'Its hinges hold. '.repeat(n)}`,
      }),
    );
  await rig.ingest(lines(0));
  await rig.rollUp();
  await rig.mem.store.maintenance?.compact();
  await rig.ingest(lines(100));
  const all = await linesOf(rig);
  await rig.ingest([aLine({text: 'in the log', timestamp: '2024-02-01T12:00:00Z'})]);
  cpSync(rig.home, folder, {recursive: true});
  return [...all, ...(await linesOf(rig)).slice(all.length)];
}

test.each(['store', 'journal'] as const)(`finds any of ${FLIPS} flipped bits in the %s, and has every event again`, async (copy) => {
  const folder = mkdtempSync(join(tmpdir(), 'mem-flips-'));
  const whole = join(folder, 'home');
  const events = await aHome(whole);
  const root = copy === 'store' ? 'db' : 'journal';
  const files = readdirSync(join(whole, root), {recursive: true, withFileTypes: true})
    .filter((entry) => entry.isFile() && !CARRIES_NOTHING.test(entry.name) && entry.name !== 'writer')
    .map((entry) => join(entry.parentPath, entry.name).slice(whole.length + 1))
    .filter((path) => statSync(join(whole, path)).size > 0)
    .sort();
  const draw = drawn(20_240_115);
  const unseen: string[] = [];
  for (let flip = 0; flip < FLIPS; flip++) {
    const path = files[Math.floor(draw.next().value * files.length)] ?? '';
    const bytes = readFileSync(join(whole, path));
    const at = Math.floor(draw.next().value * bytes.length);
    const bit = Math.floor(draw.next().value * 8);
    const name = `bit ${bit} of byte ${at} of ${bytes.length} in ${path}`;
    await using rig = new HomeRig();
    cpSync(whole, rig.home, {recursive: true});
    bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
    writeFileSync(join(rig.home, path), bytes);
    const found = await check(rig.mem, {depth: 'full'});
    if (found.cure === undefined) unseen.push(name);
    const report = await repair(rig.mem, {dryRun: false, timeZone: 'Europe/Berlin'});
    expect({name, lost: report.store?.lostEvents ?? 0}).toEqual({name, lost: 0});
    expect({name, left: report.after?.verdicts.filter(({faults}) => faults > 0) ?? []}).toEqual({name, left: []});
    expect({name, isRight: (await linesOf(rig)).join('\n') === events.join('\n')}).toEqual({name, isRight: true});
  }
  // Bits that carry nothing: see CARRIES_NOTHING; and bits of files that an opening had replaced by the time of the check.
  process.stderr.write(`${FLIPS} flips in the ${copy}: ${FLIPS - unseen.length} found, ${FLIPS} repaired\n`);
  for (const name of unseen) process.stderr.write(`  not found: ${name}\n`);
  rmSync(folder, {recursive: true});
  expect(unseen.filter((name) => !/\.log$/.test(name))).toEqual([]);
});
