import {mkdirSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import type {EpochMs} from '../../../src/domain/event/event.js';
import type {ForgetRequest} from '../../../src/operations/forget/choose-events.js';
import {planForgetting} from '../../../src/operations/forget/forget.js';
import {aLine, HomeRig} from '../home-rig.js';
import {withCanaries} from './forget-rig.js';

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

test('names whose files, which model and which damaged store still have it', async () => {
  await using rig = new HomeRig();
  await rig.ingest([
    aLine({agent: 'codex', source: 'transcript'}),
    aLine({agent: 'mem', source: 'note', timestamp: '2024-01-15T12:01:00Z'}),
  ]);
  const kept = join(rig.home, 'db.damaged-20240116T120000Z');
  mkdirSync(kept);
  const {unreachable} = await planForgetting(rig.mem, {session: 's1'});
  expect(unreachable.map(({kind, name}) => [kind, name])).toEqual([
    ['agent', 'codex'],
    ['copies', kept],
    ['copies', ''],
  ]);
});
