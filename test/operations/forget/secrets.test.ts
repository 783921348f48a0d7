import {expect, test} from 'vitest';
import {decodeEvent} from '../../../src/domain/event/event-record.js';
import {formerIdentityOf} from '../../../src/domain/event/identity/former-identity.js';
import {provenanceOf} from '../../../src/domain/event/record-body.js';
import {finishForgetting, forget} from '../../../src/operations/forget/forget.js';
import {scanSecrets} from '../../../src/operations/forget/secrets.js';
import {search} from '../../../src/operations/search/search.js';
import {aLine, HomeRig} from '../home-rig.js';
import {findInHome} from './find-in-home.js';

const SIGNAL = new AbortController().signal;
// Put together here, so that no scanner takes it for a real one.
const TOKEN = `ghp_${'a1B2c3D4e5F6'.repeat(3)}`;
const PASSWORD = 'hunter2-of-the-tide-mill';
const SECRETS = [TOKEN, PASSWORD];

/** Two events with secrets that came in before mem had rules, and one without; rolled up. */
async function withSecrets(): Promise<HomeRig> {
  const rig = new HomeRig();
  const lines = [
    aLine({text: `Please push with the token ${TOKEN} to the sluice repository.`, event_id: 'u1', agent: 'claude-code'}),
    aLine({
      event_type: 'tool_result',
      text: 'Pushed.',
      timestamp: '2024-01-15T12:01:00Z',
      metadata: {tool_name: 'Bash', tool_input: {command: `git push https://mill:${PASSWORD}@example.org/sluice`}},
    }),
    aLine({text: 'Then paint the gate.', timestamp: '2024-01-15T12:02:00Z'}),
  ];
  await rig.ingest(lines, {text: (text) => text, metadata: (metadata) => metadata});
  await rig.rollUp();
  return rig;
}

test('counts stored secrets by their rule, and never tells one', async () => {
  await using rig = await withSecrets();
  const scan = await scanSecrets(rig.mem);
  expect(scan.scanned).toBe(3);
  expect(scan.secrets.map(({rule, count, eventIds}) => [rule, count, eventIds.length])).toEqual([
    ['github', 1, 1],
    ['url-password', 1, 1],
  ]);
  expect(JSON.stringify(scan)).not.toContain(TOKEN);
});

test('replaces them everywhere, under the same ids, and makes again what was made of them', async () => {
  await using rig = await withSecrets();
  expect(findInHome(rig.home, SECRETS)).not.toEqual([]);
  const before = await rig.pointers();
  const scan = await scanSecrets(rig.mem);
  const ids = scan.events.map(({id}) => id);
  const read = () => rig.mem.store.use(3_000, async (store) => (await store.recordsOf(ids)).flatMap((found) => found?.record ?? []));
  const former = (await read()).map(formerIdentityOf);
  expect(await forget(rig.mem, {kind: 'secrets', events: scan.events}, {signal: SIGNAL})).toMatchObject({events: 2, filesLeft: 0});
  expect(findInHome(rig.home, SECRETS)).toEqual([]);
  const records = await read();
  expect(records.map((record) => decodeEvent(record)).map(({text}) => text)).toEqual([
    expect.stringMatching(/^Please push with the token \[redacted:github:[0-9a-f]{6}\] to the sluice repository\.$/),
    'Pushed.',
  ]);
  expect(records.every((record) => provenanceOf(record).isAltered)).toBe(true);
  expect(records.map(formerIdentityOf)).toEqual(former);
  expect((await scanSecrets(rig.mem)).secrets).toEqual([]);
  expect((await rig.pointers()).map(({id}) => id)).toEqual(before.map(({id}) => id));
  expect(await rig.marks()).toBe(0);
  const {hits} = await search(rig.mem, {query: 'sluice repository', limit: 5, by: 'event'});
  expect(hits[0]?.event.id).toBe(ids[0]);
});

test('takes the line with the secret for the event that it is', async () => {
  await using rig = await withSecrets();
  const scan = await scanSecrets(rig.mem);
  await forget(rig.mem, {kind: 'secrets', events: scan.events}, {signal: SIGNAL});
  const again = aLine({text: `Please push with the token ${TOKEN} to the sluice repository.`, event_id: 'u1', agent: 'claude-code'});
  expect(await rig.ingest([again])).toMatchObject({stored: 0, duplicates: 1});
});

test('finishes a replacement that was cut short', async () => {
  await using rig = await withSecrets();
  const scan = await scanSecrets(rig.mem);
  const onStep = () => {
    throw new Error('cut short');
  };
  await expect(forget(rig.mem, {kind: 'secrets', events: scan.events}, {signal: SIGNAL, onStep})).rejects.toThrow('cut short');
  await finishForgetting(rig.mem, {signal: SIGNAL});
  expect(findInHome(rig.home, SECRETS)).toEqual([]);
  expect(rig.mem.forgetting.intents.pending()).toEqual([]);
});
