import {expect, test} from 'vitest';
import type {EpochMs, EventId} from '../../../src/domain/event/event.js';
import {type EventFilter, readEvents} from '../../../src/operations/toc/read-events.js';
import {aLine, HomeRig} from '../home-rig.js';

const EVENT = '01HM66VK00000000000000000A' as EventId;
const NOON = Date.parse('2024-01-15T12:00:00Z') as EpochMs;

async function idsOf(rig: HomeRig, filter: EventFilter): Promise<readonly string[]> {
  const ids: string[] = [];
  for await (const {events} of readEvents(rig.mem, filter)) ids.push(...events.map(({id}) => id));
  return ids;
}

test('filters hold for an event that is asked for by its id', async () => {
  // They were ignored: who asked for a user's words got a tool's.
  await using rig = new HomeRig();
  await rig.ingest([aLine({event_id: EVENT, agent: 'claude-code'})]);
  const passing: EventFilter[] = [{}, {role: 'user'}, {session: 's1'}, {agent: 'claude-code'}, {from: NOON}, {to: (NOON + 1) as EpochMs}];
  for (const filter of passing) expect(await idsOf(rig, {event: EVENT, ...filter}), JSON.stringify(filter)).toEqual([EVENT]);
  const failing: EventFilter[] = [{role: 'tool'}, {session: 's2'}, {agent: 'codex'}, {from: (NOON + 1) as EpochMs}, {to: NOON}];
  for (const filter of failing) expect(await idsOf(rig, {event: EVENT, ...filter}), JSON.stringify(filter)).toEqual([]);
});
