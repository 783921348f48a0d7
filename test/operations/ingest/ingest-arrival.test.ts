import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import type {EpochMs} from '../../../src/domain/event/event.js';
import {decodeFile} from '../../../src/inbox/inbox-file.js';
import {ingest} from '../../../src/operations/ingest/ingest.js';
import type {InputSource} from '../../../src/system/input.js';
import {aLine, IngestRig, pipeOf} from './ingest-rig.js';

/** A pipe that gives a line each time it is read, after `ms` by the clock of the rig. */
function steadyPipe(rig: IngestRig, lines: readonly string[], ms: number, onRead: () => void = () => {}): InputSource {
  const left = [...lines];
  const read = async (block: Buffer): Promise<number> => {
    onRead();
    rig.now = (rig.now + ms) as EpochMs;
    return Buffer.from(left.shift() ?? '').copy(block);
  };
  return {name: '-', open: () => ({size: undefined, read, close: () => undefined})};
}

test('what came is acknowledged a second later although more comes all the time', async () => {
  using rig = new IngestRig();
  const lines = Array.from({length: 8}, (_, seq) => aLine({seq}));
  const files: number[] = [];
  const result = await rig.ingest(steadyPipe(rig, lines, 400, () => files.push(rig.mem.inbox.countUpTo(99))));
  expect(result).toMatchObject({accepted: 8, queued: 8});
  // Three lines to a file: the fourth read begins when the first of them is over a second old, and the fifth sees the file.
  expect(files).toEqual([0, 0, 0, 0, 1, 1, 1, 2, 2]);
});

test('a clock that is put back keeps nothing from being acknowledged', async () => {
  using rig = new IngestRig();
  const start = rig.now;
  const lines = Array.from({length: 8}, (_, seq) => aLine({seq}));
  let reads = 0;
  let files = 0;
  const putBack = () => {
    files = rig.mem.inbox.countUpTo(99);
    if (++reads === 3) rig.now = (start - 3_600_000) as EpochMs;
  };
  await rig.ingest(steadyPipe(rig, lines, 400, putBack));
  expect(files).toBeGreaterThan(0);
});

test('lines without a time arrive when they came, not when the ones before them did', async () => {
  using rig = new IngestRig();
  const start = rig.now;
  const line = (text: string) => aLine({timestamp: undefined, text});
  await rig.ingest(steadyPipe(rig, [line('one') + line('two'), line('three'), line('four')], 500));
  expect((await rig.events()).map(({text, time}) => [text, time - start])).toEqual([
    ['one', 500],
    ['two', 501],
    ['three', 1_000],
    ['four', 1_500],
  ]);
});

test('a file of the inbox has at most 4 MiB, but for an event that is larger alone', async () => {
  using rig = new IngestRig();
  // A character of one byte that takes six in JSON.
  const texts = ['x'.repeat(900_000), 'y'.repeat(900_000), '\u0001'.repeat(500_000), 'small', '\u0001'.repeat(1_000_000), 'small'];
  const lines = texts.map((text, seq) => aLine({text, seq}));
  const deps = {...rig.deps, loadDrain: async () => async () => 'busy' as const};
  expect(await ingest([pipeOf(lines.join(''))], deps)).toMatchObject({accepted: 6, queued: 6});
  const waiting = join(rig.home, 'inbox', 'new');
  const counts = readdirSync(waiting).map((name) => {
    const bytes = readFileSync(join(waiting, name));
    const content = decodeFile(name, bytes);
    return `${bytes.length > 4 * 1024 * 1024 ? 'over' : 'under'} 4 MiB: ${content.kind === 'read' && content.records.length}`;
  });
  expect(counts.sort()).toEqual(['over 4 MiB: 1', 'under 4 MiB: 1', 'under 4 MiB: 1', 'under 4 MiB: 1', 'under 4 MiB: 2']);
});
