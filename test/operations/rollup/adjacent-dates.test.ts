import {expect, test} from 'vitest';
import {isSegmentNode} from '../../../src/domain/toc/node.js';
import {aLine, HomeRig} from '../home-rig.js';
import {segments} from './two-days.js';

/** The segments of the store, by date and session, with how many events each has. */
async function segmentsOf(rig: HomeRig): Promise<readonly string[]> {
  const nodes = await segments(rig);
  return nodes
    .map((node) => `${node.id.slice(12, 22)} ${isSegmentNode(node) && node.segment.sessionId} ${node.childIds.length} v${node.version}`)
    .sort();
}

test('a session that goes on over midnight has a segment on each date, though both are read together', async () => {
  await using rig = new HomeRig();
  await rig.create('UTC');
  await rig.ingest([
    aLine({timestamp: '2024-01-15T23:58:00Z', text: 'The gauge of Hoek was read.'}),
    aLine({timestamp: '2024-01-15T23:59:59.999Z', text: 'It stands at two metres.'}),
    aLine({timestamp: '2024-01-16T00:00:00Z', text: 'The next reading is due.'}),
    aLine({session_id: 's2', timestamp: '2024-01-16T00:00:00Z', text: 'The release was tagged.'}),
  ]);
  await rig.rollUp({tocLevel: 'segment'});
  expect(await segmentsOf(rig)).toEqual(['2024-01-15 s1 2 v1', '2024-01-16 s1 1 v1', '2024-01-16 s2 1 v1']);
});

test('a date that is read with its neighbours leaves the events of their unmarked sessions where they are', async () => {
  await using rig = new HomeRig();
  await rig.create('UTC');
  await rig.ingest([
    aLine({timestamp: '2024-01-15T12:00:00Z', text: 'The gauge of Hoek was read.'}),
    aLine({timestamp: '2024-01-16T12:00:00Z', text: 'It was read again.'}),
    aLine({session_id: 's2', timestamp: '2024-01-15T08:00:00Z', text: 'The release was tagged.'}),
  ]);
  await rig.rollUp({tocLevel: 'segment'});
  await rig.ingest([
    aLine({timestamp: '2024-01-16T12:05:00Z', text: 'It stands at two metres.'}),
    aLine({session_id: 's2', timestamp: '2024-01-15T08:05:00Z', text: 'The tag was pushed.'}),
  ]);
  await rig.rollUp({tocLevel: 'segment'});
  expect(await segmentsOf(rig)).toEqual(['2024-01-15 s1 1 v1', '2024-01-15 s2 2 v2', '2024-01-16 s1 2 v2']);
});

test('dates of which one is crowded are read one by one, and each of their sessions is made once', async () => {
  await using rig = new HomeRig();
  await rig.create('UTC');
  await rig.ingest(
    Array.from({length: 720}, (_, n) =>
      aLine({
        session_id: `s${n}`,
        timestamp: new Date(Date.UTC(2024, 0, 15 + (n % 2), 8) + n * 1_000).toISOString(),
        text: `Gauge ${n} was read.`,
      }),
    ),
  );
  const made = (await rig.rollUp({tocLevel: 'segment'})).map(({kind, step}) => `${kind} ${step.reason}`);
  expect(made).toEqual(Array.from({length: 720}, () => 'made new'));
});
