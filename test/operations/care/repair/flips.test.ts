import {cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {END_OF_TIME, type EpochMs} from '../../../../src/domain/event/event.js';
import {eventLine} from '../../../../src/domain/event/line/event-line.js';
import {tombstoneLine} from '../../../../src/domain/event/tombstone.js';
import {TOC_LEVELS} from '../../../../src/domain/toc/node-id.js';
import {linesOf} from '../../../../src/operations/care/journal-lines.js';
import {repair} from '../../../../src/operations/care/repair/repair.js';
import {forget, planForgetting} from '../../../../src/operations/forget/forget.js';
import {aLine, HomeRig} from '../../home-rig.js';

/** `npm run proofs` makes a thousand of each, and cuts each file at many places. */
const [FLIPS, CUTS] = process.env['MEM_PROOFS'] === '1' ? [1_000, 10] : [3, 1];

/** Files of the store in which no byte carries anything: LevelDB's diary, its lock, and the note of what was checked. */
const CARRIES_NOTHING = /^(LOG|LOG\.old|LOCK|checked)$/;
const SIGNAL = new AbortController().signal;

/** Always the same numbers from 0 to 1. */
function* drawn(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

/** All events, versions of nodes and tombstones, as the store has them and as the journal has them. */
interface Content {
  readonly store: readonly string[];
  readonly journal: readonly string[];
}

async function contentOf({mem}: HomeRig): Promise<Content> {
  const store = await mem.store.use(3_000, async (open) => {
    const {events} = await open.events(0 as EpochMs, END_OF_TIME, 100_000);
    const lines = [...events.map(({record}) => eventLine(record)), ...(await open.tombstones()).map(tombstoneLine)];
    for (const tocLevel of TOC_LEVELS) {
      const pointers = await open.pointers(tocLevel, {});
      for (const pointer of pointers) lines.push(JSON.stringify(pointer));
      for (const version of (await open.versionsOf(pointers.map(({id}) => id))).flat()) lines.push(JSON.stringify(version));
    }
    return lines;
  });
  const journal = mem.journal.list().files.flatMap((file) => [...mem.journal.read(file)]);
  const lines = journal.flatMap((part) =>
    part.kind === 'member' ? linesOf(part.lines).map(inOneOrder) : [`damage of ${part.bytes} bytes`],
  );
  return {store: store.sort(), journal: lines.sort()};
}

/** A node that is written again from the store has its members in the store's order. */
function inOneOrder(line: string): string {
  const value = JSON.parse(line);
  return 'v' in value ? JSON.stringify(Object.fromEntries(Object.entries(value).sort())) : line;
}

/** A memory with tables, a log, nodes of several versions, and open and sealed files of a journal of each kind. */
async function aHome(folder: string): Promise<Content> {
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
  await rig.ingest([...lines(0), aLine({session_id: 'doomed', text: 'The sluice of polder nine was left open over night.'})]);
  await rig.rollUp();
  await forget(rig.mem, {kind: 'events', events: (await planForgetting(rig.mem, {session: 'doomed'})).events}, {signal: SIGNAL});
  await rig.ingest(lines(100));
  await rig.rollUp();
  // A merge that a closing cuts short leaves tables behind that are in no use: nobody misses them.
  await rig.mem.store.maintenance?.compact(SIGNAL);
  await rig.ingest([aLine({text: 'in the log', timestamp: '2024-02-01T12:00:00Z'})]);
  cpSync(rig.home, folder, {recursive: true});
  return await contentOf(rig);
}

describe('a memory with everything twice', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mem-flips-'));
  const whole = join(folder, 'home');
  let content: Content;
  beforeAll(async () => {
    content = await aHome(whole);
  });
  afterAll(() => rmSync(folder, {recursive: true}));

  /** Files that carry something, from the home on. */
  function filesOf(copy: 'db' | 'journal'): readonly string[] {
    return readdirSync(join(whole, copy), {recursive: true, withFileTypes: true})
      .filter((entry) => entry.isFile() && !CARRIES_NOTHING.test(entry.name) && entry.name !== 'writer')
      .map((entry) => join(entry.parentPath, entry.name).slice(whole.length + 1))
      .filter((path) => statSync(join(whole, path)).size > 0)
      .sort();
  }

  /** Harms a copy of it, which must have everything again after a repair. @returns whether a check found it */
  async function isFoundAndRepaired(name: string, harm: (home: string) => void): Promise<boolean> {
    await using rig = new HomeRig();
    cpSync(whole, rig.home, {recursive: true});
    harm(rig.home);
    // It checks first, as `mem check --full` does.
    const report = await repair(rig.mem, {dryRun: false, timeZone: 'Europe/Berlin'});
    expect({name, lost: report.store?.lostEvents ?? 0}).toEqual({name, lost: 0});
    expect({name, left: (report.after ?? report.before).verdicts.filter(({faults}) => faults > 0)}).toEqual({name, left: []});
    const now = await contentOf(rig);
    expect({name, missing: content.store.filter((line) => !now.store.includes(line))}).toEqual({name, missing: []});
    expect({name, now}).toEqual({name, now: content});
    return report.before.cure !== undefined;
  }

  test.each(['db', 'journal'] as const)(`finds any of ${FLIPS} flipped bits in %s, and has everything again`, async (copy) => {
    const files = filesOf(copy);
    const draw = drawn(20_240_115);
    const unseen: string[] = [];
    for (let flip = 0; flip < FLIPS; flip++) {
      const path = files[Math.floor(draw.next().value * files.length)] ?? '';
      const bytes = readFileSync(join(whole, path));
      const at = Math.floor(draw.next().value * bytes.length);
      const bit = Math.floor(draw.next().value * 8);
      const name = `bit ${bit} of byte ${at} of ${bytes.length} in ${path}`;
      bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
      if (!(await isFoundAndRepaired(name, (home) => writeFileSync(join(home, path), bytes)))) unseen.push(name);
    }
    process.stderr.write(`${FLIPS} flips in ${copy}: ${FLIPS - unseen.length} found, ${FLIPS} repaired\n`);
    expect(unseen).toEqual([]);
  });

  test.each(['db', 'journal'] as const)(
    `finds that a file of %s is missing, or cut at ${CUTS} places, and has everything again`,
    async (copy) => {
      const draw = drawn(20_240_229);
      const unseen: string[] = [];
      let harmed = 0;
      const tried = async (name: string, harm: (home: string) => void): Promise<void> => {
        harmed++;
        if (!(await isFoundAndRepaired(name, harm))) unseen.push(name);
      };
      for (const path of filesOf(copy)) {
        await tried(`without ${path}`, (home) => rmSync(join(home, path)));
        const {size} = statSync(join(whole, path));
        for (let cut = 0; cut < CUTS; cut++) {
          const to = Math.floor(draw.next().value * size);
          await tried(`${path} cut to ${to} of ${size} bytes`, (home) => truncateSync(join(home, path), to));
        }
      }
      process.stderr.write(`${harmed} files of ${copy} missing or cut: ${harmed - unseen.length} found, ${harmed} repaired\n`);
      // A log that is cut is as a crash leaves it. What it lost of the memory is taken from the journal by the next opening, which is the check's.
      expect(unseen.filter((name) => !/\.log cut to/.test(name))).toEqual([]);
    },
  );

  test.each(['db', 'journal'] as const)('finds that %s is gone, and has everything again', async (copy) => {
    expect(await isFoundAndRepaired(`without ${copy}`, (home) => rmSync(join(home, copy), {recursive: true}))).toBe(true);
    expect(existsSync(join(whole, copy))).toBe(true);
  });
});
