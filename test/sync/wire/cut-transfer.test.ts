import {randomBytes} from 'node:crypto';
import {expect, test} from 'vitest';
import {check} from '../../../src/operations/care/check/check.js';
import {exportEvents} from '../../../src/operations/care/export-events.js';
import {type SyncReport, sync} from '../../../src/operations/sync/sync.js';
import {openHomeFiles} from '../../../src/sync/home-files.js';
import type {Peer} from '../../../src/sync/peer.js';
import {aLine, HomeRig, type LineFields} from '../../operations/home-rig.js';
import {FakeSsh} from './fake-ssh.js';

/** Words that no packing makes small: about 530 kB. */
const large = (): readonly LineFields[] =>
  Array.from({length: 40}, (_, n) =>
    aLine({
      timestamp: `2024-01-15T12:${String(n).padStart(2, '0')}:00Z`,
      text: `The tide table ${randomBytes(10_000).toString('hex').replaceAll(/..../g, '$& ')}`,
    }),
  );

/** Lets 350,000 bytes through, each at once: two members of 130,000, and some of the next. */
const CUT = `'${process.execPath}' -e 'let left = 350_000; process.stdin.on("data", (chunk) => { const part = chunk.subarray(0, left); left -= part.length; const isLast = left === 0; process.stdout.write(part, () => isLast && process.exit()); })'`;

const syncWith = (rig: HomeRig, peer: Peer): Promise<SyncReport> =>
  sync(peer, {mem: rig.mem, files: openHomeFiles(rig.home), dryRun: false}).finally(() => peer.close());

async function exported({mem}: HomeRig): Promise<readonly string[]> {
  const pages: string[] = [];
  for await (const page of exportEvents(mem, {})) pages.push(...page);
  return pages;
}

test.each([
  ['receiving', (mem: string) => `${mem} | ${CUT}`],
  ['sending', (mem: string) => `${CUT} | ${mem}`],
])('a transfer that is cut while %s goes on behind the last whole member', async (what, through) => {
  using ssh = new FakeSsh();
  await using a = new HomeRig();
  await using b = new HomeRig();
  await a.create('UTC');
  await a.ingest(large());
  const [here, there] = what === 'sending' ? [a, b] : [b, a];
  await expect(syncWith(here, ssh.byMem(there.home, through))).rejects.toMatchObject({
    code: 'SERVICE_AWAY',
    hint: expect.stringContaining('goes on'),
  });
  const report = await syncWith(
    here,
    ssh.byMem(there.home, (mem) => mem),
  );
  const whole = a.mem.journal.list().files.reduce((sum, {bytes}) => sum + bytes, 0);
  const way = what === 'sending' ? report.sent : report.received;
  expect(way.events).toBe(40);
  expect(way.bytes).toBeLessThan(whole - 200_000);
  expect(way.bytes).toBeGreaterThan(whole - 300_000);
  expect(await exported(b)).toEqual(await exported(a));
  expect((await check(b.mem, {depth: 'full'})).cure).toBeUndefined();
  expect(
    await syncWith(
      here,
      ssh.byMem(there.home, (mem) => mem),
    ),
  ).toMatchObject({received: {bytes: 0}, sent: {bytes: 0}});
});
