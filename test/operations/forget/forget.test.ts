import {createHash} from 'node:crypto';
import {mkdirSync, readdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import type {EpochMs} from '../../../src/domain/event/event.js';
import {tombstoneOfLine} from '../../../src/domain/event/tombstone.js';
import {alarmsOf} from '../../../src/operations/access/alarms.js';
import type {ForgetRequest} from '../../../src/operations/forget/choose-events.js';
import {type ForgetStep, finishForgetting, forget, planForgetting} from '../../../src/operations/forget/forget.js';
import {search} from '../../../src/operations/search/search.js';
import {noteRecall} from '../../../src/system/recall-log.js';
import {aLine, HomeRig} from '../home-rig.js';
import {findInHome} from './find-in-home.js';

const SIGNAL = new AbortController().signal;
const IS_FULL = process.env['MEM_PROOFS'] === '1';

/** A word of sixteen letters that no other text has; of other letters than the next, since LevelDB shortens what repeats itself. */
const canary = (n: number): string => {
  const digits = BigInt(`0x${createHash('sha256').update(`canary ${n}`).digest('hex')}`);
  return Array.from({length: 16}, (_, at) => String.fromCharCode(97 + Number((digits / 26n ** BigInt(at)) % 26n))).join('');
};

/** Five sessions over forty days, with a canary in each fifth event; a rollup in the middle, another one behind it. */
async function withCanaries(count: number): Promise<{rig: HomeRig; canaries: readonly string[]}> {
  const rig = new HomeRig();
  const canaries = Array.from({length: count}, (_, n) => canary(n));
  const lines = Array.from({length: count * 5}, (_, n) => {
    const at = new Date(Date.parse('2024-01-15T12:00:00Z') + n * 7_000_000).toISOString();
    const word = n % 5 === 0 ? ` The ${canaries[n / 5]} was moved to the ${canaries[n / 5]} depot.` : '';
    return aLine({
      session_id: `s${n % 3}`,
      timestamp: at,
      agent: 'claude-code',
      event_type: n % 2 === 0 ? 'user_message' : 'assistant_message',
      text: `We checked pump ${n} of the tide mill and wrote it down.${word}`,
    });
  });
  const half = Math.floor(lines.length / 2);
  await rig.ingest(lines.slice(0, half));
  await rig.rollUp();
  await rig.ingest(lines.slice(half));
  await rig.rollUp();
  return {rig, canaries};
}

async function forgetAll(rig: HomeRig, request: ForgetRequest) {
  const plan = await planForgetting(rig.mem, request);
  return {plan, taken: await forget(rig.mem, {kind: 'events', events: plan.events}, {signal: SIGNAL})};
}

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
  for (const where of [/^db\/.*\.(ldb|log): /, /^inbox\/done\//]) {
    expect(new Set(before.filter((found) => where.test(found)).map((found) => found.split(': ')[1])).size).toBe(canaries.length);
  }
  for (const word of canaries) {
    const {plan} = await forgetAll(rig, {query: word});
    expect(plan.events).toHaveLength(1);
  }
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

test.each<[string, ForgetRequest, number]>([
  ['a session', {session: 's1'}, 7],
  ['an agent', {agent: 'codex'}, 0],
  ['a time', {from: Date.parse('2024-01-15T14:00:00Z') as EpochMs, to: Date.parse('2024-01-15T18:00:00Z') as EpochMs}, 2],
  ['every word of a query', {query: 'pump 7'}, 1],
  ['a phrase', {query: '"pump 11 of"'}, 1],
  ['both of two', {session: 's1', query: 'pump 7'}, 1],
])('chooses by %s', async (_name, request, expected) => {
  const {rig} = await withCanaries(4);
  await using _ = rig;
  const plan = await planForgetting(rig.mem, request);
  expect(plan.events).toHaveLength(expected);
  expect(plan.samples.length).toBe(Math.min(10, expected));
});

test('refuses to forget everything by saying nothing', async () => {
  await using rig = new HomeRig();
  await expect(planForgetting(rig.mem, {projects: []})).rejects.toMatchObject({code: 'USAGE'});
  await rig.ingest([aLine()]);
  await expect(planForgetting(rig.mem, {query: '-"x"'})).rejects.toMatchObject({code: 'USAGE'});
});

test('takes what says the same in the session with it, and what a record was before it had grown', async () => {
  await using rig = new HomeRig();
  const said = 'Please paint the boathouse green before the regatta.';
  const grown = {event_type: 'assistant_message', event_id: 'm1', agent: 'claude-code', source: 'transcript'};
  await rig.ingest([
    aLine({text: said, agent: 'claude-code', source: 'hook', timestamp: '2024-01-15T12:00:01Z'}),
    aLine({text: said, agent: 'claude-code', source: 'transcript', event_id: 'u1', timestamp: '2024-01-15T12:00:00Z'}),
    aLine({text: 'Painted the east', ...grown, timestamp: '2024-01-15T12:01:00Z'}),
    aLine({text: 'Painted the east wall of it.', ...grown, timestamp: '2024-01-15T12:01:00Z'}),
    aLine({text: said, session_id: 's2', agent: 'claude-code', timestamp: '2024-01-15T12:00:00Z'}),
  ]);
  const [id] = (await planForgetting(rig.mem, {query: 'boathouse regatta', session: 's1'})).events;
  const one = await planForgetting(rig.mem, {events: [id?.id ?? ('' as never)]});
  expect([one.events.length, one.copies]).toEqual([2, 1]);
  const wall = await planForgetting(rig.mem, {query: 'wall'});
  expect([wall.events.length, wall.copies]).toEqual([2, 1]);
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

test('finishes what was cut short, and leaves nothing to be finished', async () => {
  const {rig, canaries} = await withCanaries(4);
  await using _ = rig;
  const plan = await planForgetting(rig.mem, {session: 's0'});
  const onStep = (step: ForgetStep) => {
    if (step.kind === 'taking-out' && step.left === 1) throw new Error('cut short');
  };
  await expect(forget(rig.mem, {kind: 'events', events: plan.events}, {signal: SIGNAL, onStep})).rejects.toThrow('cut short');
  expect(rig.mem.forgetting.intents.pending()).toEqual([1]);
  expect(findInHome(join(rig.home, 'forget'), ['pump', ...canaries])).toEqual([]);
  expect(await finishForgetting(rig.mem, {signal: SIGNAL})).toBe(1);
  expect(rig.mem.forgetting.intents.pending()).toEqual([]);
  expect(await finishForgetting(rig.mem, {signal: SIGNAL})).toBe(0);
  expect(
    findInHome(
      rig.home,
      canaries.filter((_, n) => n % 3 === 0),
    ),
  ).toEqual([]);
});

test('names whose files and which model still have it', async () => {
  await using rig = new HomeRig();
  await rig.ingest([
    aLine({agent: 'codex', source: 'transcript'}),
    aLine({agent: 'mem', source: 'note', timestamp: '2024-01-15T12:01:00Z'}),
  ]);
  const {unreachable} = await planForgetting(rig.mem, {session: 's1'});
  expect(unreachable.map(({kind, name}) => [kind, name])).toEqual([
    ['agent', 'codex'],
    ['copies', ''],
  ]);
});

test('says on every command that something is to be finished', async () => {
  await using rig = new HomeRig();
  await rig.ingest([aLine(), aLine({session_id: 's2', timestamp: '2024-01-16T12:00:00Z', text: 'The weir was closed for the winter.'})]);
  const plan = await planForgetting(rig.mem, {session: 's2'});
  const onStep = () => {
    throw new Error('cut short');
  };
  await expect(forget(rig.mem, {kind: 'events', events: plan.events}, {signal: SIGNAL, onStep})).rejects.toThrow('cut short');
  expect(alarmsOf(rig.mem)).toEqual(['a forgetting was begun and cut short; finish it with: mem forget --finish']);
  await finishForgetting(rig.mem, {signal: SIGNAL});
  expect(alarmsOf(rig.mem)).toEqual([]);
});

test('takes out again what a rollup made of it after it was cut short', async () => {
  await using rig = new HomeRig();
  await rig.ingest([
    aLine(),
    aLine({timestamp: '2024-01-15T12:05:00Z', text: 'The weir was closed for the winter by the warden.'}),
    aLine({timestamp: '2024-01-17T12:05:00Z', text: 'The warden went home early that evening.'}),
  ]);
  await rig.rollUp();
  const plan = await planForgetting(rig.mem, {query: 'warden'});
  const onStep = (step: ForgetStep) => {
    if (step.kind === 'taking-out' && step.left === 1) throw new Error('cut short');
  };
  await expect(forget(rig.mem, {kind: 'events', events: plan.events}, {signal: SIGNAL, onStep})).rejects.toThrow('cut short');
  await rig.rollUp();
  await finishForgetting(rig.mem, {signal: SIGNAL});
  expect(findInHome(rig.home, ['warden', 'weir'])).toEqual([]);
  expect(await rig.marks()).toBe(0);
  // What the journal says of nodes is what the store has.
  const ids = (await rig.pointers()).map(({id}) => id);
  const stored = (await rig.mem.store.use(3_000, (store) => store.versionsOf(ids))).flat();
  const versions = stored.map(({id, version}) => `${id} ${version}`);
  const lines = rig.mem.journal
    .list()
    .files.filter(({kind}) => kind === 'node')
    .flatMap((file) => [...rig.mem.journal.read(file)])
    .flatMap((part) => (part.kind === 'member' ? part.lines.toString().trimEnd().split('\n') : []))
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
    .map(({id, version}: {id: string; version: number}) => `${id} ${version}`);
  expect(lines.toSorted()).toEqual(versions.toSorted());
});

test('keeps tombstones in the journal, so that a store without them gets them back', async () => {
  await using rig = new HomeRig();
  await rig.ingest([aLine({text: 'The weir was closed for the winter by the warden.'}), aLine({session_id: 's2'})]);
  await forgetAll(rig, {query: 'warden'});
  const files = rig.mem.journal.list().files.filter(({kind}) => kind === 'forgotten');
  const lines = files
    .flatMap((file) => [...rig.mem.journal.read(file)])
    .flatMap((part) => (part.kind === 'member' ? part.lines.toString() : []));
  const tombstones = await rig.mem.store.use(3_000, (store) => store.tombstones());
  expect(lines.join('').trimEnd().split('\n').map(tombstoneOfLine)).toEqual(tombstones);
});
