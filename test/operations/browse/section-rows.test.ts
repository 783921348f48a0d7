import {expect, test} from 'vitest';
import {readScreen} from '../../../src/operations/browse/read-screen.js';
import {aLine, HomeRig} from '../home-rig.js';

const OPTIONS = {drain: true, patienceMs: 3_000};

async function sections(rig: HomeRig) {
  const of = {kind: 'dates', dates: {from: '2024-02-01', to: '2024-02-02'}} as never;
  const {answers} = await readScreen(rig.mem, [{kind: 'sections', of}], OPTIONS);
  return answers[0]?.kind === 'sections' ? answers[0].sections : [];
}

test('what a rollup found superseded is no row of a date, before its events are read', async () => {
  const said = {session_id: 's', agent: 'claude-code', text: 'We measured the tide at Vlieland twice.'};
  await using rig = new HomeRig();
  await rig.ingest([
    aLine({...said, timestamp: '2024-02-01T09:00:07Z', source: 'hook'}),
    aLine({...said, timestamp: '2024-02-01T09:00:06Z', source: 'transcript'}),
  ]);
  expect(await sections(rig)).toEqual([{date: '2024-02-01', count: 2, rows: 2}]);
  await rig.rollUp();
  expect(await sections(rig)).toEqual([{date: '2024-02-01', count: 2, rows: 1}]);
});
