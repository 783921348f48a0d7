import {expect, test} from 'vitest';
import {IngestBar} from '../../src/text/ingest-progress.js';

const MIB = 1024 * 1024;
const CLEAR = '\r\x1b[2K';

function aBar() {
  const drawn: string[] = [];
  const clock = {ms: 100};
  const bar = new IngestBar({write: (text: string) => drawn.push(text)}, () => clock.ms);
  const show = (bytes: number, totalBytes?: number) => bar.show({bytes, totalBytes, accepted: Math.floor(bytes / 100), rejected: 0});
  return {bar, clock, drawn, show};
}

test('what is small and short has no bar', () => {
  const {bar, drawn, show} = aBar();
  show(1_000, 1_000);
  show(MIB, MIB);
  bar.clear();
  expect(drawn).toEqual([]);
});

test('a large input has one, which goes when it is read', () => {
  const {bar, drawn, show} = aBar();
  show(2 * MIB, 4 * MIB);
  bar.clear();
  bar.clear();
  expect(drawn).toEqual([`${CLEAR}mem: ██████████░░░░░░░░░░ 2.0 MiB of 4.0 MiB, 20,971 events`, CLEAR]);
});

test('a slow pipe is counted, ten times a second at most', () => {
  const {clock, drawn, show} = aBar();
  clock.ms = 1_001;
  show(1_000);
  clock.ms = 1_100;
  show(2_000);
  clock.ms = 1_101;
  show(3_000);
  expect(drawn).toEqual([`${CLEAR}mem: 1,000 bytes, 10 events`, `${CLEAR}mem: 2.9 KiB, 30 events`]);
});
