import {join} from 'node:path';
import {expect, test} from 'vitest';
import {anEvent, MemRig} from './mem-rig.js';

const BACKUPS = process.env['MEM_PROOFS'] === '1' ? 20 : 2;

const events = (count: number) =>
  Array.from({length: count}, (_, n) => anEvent({at: `2024-01-15T10:${10 + n}:00Z`, text: `Salt the water ${n} times.`}));

test('mem doctor says where the last whole backup is', async () => {
  await using mem = await MemRig.create();
  await mem.ingest(events(2));
  const backup = join(mem.folder, 'kept');
  const line = async () => /^backup +(.*)$/m.exec((await mem.run(['doctor'])).stdout)?.[1];
  expect(await line()).toBe('none was made yet; mem backup FOLDER makes one, best on another disk');
  await mem.run(['backup', backup, '--dry-run']);
  expect(await line()).toContain('none was made yet');
  await mem.run(['backup', backup]);
  expect(await line()).toBe(`the last one was made today in ${backup}: 2 events`);
  const {findings} = JSON.parse((await mem.run(['doctor', '--json'])).stdout);
  expect(findings).toContainEqual(expect.objectContaining({part: 'backup', well: true, status: 0}));
});

test('a backup beside ingests is whole, and has all that was acknowledged before it began, once', async () => {
  await using mem = await MemRig.create();
  await mem.ingest(events(5));
  const backup = join(mem.folder, 'kept');
  const acknowledged: string[] = [];
  let isOver = false;
  const send = async (writer: number): Promise<void> => {
    for (let n = 0; !isOver; n++) {
      const text = `Writer ${writer} salted the water ${n} times.`;
      const args = writer === 0 ? ['ingest', '--drain'] : ['ingest'];
      expect(await mem.run(args, `${JSON.stringify(anEvent({at: '2024-01-17T10:00:00Z', text}))}\n`)).toMatchObject({status: 0});
      acknowledged.push(text);
    }
  };
  const writers = [0, 1, 2].map(send);
  for (let n = 0; n < BACKUPS; n++) {
    const again = join(mem.folder, `again-${n}`);
    const before = [...acknowledged];
    expect(await mem.run(['backup', backup])).toMatchObject({status: 0});
    expect(await mem.run(['restore', backup, '--store', again])).toMatchObject({status: 0});
    const lines = (await mem.run(['events', '--json', '--store', again])).stdout.trim().split('\n');
    const texts = lines.map((line): string => JSON.parse(line).text);
    expect(before.filter((text) => !texts.includes(text))).toEqual([]);
    expect(new Set(texts).size).toBe(texts.length);
  }
  isOver = true;
  await Promise.all(writers);
  expect(acknowledged.length).toBeGreaterThan(BACKUPS);
});
