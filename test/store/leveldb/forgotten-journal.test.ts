import {expect, test} from 'vitest';
import type {AgentEvent} from '../../../src/domain/event/event.js';
import {marksOf, type Tombstone, tombstoneOfLine} from '../../../src/domain/event/tombstone.js';
import {openStoreGate} from '../../../src/store/leveldb/gate.js';
import {markWords} from '../port/make-store.js';
import {aRig, event, type JournalledStore} from './journalled-store.js';
import {anEvent, at} from './store-rig.js';

const SAID = 'The spare key hangs behind the tide clock in the hall.';

async function forgettingRig(): Promise<JournalledStore> {
  const rig = await aRig();
  rig.gate = openStoreGate(rig.home.path, {journal: rig.journal, markWords});
  return rig;
}

function forgetting(rig: JournalledStore, forgotten: AgentEvent): Promise<Tombstone> {
  const tombstone = {id: forgotten.id, at: at(1_700_000_000_007), alias: '', words: marksOf(forgotten, markWords)};
  return rig.use(async (store) => {
    await store.commit([{kind: 'tombstone', tombstone}], at(1_700_000_000_007), {sync: true});
    return tombstone;
  });
}

test('a tombstone stands in the journal, and comes back from there', async () => {
  using rig = await forgettingRig();
  await rig.drain([event('kept')]);
  let tombstone: Tombstone | undefined;
  await rig.losing(async () => {
    tombstone = await forgetting(rig, event(SAID));
  });
  expect(rig.lines('forgotten').map(tombstoneOfLine)).toEqual([tombstone]);
  expect(await rig.use((store) => store.tombstones())).toEqual([tombstone]);
  await rig.drain([event(SAID), anEvent({text: SAID, seq: 5})]);
  expect(await rig.texts()).toEqual(['kept']);
});

test('what was forgotten is not taken over from the journal, by its id or by its words', async () => {
  using rig = await forgettingRig();
  await rig.drain([event('kept')]);
  await rig.losing(async () => {
    await rig.drain([event(SAID), anEvent({text: SAID, seq: 5}), event('more')]);
    await forgetting(rig, event(SAID));
  });
  expect([...(await rig.texts())].sort()).toEqual(['kept', 'more']);
});

test.each(['', 'null', '{"forgotten":"abc"}', '{"forgotten":"01HF7YAT00ABCDEFGHJKMNPQRS","at":"never","words":[]}'])(
  'a line %j is no tombstone',
  (line) => {
    expect(tombstoneOfLine(line)).toBeUndefined();
  },
);
