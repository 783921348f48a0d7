import {randomBytes} from 'node:crypto';
import {copyFileSync, mkdirSync, readdirSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {expect, test} from 'vitest';
import {check} from '../../../src/operations/care/check/check.js';
import {exportEvents} from '../../../src/operations/care/export-events.js';
import {forget, planForgetting} from '../../../src/operations/forget/forget.js';
import {type SyncReport, sync} from '../../../src/operations/sync/sync.js';
import {openHomeFiles} from '../../../src/sync/home-files.js';
import type {Peer} from '../../../src/sync/peer.js';
import {findInHome} from '../../operations/forget/find-in-home.js';
import {aLine, HomeRig, type LineFields} from '../../operations/home-rig.js';
import {FakeSsh} from './fake-ssh.js';

/** Words that no packing makes small: about 13 kB each. */
const large = (count = 40): readonly LineFields[] =>
  Array.from({length: count}, (_, n) =>
    aLine({
      timestamp: `2024-01-15T12:${String(n).padStart(2, '0')}:00Z`,
      text: `The tide table ${randomBytes(10_000).toString('hex').replaceAll(/..../g, '$& ')}`,
    }),
  );

/** Lets so many bytes through, each at once. A member has 130,000. */
const cutAfter = (bytes: number): string =>
  `'${process.execPath}' -e 'let left = ${bytes}; process.stdin.on("data", (chunk) => { const part = chunk.subarray(0, left); left -= part.length; const isLast = left === 0; process.stdout.write(part, () => isLast && process.exit()); })'`;

/** Some of them are known to the other side already. */
const both = (): readonly LineFields[] => [
  aLine({timestamp: '2024-01-14T12:00:00Z', text: 'The lamp is in the north tower.'}),
  aLine({timestamp: '2024-01-14T12:01:00Z', text: 'The boathouse is painted green.'}),
];

const syncWith = (rig: HomeRig, peer: Peer): Promise<SyncReport> =>
  sync(peer, {mem: rig.mem, files: openHomeFiles(rig.home), dryRun: false}).finally(() => peer.close());

async function exported({mem}: HomeRig): Promise<readonly string[]> {
  const pages: string[] = [];
  for await (const page of exportEvents(mem, {})) pages.push(...page);
  return pages;
}

test.each([
  ['receiving', (mem: string) => `${mem} | ${cutAfter(350_000)}`],
  ['sending', (mem: string) => `${cutAfter(350_000)} | ${mem}`],
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

const hiddenIn = (home: string): readonly string[] =>
  readdirSync(join(home, 'journal'), {recursive: true})
    .map(String)
    .filter((name) => /\/\.[^/]*$/.test(name));

async function forgetLamp({mem}: HomeRig): Promise<void> {
  const {events} = await planForgetting(mem, {query: 'lamp'});
  expect(events).toHaveLength(1);
  await forget(mem, {kind: 'events', events}, {signal: new AbortController().signal});
}

test('what came of a transfer that was cut, and what waits, holds nothing that is forgotten, and comes again', async () => {
  using ssh = new FakeSsh();
  await using a = new HomeRig();
  await using b = new HomeRig();
  for (const rig of [a, b]) await rig.create('UTC');
  await a.ingest([...both(), ...large(12)]);
  await b.ingest(both());
  await expect(
    syncWith(
      b,
      ssh.byMem(a.home, (mem) => `${mem} | ${cutAfter(150_000)}`),
    ),
  ).rejects.toMatchObject({code: 'SERVICE_AWAY'});
  const {files} = a.mem.journal.list();
  for (const {path, name, writer} of files) {
    // As a sync leaves it that is killed before it takes in what came.
    const waits = join(b.home, 'journal', writer, `.${name.replace(/\.jsonl/, '.1.00000000000000000000000000000000.jsonl')}.in`);
    mkdirSync(dirname(waits), {recursive: true});
    copyFileSync(path, waits);
  }
  expect(hiddenIn(b.home).map((name) => name.replace(/.*\./, '.'))).toEqual(['.in', '.part']);
  expect(findInHome(b.home, ['north tower']).filter((where) => /part|\.in:/.test(where))).toHaveLength(2);
  await forgetLamp(b);
  expect(findInHome(b.home, ['north tower'])).toEqual([]);
  expect(hiddenIn(b.home)).toEqual([]);
  for (let n = 0; n < 2; n++)
    await syncWith(
      b,
      ssh.byMem(a.home, (mem) => mem),
    );
  expect(await exported(b)).toHaveLength(13);
  expect(await exported(a)).toEqual(await exported(b));
  for (const {home} of [a, b]) expect(findInHome(home, ['north tower'])).toEqual([]);
});

test('a sync during which something is forgotten says so, and the next one brings the file', async () => {
  using ssh = new FakeSsh();
  await using a = new HomeRig();
  await using b = new HomeRig();
  for (const rig of [a, b]) await rig.create('UTC');
  await a.ingest([...both(), ...large(12)]);
  await b.ingest(both());
  const peer = ssh.byMem(a.home, (mem) => mem);
  const files = openHomeFiles(b.home);
  let isForgotten = false;
  const slow: Peer = {
    location: peer.location,
    facts: () => peer.facts(),
    adopt: (facts) => peer.adopt(facts),
    list: () => peer.list(),
    choose: (files) => peer.choose(files),
    write: (file, bytes) => peer.write(file, bytes),
    settle: () => peer.settle(),
    tidy: (handled, current) => peer.tidy(handled, current),
    close: () => peer.close(),
    read: async (wanted) => {
      const {from, chunks} = await peer.read(wanted);
      async function* forgetful() {
        for await (const chunk of chunks) {
          yield chunk;
          if (!isForgotten) await forgetLamp(b);
          isForgotten = true;
        }
      }
      return {from, chunks: forgetful()};
    },
  };
  const lock = b.mem.locks.acquire('sync', {trigger: 'hand'});
  const report = await sync(slow, {mem: b.mem, files, dryRun: false}).finally(() => slow.close());
  if (lock.kind === 'acquired') lock.release();
  expect(report.received.refused.map(({reason}) => reason)).toEqual(['something was forgotten while it came; the next sync brings it']);
  expect(findInHome(b.home, ['north tower'])).toEqual([]);
  await syncWith(
    b,
    ssh.byMem(a.home, (mem) => mem),
  );
  expect(await exported(b)).toHaveLength(13);
  expect(findInHome(b.home, ['north tower'])).toEqual([]);
});
