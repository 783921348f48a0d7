import {expect, test} from 'vitest';
import {END_OF_TIME, type EpochMs} from '../../../src/domain/event/event.js';
import {readEventHead} from '../../../src/domain/event/event-record.js';
import {replaceCopies} from '../../../src/operations/sync/replace-copies.js';
import {aLine, HomeRig} from '../home-rig.js';

const SEQ_AT = 9;

// Two homes that were given the same events in different calls number them differently: one kept its node in the order that was.
test.each([
  ['in another place among those of its instant has its session-day looked at again', 7, ['event', 'mark-session-day']],
  ['in the same place changes nothing else', 0, ['event']],
])('an earlier copy %s', async (_, seq, kinds) => {
  await using rig = new HomeRig();
  await rig.create('Europe/Berlin');
  await rig.ingest([aLine()]);
  const changes = await rig.mem.store.use(3_000, async (store) => {
    const [known] = (await store.events(0 as EpochMs, END_OF_TIME)).events;
    if (known === undefined) throw new Error();
    const record = Buffer.from(known.record);
    record.writeDoubleBE(seq, SEQ_AT);
    return replaceCopies(store, [{known, came: {head: readEventHead(record), record}}]);
  });
  expect(changes.map(({kind}) => kind)).toEqual(kinds);
});
