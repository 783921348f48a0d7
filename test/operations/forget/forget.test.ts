import {mkdirSync, readdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import type {EpochMs, EventId} from '../../../src/domain/event/event.js';
import {planForgetting} from '../../../src/operations/forget/forget.js';
import {search} from '../../../src/operations/search/search.js';
import {noteRecall} from '../../../src/system/notes/recall-log.js';
import {withMembers} from '../../store/port/wrapped-gate.js';
import {aLine, HomeRig} from '../home-rig.js';
import {findInHome} from './find-in-home.js';
import {forgetAll, withCanaries} from './forget-rig.js';

const IS_FULL = process.env['MEM_PROOFS'] === '1';

const eventsOf = (rig: HomeRig) =>
  rig.mem.store.use(3_000, async (store) => (await store.events(0 as EpochMs, 4e12 as EpochMs)).events.map(({head}) => head.id));

/** The same events in a home that never had others. */
async function fromScratch(lines: readonly Parameters<HomeRig['ingest']>[0][number][]): Promise<HomeRig> {
  const rig = new HomeRig();
  await rig.ingest(lines);
  await rig.rollUp();
  return rig;
}

test('leaves no word of what was forgotten in any file of the home', async () => {
  const {rig, canaries} = await withCanaries(IS_FULL ? 200 : 20);
  await using _ = rig;
  const before = findInHome(rig.home, canaries);
  for (const where of [/^db\/.*\.(ldb|log): /, /^journal\/.*\.jsonl\.gz: /]) {
    expect(new Set(before.filter((found) => where.test(found)).map((found) => found.split(': ')[1])).size).toBe(canaries.length);
  }
  const ids: EventId[] = [];
  for (const query of canaries) {
    const {events} = await planForgetting(rig.mem, {query});
    expect(events).toHaveLength(1);
    ids.push(...events.map(({id}) => id));
  }
  for (let at = 0; at < ids.length; at += 7) await forgetAll(rig, {events: ids.slice(at, at + 7)});
  expect(findInHome(rig.home, canaries)).toEqual([]);
  expect(await eventsOf(rig)).toHaveLength(canaries.length * 4);
});

test('makes of what is left what a home that never had the rest makes of it', async () => {
  const lines = Array.from({length: 60}, (_, n) =>
    aLine({
      session_id: `s${n % 4}`,
      timestamp: new Date(Date.parse('2024-01-15T12:00:00Z') + n * 5_400_000).toISOString(),
      text: `${n % 7 === 3 ? 'Heron' : 'Plover'} number ${n} was seen at the sluice, and its nest was counted.`,
    }),
  );
  const rig = new HomeRig();
  await using _ = rig;
  await rig.ingest(lines.slice(0, 30));
  await rig.rollUp();
  await rig.ingest(lines.slice(30));
  await rig.rollUp();
  await forgetAll(rig, {query: 'heron'});
  await using scratch = await fromScratch(lines.filter(({text}) => !String(text).startsWith('Heron')));
  expect(await rig.latest()).toEqual(await scratch.latest());
  expect(await rig.marks()).toBe(0);
  const days = (home: HomeRig) => home.mem.store.use(3_000, (store) => store.sessionDays({}));
  expect(await days(rig)).toEqual(await days(scratch));
  const request = {query: 'nest sluice counted', limit: 200, by: 'event'} as const;
  const hits = async (home: HomeRig) => (await search(home.mem, request)).hits.map(({event, score}) => [event.id, score]);
  expect(await hits(rig)).toEqual(await hits(scratch));
  expect((await search(rig.mem, {...request, query: 'heron'})).hits).toEqual([]);
  const counters = await rig.mem.store.use(3_000, (store) => store.counters());
  expect(counters.events).toBe(51);
});

test('brings nothing back when the same lines come in again', async () => {
  const {rig, canaries} = await withCanaries(4);
  await using _ = rig;
  const text = `We checked pump 0 of the tide mill and wrote it down. The ${canaries[0]} was moved to the ${canaries[0]} depot.`;
  const line = aLine({session_id: 's0', timestamp: '2024-01-15T12:00:00.000Z', agent: 'claude-code', event_type: 'user_message', text});
  await forgetAll(rig, {query: canaries[0] ?? ''});
  const {timestamp: __, ...withoutTime} = line;
  for (const again of [line, {...line, seq: 3}, {...line, timestamp: '2024-03-01T08:00:00Z'}, withoutTime]) {
    expect(await rig.ingest([again])).toMatchObject({stored: 0, duplicates: 1});
  }
});

test('takes words out of bad lines, bells and the log of what was recalled, and nothing else', async () => {
  await using rig = new HomeRig();
  const said = 'The spare key hangs behind the tide clock in the hall.';
  await rig.ingest([
    aLine({text: said}),
    aLine({text: 'The gauge was read at noon, as on every other day.', timestamp: '2024-01-15T13:00:00Z'}),
  ]);
  const bad = (raw: string) =>
    ({code: 'BAD', reason: 'is bad', hint: '', file: 'f', line: 1, raw: Buffer.from(raw), bytes: raw.length}) as never;
  rig.mem.inbox.keepBad([bad(JSON.stringify({text: said, session_id: 's1'})), bad('not JSON, kept'), bad(`{"text":"${said}`)]);
  const raw = join(rig.home, 'inbox', 'raw');
  mkdirSync(raw, {recursive: true});
  writeFileSync(join(raw, 'claude-code.aa'), JSON.stringify({session_id: 's1', prompt: said}));
  writeFileSync(join(raw, 'claude-code.bb'), JSON.stringify({session_id: 's1', prompt: 'another one'}));
  const recall = {at: '2024-01-15T12:00:00Z', by: 'hook', project: '', event_ids: []};
  noteRecall(rig.home, {...recall, query: `${said} Where?`});
  noteRecall(rig.home, {...recall, query: 'the gauge'});
  await forgetAll(rig, {query: 'spare key'});
  expect(findInHome(rig.home, [said, 'spare'])).toEqual([]);
  expect(findInHome(rig.home, ['not JSON, kept', 'another one', 'the gauge"'])).toHaveLength(3);
  expect(readdirSync(raw)).toEqual(['claude-code.bb']);
});

test('forgets a whole session, and all periods that nothing is left of', async () => {
  await using rig = new HomeRig();
  await rig.ingest([
    aLine(),
    aLine({session_id: 's2', timestamp: '2023-05-02T10:00:00Z', text: 'The ferry was late on the second of May.'}),
  ]);
  await rig.rollUp();
  const {plan, taken} = await forgetAll(rig, {session: 's2'});
  expect(plan).toMatchObject({sessions: 1, nodes: 5});
  expect(taken).toEqual({events: 1, nodes: 5, filesLeft: 0});
  expect((await rig.pointers()).map(({id}) => id).filter((id) => id.includes('2023'))).toEqual([]);
  expect(await rig.mem.store.use(3_000, (store) => store.sessionDays({}))).toHaveLength(1);
  expect(findInHome(rig.home, ['ferry'])).toEqual([]);
});

test('takes out what another zone had put on another date', async () => {
  await using rig = new HomeRig();
  await rig.create('Pacific/Auckland');
  await rig.ingest([aLine({timestamp: '2024-01-15T20:00:00Z', text: 'The osprey took a pike from the upper pond.'})]);
  await rig.rollUp();
  const {changeTimeZone} = await import('../../../src/operations/settings/change-time-zone.js');
  await changeTimeZone(rig.mem, 'America/Los_Angeles', {dryRun: false});
  await rig.rollUp();
  expect((await rig.pointers()).some(({id}) => id.startsWith('toc:segment:2024-01-16'))).toBe(true);
  await forgetAll(rig, {query: 'osprey'});
  expect(findInHome(rig.home, ['osprey', 'pike'])).toEqual([]);
  expect(await rig.pointers()).toEqual([]);
});

test('compacts the store when all is done: a large one keeps what was deleted', async () => {
  await using rig = new HomeRig();
  await rig.ingest([aLine(), aLine({session_id: 's2', timestamp: '2024-01-16T12:00:00Z', text: 'The ferry was late on that day.'})]);
  await rig.rollUp();
  const {store} = rig.mem;
  const left: (readonly string[])[] = [];
  const compact = async () => {
    left.push((await store.use(3_000, (open) => open.pointers('segment', {}))).map(({id}) => id.slice(0, 22)));
    await store.maintenance?.compact();
  };
  rig.mem = {...rig.mem, store: withMembers(store, {maintenance: store.maintenance && withMembers(store.maintenance, {compact})})};
  await forgetAll(rig, {session: 's2'});
  expect(left).toEqual([['toc:segment:2024-01-15']]);
});
