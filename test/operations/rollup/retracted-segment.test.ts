import {expect, test} from 'vitest';
import {Calendar} from '../../../src/domain/time/period.js';
import type {NodeId} from '../../../src/domain/toc/node-id.js';
import {changeTimeZone} from '../../../src/operations/settings/change-time-zone.js';
import {readNodeLog} from '../../../src/operations/toc/read-events.js';
import {readToc} from '../../../src/operations/toc/read-toc.js';
import {renderLine} from '../../../src/text/line.js';
import {versionLines} from '../../../src/text/version-text.js';
import {aLine, HomeRig} from '../home-rig.js';

const segments = async (rig: HomeRig, status: string): Promise<readonly NodeId[]> =>
  (await rig.pointers()).filter((pointer) => pointer.id.startsWith('toc:segment:') && pointer.status === status).map(({id}) => id);

test('leads past segments that were retracted too to the one that holds its events now', async () => {
  // Each retraction names the next segment only, so the first one led to a segment that is retracted itself.
  await using rig = new HomeRig();
  for (const time of ['12:00', '11:45', '11:30']) {
    await rig.ingest([aLine({timestamp: `2024-01-15T${time}:00Z`, text: `At ${time} we looked at the tide table.`})]);
    await rig.rollUp();
  }
  const [now] = await segments(rig, 'current');
  const retracted = await segments(rig, 'retracted');
  expect(retracted).toHaveLength(2);
  for (const id of retracted) {
    const {node, successors} = await readToc(rig.mem, id, 0);
    expect(node?.status).toBe('retracted');
    expect(successors.map((successor) => successor.id)).toEqual([now]);
    expect(node).toMatchObject({replacedBy: [now]});
  }
});

test('leads to other days where a change of the time zone moved its events', async () => {
  // Successors were looked for in the same session-day, so there was none.
  await using rig = new HomeRig();
  await rig.ingest([
    aLine({timestamp: '2024-01-15T14:50:00Z', text: 'Before midnight in Tokyo the queue was emptied.'}),
    aLine({timestamp: '2024-01-15T15:10:00Z', text: 'After midnight in Tokyo the release was tagged.'}),
  ]);
  await rig.rollUp();
  await changeTimeZone(rig.mem, 'Asia/Tokyo', {dryRun: false});
  await rig.rollUp();
  await changeTimeZone(rig.mem, 'Pacific/Auckland', {dryRun: false});
  await rig.rollUp();
  const retracted = (await segments(rig, 'retracted')).find((id) => id.startsWith('toc:segment:2024-01-15')) ?? ('' as NodeId);
  const {node, successors} = await readToc(rig.mem, retracted, 0);
  expect(node?.status).toBe('retracted');
  expect(successors.map(({id}) => id)).toEqual(await segments(rig, 'current'));
  expect(successors[0]?.id).toContain('2024-01-16');
  const {versions} = await readNodeLog(rig.mem, retracted);
  const [, says] = versionLines(versions, new Calendar('UTC')).map((line) => renderLine(line, false));
  expect(says).toBe(`  see where its events are now with: mem toc show ${retracted}`);
});

test('a segment that never was is no node', async () => {
  await using rig = new HomeRig();
  await rig.ingest([aLine()]);
  const id = 'toc:segment:2024-01-15:01HM5V8K3Z7Q9W2X4Y6R8T0ABC' as NodeId;
  await expect(readToc(rig.mem, id, 0)).rejects.toMatchObject({code: 'NO_NODE', exitStatus: 66});
});
