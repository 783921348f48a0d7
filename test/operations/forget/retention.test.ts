import {expect, test} from 'vitest';
import type {EpochMs} from '../../../src/domain/event/event.js';
import {forget} from '../../../src/operations/forget/forget.js';
import {planRetention} from '../../../src/operations/forget/retention.js';
import {findCauses} from '../../../src/operations/search/why.js';
import {aLine, HomeRig} from '../home-rig.js';
import {findInHome} from './find-in-home.js';

const SIGNAL = new AbortController().signal;
const BEFORE = Date.parse('2024-06-01T00:00:00Z') as EpochMs;
const OUTPUT = 'vqzjkwxy output of the pump house';
const INPUT = 'jxkqzwvp --of the tide mill';

function aDay(date: string, more = '') {
  const session = `s-${date}`;
  return [
    aLine({session_id: session, timestamp: `${date}T12:00:00Z`, text: 'Please fix the gauge of the sluice and commit it.'}),
    aLine({
      session_id: session,
      event_type: 'tool_result',
      timestamp: `${date}T12:01:00Z`,
      text: `[main 1a2b3c4] Fix the gauge of the sluice\n 1 file changed, 2 insertions(+)\n${OUTPUT}${more}`.padEnd(3_000, ' and so on'),
      metadata: {tool_name: 'Bash', cwd: '/mill', tool_input: {command: `git commit -m "Fix the gauge of the sluice" # ${INPUT}`}},
    }),
    aLine({
      session_id: session,
      event_type: 'assistant_message',
      timestamp: `${date}T12:02:00Z`,
      text: 'The gauge is fixed and committed.',
    }),
  ];
}

async function rolledUp(...dates: readonly string[]): Promise<HomeRig> {
  const rig = new HomeRig();
  for (const date of dates) await rig.ingest(aDay(date));
  await rig.rollUp();
  return rig;
}

const empty = (rig: HomeRig) => forget(rig.mem, {kind: 'retention', before: BEFORE}, {signal: SIGNAL});
const held = (rig: HomeRig) => findInHome(rig.home, [OUTPUT, INPUT]).filter((found) => !found.startsWith('inbox/done'));

test('empties old tool results and nothing else', async () => {
  await using rig = await rolledUp('2024-01-15', '2024-08-15');
  expect(held(rig)).not.toEqual([]);
  const plan = await planRetention(rig.mem, BEFORE);
  expect(plan).toMatchObject({events: 1, waiting: 0});
  expect(plan.bytes).toBeGreaterThan(2_000);
  expect(await empty(rig)).toEqual({events: 1, nodes: 0, filesLeft: 0});
  const all = await rig.mem.store.use(3_000, (store) => store.events(0 as EpochMs, 4e12 as EpochMs));
  expect(all.events).toHaveLength(6);
  const texts = (await rig.mem.store.use(3_000, (store) => store.eventsOf(all.events.map(({head}) => head.id)))).map(
    (event) => event?.text,
  );
  expect(texts.map((text) => text?.length)).toEqual([49, 0, 33, 49, 3_000, 33]);
});

test('leaves no word of them in any file', async () => {
  await using rig = await rolledUp('2024-01-15', '2024-03-15');
  await empty(rig);
  expect(held(rig)).toEqual([]);
});

test('keeps facts, nodes and cuts as they were, also when a late event has the day cut again', async () => {
  await using rig = await rolledUp('2024-01-15');
  const before = await rig.pointers();
  await empty(rig);
  expect(await rig.pointers()).toEqual(before);
  expect(await rig.marks()).toBe(0);
  await using other = await rolledUp('2024-01-15');
  const late = aLine({session_id: 's-2024-01-15', timestamp: '2024-01-15T15:00:00Z', text: 'Later the lock was oiled.'});
  for (const home of [rig, other]) {
    await home.ingest([late]);
    await home.rollUp();
  }
  expect(await rig.latest()).toEqual(await other.latest());
  const {causes} = await findCauses(rig.mem, {wanted: {kind: 'commit', hash: '1a2b3c4'}, projects: [], agent: undefined, limit: 5});
  expect(causes.map(({facts}) => facts[0]?.text)).toEqual(['Fix the gauge of the sluice']);
});

test('waits for what no rollup has read yet, and looks at a date again when events came', async () => {
  await using rig = new HomeRig();
  await rig.ingest(aDay('2024-01-15'));
  expect(await planRetention(rig.mem, BEFORE)).toMatchObject({events: 0, waiting: 1});
  expect(await empty(rig)).toMatchObject({events: 0});
  // The rollup at its end has read it.
  expect(await empty(rig)).toMatchObject({events: 1});
  expect((await planRetention(rig.mem, BEFORE)).dates).toEqual([]);
  await rig.ingest(aDay('2024-01-15', ' once more').slice(1, 2));
  expect((await planRetention(rig.mem, BEFORE)).dates).toHaveLength(1);
});

test('takes the line with the text for the event that it is', async () => {
  await using rig = await rolledUp('2024-01-15');
  const ulid = {event_id: '01HM6B1WZA5XNT2F7QJ0GDSRKE', session_id: 's-2024-01-15', event_type: 'tool_result', text: OUTPUT};
  const line = aLine({...ulid, timestamp: '2024-01-15T12:30:00Z'});
  await rig.ingest([line]);
  await rig.rollUp();
  await empty(rig);
  for (const again of [line, aDay('2024-01-15')[1] ?? {}])
    expect(await rig.ingest([again])).toMatchObject({stored: 0, duplicates: 1, bad: 0});
});
