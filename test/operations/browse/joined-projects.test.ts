import {expect, test} from 'vitest';
import type {EventId} from '../../../src/domain/event/event.js';
import {dayId, type LocalDate} from '../../../src/domain/toc/node-id.js';
import type {Want} from '../../../src/domain/toc/screen-want.js';
import {readScreen} from '../../../src/operations/browse/read-screen.js';
import {readToc} from '../../../src/operations/toc/read-toc.js';
import {aLine, HomeRig} from '../home-rig.js';

async function ask(rig: HomeRig, want: Want): Promise<unknown> {
  return (await readScreen(rig.mem, [want], {drain: true, patienceMs: 3_000})).answers[0];
}

test('projects that are joined have one name in events and nodes', async () => {
  await using rig = new HomeRig();
  await rig.ingest([aLine({timestamp: '2024-01-29T09:00:00Z', text: 'We measured the tide.', project: 'acme/old'})]);
  rig.mem = {...rig.mem, projectNames: (project) => project.replace('old', 'new')};
  const {node: day} = await readToc(rig.mem, dayId('2024-01-29' as LocalDate), 1);
  const [segment] = day?.children ?? [];
  if (day === undefined || segment?.tocLevel !== 'segment') throw new Error('there is no segment');
  expect(await ask(rig, {kind: 'nodes', places: [{parent: day.id, id: segment.id}]})).toMatchObject({
    nodes: [{node: {segment: {projects: ['acme/new']}}}],
  });
  const [id] = segment.childIds;
  expect(await ask(rig, {kind: 'event', id: id as EventId})).toMatchObject({event: {project: 'acme/new'}});
  await rig.rollUp();
  const versions = await ask(rig, {kind: 'versions', id: segment.id});
  expect(versions).toMatchObject({versions: [{segment: {projects: ['acme/new']}}]});
});
