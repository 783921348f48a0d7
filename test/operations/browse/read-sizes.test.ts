import {expect, test} from 'vitest';
import type {NodeId} from '../../../src/domain/toc/node-id.js';
import type {Place} from '../../../src/domain/toc/screen-want.js';
import {readScreen} from '../../../src/operations/browse/read-screen.js';
import {aLine, HomeRig, type LineFields} from '../home-rig.js';

const OPTIONS = {drain: true, patienceMs: 3_000};

function line(at: string, text: string, more: LineFields = {}): LineFields {
  return aLine({timestamp: at, text, session_id: `s-${at.slice(0, 10)}`, ...more});
}

const place = (parent: string | undefined, id: string): Place => ({parent: parent as NodeId | undefined, id: id as NodeId});

test('says how many events stand below each place, rolled up or not, without superseded ones', async () => {
  await using rig = new HomeRig();
  const more = {session_id: 's', agent: 'claude-code'};
  await rig.ingest([
    line('2023-12-31T09:00:00Z', 'We looked at the gauge on the last day of the year.'),
    line('2024-02-01T09:00:00Z', 'We measured the tide at Vlieland twice.', {...more, source: 'transcript'}),
    line('2024-02-01T09:00:07Z', 'We measured the tide at Vlieland twice.', {...more, source: 'hook'}),
    line('2024-02-01T12:00:00Z', 'After lunch the harbour office called.', {...more, source: 'transcript'}),
    line('2024-02-02T09:00:00Z', 'The alarm was tested on Friday.'),
  ]);
  await rig.rollUp();
  const [month, week] = ['toc:month:2024:02', 'toc:week:2024:W05'];
  const [year, day] = ['toc:year:2024', 'toc:day:2024-02-01'];
  const sizesOf = async (...belows: readonly (Place | undefined)[]) => {
    const {answers} = await readScreen(
      rig.mem,
      belows.map((below) => ({kind: 'sizes', below})),
      OPTIONS,
    );
    return answers.map((answer) => (answer.kind === 'sizes' ? [...answer.sizes] : []));
  };
  expect(await sizesOf(undefined, place(undefined, year), place(year, month), place(month, week))).toEqual([
    [
      ['toc:year:2023', 1],
      ['toc:year:2024', 3],
    ],
    [[month, 3]],
    [[week, 3]],
    [
      [day, 2],
      ['toc:day:2024-02-02', 1],
    ],
  ]);
  const [segments] = await sizesOf(place(week, day));
  expect(segments?.map(([, events]) => events)).toEqual([1, 1]);
  // One more event of today, which no rollup has read.
  await rig.ingest([line('2024-02-01T12:01:00Z', 'They called a second time.', {...more, source: 'transcript'})]);
  expect((await sizesOf(place(week, day)))[0]?.map(([, events]) => events)).toEqual([1, 2]);
});
