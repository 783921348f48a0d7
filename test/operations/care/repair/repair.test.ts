import {cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {END_OF_TIME, type EpochMs} from '../../../../src/domain/event/event.js';
import {eventLine} from '../../../../src/domain/event/line/event-line.js';
import {TOC_LEVELS} from '../../../../src/domain/toc/node-id.js';
import {check} from '../../../../src/operations/care/check/check.js';
import {idOfLine, linesOf as journalLines, versionOfLine} from '../../../../src/operations/care/journal-lines.js';
import {rebuild} from '../../../../src/operations/care/repair/rebuild.js';
import {repair} from '../../../../src/operations/care/repair/repair.js';
import {withMembers} from '../../../store/port/wrapped-gate.js';
import {aLine, HomeRig} from '../../home-rig.js';

const NEVER = new AbortController().signal;

/** Two months with several sessions, rolled up in two runs, so that nodes have versions. */
async function fill(rig: HomeRig): Promise<void> {
  await rig.create('Europe/Berlin');
  const lines = (from: number) =>
    Array.from({length: 60}, (_, n) =>
      aLine({
        seq: from + n,
        session_id: `s${n % 3}`,
        timestamp: `2024-0${1 + (n % 2)}-1${n % 7}T1${n % 3}:${10 + (n % 50)}:${10 + (n % 40)}Z`,
        text: `We fixed gate ${from + n} of the tide mill, and painted the sluice. ${'Its hinges hold. '.repeat(n)}`,
      }),
    );
  await rig.ingest(lines(0));
  await rig.rollUp();
  await rig.ingest(lines(100));
  await rig.rollUp();
}

/** All events and all versions, as text. */
async function contentOf(rig: HomeRig): Promise<{events: readonly string[]; nodes: readonly string[]; marks: number}> {
  return rig.mem.store.use(3_000, async (store) => {
    const {events} = await store.events(0 as EpochMs, END_OF_TIME, 100_000);
    const nodes: string[] = [];
    for (const tocLevel of TOC_LEVELS) {
      const pointers = await store.pointers(tocLevel, {});
      nodes.push(...pointers.map((pointer) => JSON.stringify(pointer)));
      nodes.push(...(await store.versionsOf(pointers.map(({id}) => id))).flat().map((node) => JSON.stringify(node)));
    }
    let marks = (await store.sessionDayMarks({})).length;
    for (const tocLevel of ['year', 'month', 'week', 'day'] as const) marks += (await store.nodeMarks(tocLevel)).length;
    return {events: events.map(({record}) => eventLine(record)), nodes: nodes.sort(), marks};
  });
}

const mend = (rig: HomeRig) => repair(rig.mem, {dryRun: false, timeZone: 'UTC', signal: NEVER});
const make = (rig: HomeRig, over = {}) =>
  rebuild(rig.mem, {dryRun: false, isPartial: false, timeZone: 'Europe/Berlin', signal: NEVER, ...over});

describe('a memory with everything twice', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mem-care-'));
  const home = join(folder, 'home');
  let whole: Awaited<ReturnType<typeof contentOf>>;
  beforeAll(async () => {
    await using rig = new HomeRig();
    await fill(rig);
    await rig.mem.store.maintenance?.compact();
    whole = await contentOf(rig);
    cpSync(rig.home, home, {recursive: true});
  });
  afterAll(() => rmSync(folder, {recursive: true, force: true}));

  /** A copy of it, which is the same home for the journal: that knows itself by its folder's number. */
  function aCopy(): HomeRig {
    const rig = new HomeRig();
    cpSync(home, rig.home, {recursive: true});
    return rig;
  }

  const tableOf = (rig: HomeRig): string => {
    const names = readdirSync(join(rig.home, 'db')).filter((name) => name.endsWith('.ldb'));
    return names.map((name) => join(rig.home, 'db', name)).sort((a, b) => statSync(b).size - statSync(a).size)[0] ?? '';
  };
  const flip = (path: string, at: number): void => {
    const bytes = readFileSync(path);
    bytes[at] = (bytes[at] ?? 0) ^ 16;
    writeFileSync(path, bytes);
  };
  const journalOf = (rig: HomeRig, kind: string): string => rig.mem.journal.list().files.find((file) => file.kind === kind)?.path ?? '';

  test('is left alone by a repair', async () => {
    await using rig = aCopy();
    const report = await mend(rig);
    expect(report).toMatchObject({copies: [], store: undefined, journal: undefined, before: {cure: undefined}});
    expect(readdirSync(rig.home).filter((name) => name.startsWith('db'))).toEqual(['db']);
  });

  test.each<[string, (rig: HomeRig) => void]>([
    ['a block of a table is flipped', (rig) => flip(tableOf(rig), 1000)],
    ['a table is cut', (rig) => truncateSync(tableOf(rig), 500)],
    ['a table is missing', (rig) => rmSync(tableOf(rig))],
    [
      'all tables are missing',
      (rig) => {
        for (const name of readdirSync(join(rig.home, 'db'))) if (name.endsWith('.ldb')) rmSync(join(rig.home, 'db', name));
      },
    ],
    ['CURRENT is empty', (rig) => truncateSync(join(rig.home, 'db', 'CURRENT'), 0)],
    ['the store is gone', (rig) => rmSync(join(rig.home, 'db'), {recursive: true})],
    ['the journal of events is flipped', (rig) => flip(journalOf(rig, 'event'), 200)],
    ['the journal of nodes is cut', (rig) => truncateSync(journalOf(rig, 'node'), 300)],
    ['the journal of events is missing', (rig) => rmSync(journalOf(rig, 'event'))],
    ['the journal is gone', (rig) => rmSync(join(rig.home, 'journal'), {recursive: true})],
  ])('has every event and version again where %s', async (_, harm) => {
    await using rig = aCopy();
    harm(rig);
    const report = await repair(rig.mem, {dryRun: false, timeZone: 'Europe/Berlin', signal: NEVER});
    expect(report.after?.verdicts.filter(({faults}) => faults > 0)).toEqual([]);
    expect(report.store?.lostEvents ?? 0).toBe(0);
    expect(await contentOf(rig)).toEqual(whole);
    expect(await rig.rollUp()).toEqual([]);
  });

  // Events that came, and nodes that were made, after the journal was read had a second line in it.
  test('has every event and version once in the journal where others get in between', async () => {
    await using rig = aCopy();
    flip(journalOf(rig, 'event'), 200);
    const {mem} = rig;
    let came = 0;
    const inTurns: typeof mem.store.inTurns = async (...args) => {
      // The journal is being written again.
      if (mem.journal.keptAside() !== undefined && came < 2) {
        await rig.ingest([aLine({session_id: 's9', timestamp: '2024-03-01T12:00:00Z', seq: 900 + came++})]);
        await rig.rollUp();
      }
      return mem.store.inTurns(...args);
    };
    const report = await repair({...mem, store: withMembers(mem.store, {inTurns})}, {dryRun: false, timeZone: 'UTC', signal: NEVER});
    expect(report).toMatchObject({journal: {events: 60, versions: 0}, after: {cure: undefined}});
    expect(came).toBe(2);
    const lines = mem.journal.list().files.flatMap((file) => [...mem.journal.read(file)]);
    const names = lines
      .flatMap((part) => (part.kind === 'member' ? journalLines(part.lines) : []))
      .map((line) => idOfLine(line) ?? versionOfLine(line));
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });

  // It put a sealed file in its place, and the drain went on in the one that was gone.
  test('keeps the file that a drain has just begun as it is', async () => {
    await using rig = aCopy();
    // A copy gets a writer of its own, whose file may come first then.
    const damaged = journalOf(rig, 'event');
    flip(damaged, 200);
    await rig.ingest([aLine({text: 'a new one'})]);
    const {store, journal} = rig.mem;
    const upkeep = store.maintenance?.journal;
    if (store.maintenance === undefined || upkeep === undefined) throw new Error();
    const begun = join(journal.folder, journal.ownWriter() ?? '', '2030-01-002.jsonl.gz');
    const endFiles = async (at: EpochMs): Promise<void> => {
      await upkeep.endFiles(at);
      writeFileSync(begun, '');
      expect(journal.list().files.map(({path}) => path)).toContain(begun);
    };
    const maintenance = withMembers(store.maintenance, {journal: withMembers(upkeep, {endFiles})});
    // The next opening of the store removes it, as one that was made and not written.
    const rewritten: string[] = [];
    const rewrite: typeof journal.rewrite = (file, rewriting) => {
      rewritten.push(file.path);
      return journal.rewrite(file, rewriting);
    };
    const mem = {...rig.mem, store: withMembers(store, {maintenance}), journal: withMembers(journal, {rewrite})};
    expect(await repair(mem, {dryRun: false, timeZone: 'UTC', signal: NEVER})).toMatchObject({after: {cure: undefined}});
    expect(rewritten).toEqual([damaged]);
  });

  test('is what it was after a rebuild, and a rollup finds nothing to do', async () => {
    await using rig = aCopy();
    const report = await make(rig);
    expect(report.store).toMatchObject({events: 120, eventsFromJournal: 120, lostEvents: 0});
    expect(await contentOf(rig)).toEqual(whole);
    expect(await rig.rollUp()).toEqual([]);
    expect((await check(rig.mem, {depth: 'full'})).cure).toBeUndefined();
  });

  test('is the whole memory again where only the journal is left', async () => {
    await using rig = aCopy();
    for (const name of readdirSync(rig.home)) if (name !== 'journal') rmSync(join(rig.home, name), {recursive: true});
    await make(rig);
    expect(await contentOf(rig)).toEqual(whole);
    expect(await rig.rollUp()).toEqual([]);
  });

  test('is not made again in a zone in which its days begin at other times', async () => {
    await using rig = aCopy();
    for (const name of readdirSync(rig.home)) if (name !== 'journal') rmSync(join(rig.home, name), {recursive: true});
    await expect(make(rig, {timeZone: 'America/New_York'})).rejects.toThrow('do not begin when days begin in America/New_York');
    expect(readdirSync(rig.home).filter((name) => name !== 'locks')).toEqual(['journal']);
  });

  test('is not made again from a journal that has less than the store', async () => {
    await using rig = aCopy();
    rmSync(journalOf(rig, 'event'));
    await rig.ingest([aLine({text: 'a new one'})]);
    await expect(make(rig)).rejects.toThrow('the store has 120 events that the journal lacks; nothing was changed');
    expect((await contentOf(rig)).events).toHaveLength(121);
    expect((await make(rig, {isPartial: true})).store).toMatchObject({events: 1, lostEvents: 120});
  });

  test('shows what a repair would do, and does nothing', async () => {
    await using rig = aCopy();
    flip(tableOf(rig), 1000);
    const before = readFileSync(tableOf(rig));
    expect(await repair(rig.mem, {dryRun: true, timeZone: 'UTC', signal: NEVER})).toMatchObject({copies: ['store'], store: undefined});
    expect(readFileSync(tableOf(rig)).equals(before)).toBe(true);
  });
});
