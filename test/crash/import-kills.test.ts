import {utimesSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {ImportKills, MARK, marksIn} from './import-kills.js';
import {Product, temporaryFolder} from './product.js';
import {violationsIn} from './violations.js';

const IS_FULL = process.env['MEM_PROOFS'] === '1';
const [KILLS, IN_BETWEEN] = IS_FULL ? [200, 120] : [7, 4];

interface Listed {
  readonly event_id: string;
  readonly event_type: string;
  readonly text: string;
}

test(`${KILLS} random kills of imports while agents write on: nothing that the files say is lost or doubled`, async () => {
  using folder = temporaryFolder();
  const product = Product.copy(folder.path);
  const home = join(folder.path, 'home');
  const kills = new ImportKills(product, home);
  const since = performance.now();
  await kills.run((so) => so.kills >= KILLS && so.killsInBetween >= IN_BETWEEN);
  const seconds = Math.round((performance.now() - since) / 1000);
  expect(kills.problems).toEqual([]);

  // The agents wrote no more for an hour, and the job runs once more.
  for (const {path} of kills.files) utimesSync(path, Date.now() / 1000 - 3600, Date.now() / 1000 - 3600);
  await product.runWell(home, ['import', 'claude-code', 'codex']);
  const events = await listed(product, home);
  const wanted = marksIn(kills.files);
  const found = events.flatMap(({text}) => text.match(MARK) ?? []);
  const known = new Set(found);
  const lost = wanted.filter((mark) => !known.has(mark));
  const doubled = found.length - known.size;
  process.stderr.write(
    `import kills: ${kills.kills} of ${kills.runs} processes in ${seconds} s, ${kills.killsInBetween} between their first and last file operation; ` +
      `${wanted.length} records in the files, ${events.length} events, ${lost.length} lost, ${doubled} doubled\n`,
  );
  expect(new Set(wanted).size).toBe(wanted.length);
  expect(lost).toEqual([]);
  expect(doubled).toBe(0);
  const rest = events.filter(({text}) => text.match(MARK) === null);
  // Codex's file says once that it begins.
  expect(rest.map(({event_type}) => event_type)).toEqual(['session_start']);

  // One import into an empty memory says the same, by the same ids.
  const fresh = join(folder.path, 'fresh');
  await product.runWell(fresh, ['import', 'claude-code', 'codex', '--no-rollup']);
  expect(idsOf(events)).toEqual(idsOf(await listed(product, fresh)));

  const status = JSON.parse((await product.runWell(home, ['status', '--json'])).stdout);
  expect(status).toMatchObject({inbox: {waiting_files: 0, bad_lines: 0}});
  const texts = new Set(events.map(({text}) => text));
  expect(await violationsIn(home, {acknowledged: texts, all: texts}, {isDrained: true})).toEqual([]);
});

async function listed(product: Product, home: string): Promise<readonly Listed[]> {
  const {stdout} = await product.runWell(home, ['events', '--json']);
  return stdout
    .trim()
    .split('\n')
    .map((line): Listed => JSON.parse(line));
}

function idsOf(events: readonly Listed[]): readonly string[] {
  return events.map(({event_id}) => event_id).sort();
}
