import {expect, test} from 'vitest';
import {readEvents} from '../../../src/operations/toc/read-events.js';
import {aLine, HomeRig} from '../home-rig.js';

const use = {agent: 'claude-code', event_type: 'tool_result', event_id: 'call-1'};
/** More than a page of the store's. */
const between = Array.from({length: 6}, (_, n) =>
  aLine({timestamp: `2024-01-15T10:0${n}:00Z`, text: `${n} ${'x'.repeat(1_000_000)}`, session_id: 'other'}),
);

async function listed(rig: HomeRig): Promise<readonly string[]> {
  const texts: string[] = [];
  for await (const {events} of readEvents(rig.mem, {})) texts.push(...events.map(({text}) => text.slice(0, 20)));
  return texts.filter((text) => !text.endsWith('xxx'));
}

test('a tool whose result came pages later is listed once, with its result', async () => {
  await using rig = new HomeRig();
  await rig.ingest([
    aLine({...use, timestamp: '2024-01-15T09:00:00Z', text: ''}),
    ...between,
    aLine({...use, timestamp: '2024-01-15T11:00:00Z', text: 'All gauges are read.'}),
  ]);
  expect(await listed(rig)).toEqual(['All gauges are read.']);
});

test('a tool that never had a result stays, whatever another session says', async () => {
  await using rig = new HomeRig();
  await rig.ingest([
    aLine({...use, timestamp: '2024-01-15T09:00:00Z', text: ''}),
    ...between,
    aLine({...use, timestamp: '2024-01-15T11:00:00Z', text: 'All gauges are read.', session_id: 'other'}),
  ]);
  expect(await listed(rig)).toEqual(['', 'All gauges are read.']);
});
