import {mkdirSync, renameSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import type {EpochMs} from '../../../src/domain/event/event.js';
import {ignoreInput} from '../../../src/operations/ingest/ignore-input.js';
import type {InputSource} from '../../../src/system/input.js';
import {ingestErrors, ingestStatus} from '../../../src/text/ingest-report.js';
import {aLine, IngestRig, pipeOf} from './ingest-rig.js';

/** Lines of which each is a chunk of its own, since a minute lies between two; from the third one on the inbox cannot be written. */
function refusedPipe(rig: IngestRig): InputSource & {reads: number} {
  const source = {
    name: '-',
    reads: 0,
    open: () => ({
      size: undefined,
      read: async (block: Buffer) => {
        rig.now = (rig.now + 60_000) as EpochMs;
        if (++source.reads === 4) {
          renameSync(join(rig.home, 'inbox', 'new'), join(rig.home, 'moved'));
          writeFileSync(join(rig.home, 'inbox', 'new'), '');
        }
        return source.reads > 99 ? 0 : Buffer.from(aLine({seq: source.reads})).copy(block);
      },
      close: () => undefined,
    }),
  };
  return source;
}

test('an inbox that takes no more ends the ingest, and what it had taken before is told', async () => {
  // It was said that nothing was changed: whoever sent all of it again had the events that have neither a time nor an id twice.
  using rig = new IngestRig();
  const source = refusedPipe(rig);
  const result = await rig.ingest(source, {drain: true});
  expect(result).toMatchObject({accepted: 2, stored: 0, queued: 2, isCutShort: true, drainProblem: undefined});
  expect(source.reads).toBeLessThan(6);
  expect(ingestStatus(result)).toBe(73);
  expect(ingestErrors(result)).toEqual([
    `mem: error: a file is in the way of the inbox at ${rig.home}/inbox/new (ENOTDIR); 2 events were accepted before [NOT_WRITTEN]`,
    'mem: hint: move the file away, or name another folder with MEM_HOME or --store; accepted events with a timestamp or an event_id are not stored twice',
  ]);
});

test('an input behind the one that the inbox refused is not opened', async () => {
  using rig = new IngestRig();
  const never = pipeOf(aLine());
  const second = {...never, open: () => expect.unreachable('it was opened')};
  expect((await rig.ingest([refusedPipe(rig), second])).problems.length).toBe(1);
});

test('where nothing was taken in that is said', async () => {
  using rig = new IngestRig();
  writeFileSync(join(rig.home, 'inbox'), '');
  const {accepted, problems} = await rig.ingest(aLine());
  expect([accepted, problems.map(({message}) => message)]).toEqual([
    0,
    [`a file is in the way of the inbox at ${rig.home}/inbox/new (ENOTDIR); nothing was accepted`],
  ]);
});

test('a call that mem itself caused ends well although it cannot be counted or read', async () => {
  using rig = new IngestRig();
  mkdirSync(join(rig.home, 'inbox', 'ignored'), {recursive: true});
  await ignoreInput([pipeOf(aLine())], rig.mem.inbox);
  writeFileSync(join(rig.home, 'file'), '');
  await ignoreInput([pipeOf(aLine())], rig.inboxAt(join(rig.home, 'file')));
  expect(rig.mem.inbox.list()).toEqual([]);
});
