import {join} from 'node:path';
import {expect, test} from 'vitest';
import {Product, temporaryFolder} from './product.js';
import {DOOMED, RandomKills} from './random-kills.js';
import {rebuild} from './scenarios.js';
import {violationsIn} from './violations.js';

const IS_FULL = process.env['MEM_PROOFS'] === '1';
/** The short form does not wait for kills of each kind: `care-kills` makes some of those that are rare. */
const [LEAST_MS, KILLS, IN_BETWEEN, OF_EACH] = IS_FULL ? [60_000, 500, 200, 30] : [0, 40, 16, 0];

/** The nodes that `mem toc list` prints, without what tells in which order they were made. */
function listed(stdout: string): readonly unknown[] {
  return stdout
    .trim()
    .split('\n')
    .map((line) => {
      const {version: _, created_at: __, replaces: ___, ...same} = JSON.parse(line);
      return same;
    });
}

test(`${KILLS} random kills of writers, drains, rollups, compactions, forgettings, repairs and rebuilds: nothing acknowledged is lost or doubled, no node half written`, async () => {
  using folder = temporaryFolder();
  const product = Product.copy(folder.path);
  const home = join(folder.path, 'home');
  const kills = new RandomKills(product, home);
  const since = performance.now();
  await kills.run(
    (so) =>
      performance.now() - since >= LEAST_MS &&
      so.kills >= KILLS &&
      so.killsInBetween >= IN_BETWEEN &&
      Math.min(...Object.values(so.inBetweenBy)) >= OF_EACH,
    KILLS,
  );
  const seconds = Math.round((performance.now() - since) / 1000);
  expect(kills.problems).toEqual([]);

  // As a user would: each command must do its work after all that, and no alarm may be up.
  await product.runWell(home, ['repair']);
  await product.runWell(home, ['forget', '--session', DOOMED, '--yes']);
  await product.runWell(home, ['check', '--full']);
  await product.runWell(home, ['rollup']);
  const status = JSON.parse((await product.runWell(home, ['status', '--json'])).stdout);
  expect(status).toMatchObject({alarms: [], inbox: {waiting_files: 0, bad_lines: 0}});
  const printed = (await product.runWell(home, ['events', '--json'])).stdout.trim().split('\n');
  const texts = printed.map((line): string => JSON.parse(line).text);
  const lost = [...kills.acknowledged].filter((text) => !texts.includes(text));
  const doubled = texts.length - new Set(texts).size;
  const {kills: killed, killsInBetween, inBetweenBy, runs, acknowledged, sent} = kills;
  process.stderr.write(
    `random kills: ${killed} of ${runs} processes in ${seconds} s, ${killsInBetween} between their first and last file operation ` +
      `(${Object.entries(inBetweenBy)
        .map(([kind, count]) => `${count} ${kind}`)
        .join(', ')}); ` +
      `${sent.size} events sent, ${acknowledged.size} acknowledged, ${texts.length} stored, ${lost.length} lost, ${doubled} doubled\n`,
  );
  expect(lost).toEqual([]);
  expect(doubled).toBe(0);
  expect(texts.filter((text) => kills.doomed.has(text))).toEqual([]);
  expect(await violationsIn(home, {acknowledged, all: sent}, {isDrained: true})).toEqual([]);

  const rebuilt = join(folder.path, 'rebuilt');
  await rebuild(product, home, rebuilt);
  const [nodes, fromScratch] = await Promise.all([home, rebuilt].map((at) => product.runWell(at, ['toc', 'list', '--json'])));
  expect(listed(nodes?.stdout ?? '').length).toBeGreaterThan(10);
  expect(listed(nodes?.stdout ?? '')).toEqual(listed(fromScratch?.stdout ?? ''));
});
