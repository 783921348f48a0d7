import {expect, test} from 'vitest';
import type {TocNode} from '../../../src/domain/toc/node.js';
import {CUTTING_RULES_VERSION} from '../../../src/domain/toc/segment.js';
import {planRollUp} from '../../../src/operations/rollup/plan-roll-up.js';
import {A_BUDGET, aLine, HomeRig, type LineFields} from '../home-rig.js';
import {ScriptedModel} from './scripted-model.js';
import {later, linesOf, TEXT, twoDays} from './two-days.js';
import {aYear} from './year-log.js';

/** Gives the store rules of version 1, with nodes as an older mem made them: by their rules, without facts, with other fingerprints. */
async function asOfOldRules(rig: HomeRig, change: (node: TocNode) => TocNode = (node) => node): Promise<void> {
  const ids = (await rig.pointers()).filter(({status}) => status === 'current').map(({id}) => id);
  await rig.mem.store.use(3_000, async (store) => {
    const nodes = (await store.nodes(ids)).filter((node) => node !== undefined);
    const old = nodes.map((node) => ({
      ...change(node),
      version: node.version + 1,
      rulesVersion: 1,
      inputFingerprint: `old ${node.id}`,
      bullets: node.bullets.map(({text, eventIds}) => ({text, eventIds})),
      facts: [],
      workstreams: [],
    }));
    const changes = old.map((node) => ({kind: 'node', node}) as const);
    await store.commit([...changes, {kind: 'rules-version', rulesVersion: 1}], rig.now, {sync: true});
  });
  later(rig, 60);
}

const rulesOf = (rig: HomeRig) => rig.mem.store.use(3_000, async (store) => store.header.rulesVersion);
const marksOf = async (rig: HomeRig) => [await rig.marks(), await rulesOf(rig)];

async function planned(rig: HomeRig): Promise<readonly string[]> {
  const steps: string[] = [];
  for await (const {id, reason, call} of planRollUp(rig.mem, {})) steps.push(`${reason} ${id.split(':')[1]}${call ? ' *' : ''}`);
  return steps;
}

test('a store of older rules is made again once, as if it were made from scratch', async () => {
  const events = aYear({days: 12});
  await using rig = new HomeRig();
  await rig.ingest(events);
  await rig.rollUp();
  const scratch = await rig.latest();
  await asOfOldRules(rig);
  expect(await marksOf(rig)).toEqual([0, 1]);

  const outcomes = await rig.rollUp();
  expect(new Set(outcomes.map(({kind, step}) => `${kind} ${step.reason}`))).toEqual(new Set(['made changed']));
  expect(outcomes).toHaveLength(scratch.length);
  expect(await rig.latest()).toEqual(scratch);
  expect(await marksOf(rig)).toEqual([0, CUTTING_RULES_VERSION]);
  expect(await rig.rollUp()).toEqual([]);
});

test('a rollup of segments alone marks all that is above them, too', async () => {
  await using rig = new HomeRig();
  await rig.ingest(aYear({days: 3}));
  await rig.rollUp();
  await asOfOldRules(rig);
  await rig.rollUp({tocLevel: 'segment'});
  expect(await rulesOf(rig)).toBe(CUTTING_RULES_VERSION);
  expect(new Set((await rig.rollUp()).map(({step}) => step.tocLevel))).toEqual(new Set(['day', 'week', 'month', 'year']));
});

test('what a model wrote keeps its text where the events are the same, without a call, at every TOC level', async () => {
  const model = new ScriptedModel();
  await using rig = await twoDays(model);
  await rig.rollUp();
  const before = await rig.latest();
  const calls = model.requests.length;
  await asOfOldRules(rig);

  const kept = ['segment', 'segment', 'day', 'day', 'week', 'month', 'year'];
  expect(await planned(rig)).toEqual(kept.map((tocLevel) => `new-rules ${tocLevel}`));
  expect(linesOf(await rig.rollUp())).toEqual(kept.map((tocLevel) => `made ${tocLevel} new-rules`));
  expect(model.requests).toHaveLength(calls);
  // Texts, fingerprints, workstreams, digests: all as this mem makes them.
  expect(await rig.latest()).toEqual(before);
  expect((await rig.rollUp()).length).toBe(0);
});

test('it is kept without a model, too, and by another one', async () => {
  for (const model of [undefined, new ScriptedModel({model: 'another-model'})]) {
    await using rig = await twoDays(new ScriptedModel());
    await rig.rollUp();
    const titles = (await rig.latest()).map(({title}) => title);
    await asOfOldRules(rig);
    rig.mem = {...rig.mem, model};
    await rig.rollUp();
    expect((await rig.latest()).map(({title}) => title)).toEqual(titles);
  }
});

test('a model is asked again for a segment with other events, and for what is above it, the newest first', async () => {
  const model = new ScriptedModel();
  await using rig = await twoDays(model);
  await rig.rollUp();
  const calls = model.requests.length;
  // Of the second day's segment the older rules had another end.
  await asOfOldRules(rig, (node) =>
    node.id.startsWith('toc:segment:2024-01-16') ? {...node, end: (node.end + 1) as typeof node.end} : node,
  );

  const asked = [
    'changed segment *',
    'new-rules segment',
    'changed day *',
    'new-rules day',
    'changed week *',
    'changed month *',
    'changed year *',
  ];
  expect(await planned(rig)).toEqual(asked);
  expect(linesOf(await rig.rollUp()).map((line) => line.replace('made ', ''))).toEqual(
    expect.arrayContaining([
      'segment changed',
      'segment new-rules',
      'day changed',
      'day new-rules',
      'week changed',
      'month changed',
      'year changed',
    ]),
  );
  expect(model.requests.slice(calls).map(({tocLevel}) => tocLevel)).toEqual(['segment', 'day', 'week', 'month', 'year']);
  expect(model.requests[calls]?.text).toContain('On the next day');
});

test('an extractive text below a model is made again, and the text of the model stays', async () => {
  const brief: LineFields = {session_id: 'brief', timestamp: '2024-01-15T15:00:00Z', text: 'Brief.'};
  const model = new ScriptedModel();
  await using rig = await twoDays(model);
  await rig.ingest([aLine(brief)]);
  await rig.rollUp();
  const calls = model.requests.length;
  await asOfOldRules(rig);

  const reasons = (await rig.rollUp()).map(({step}) => `${step.tocLevel} ${step.reason}`);
  expect(reasons.filter((reason) => reason.endsWith(' changed'))).toEqual(['segment changed']);
  expect(model.requests).toHaveLength(calls);
});

test('the model is asked for a fallback of older rules, and its text about the same events stays', async () => {
  const model = new ScriptedModel();
  await using rig = await twoDays(model);
  await rig.rollUp();
  const calls = model.requests.length;
  await asOfOldRules(rig, (node) => (node.id.startsWith('toc:segment:2024-01-15') ? {...node, fallback: 'timeout'} : node));
  await rig.rollUp();
  expect(model.requests.slice(calls).map(({tocLevel}) => tocLevel)).toEqual(['segment']);
});

test('calls stay within the budget, and what is not asked for waits', async () => {
  const model = new ScriptedModel();
  await using rig = await twoDays(model, {...A_BUDGET, maxCallsPerRun: 7});
  await rig.rollUp();
  const calls = model.requests.length;
  rig.mem = {...rig.mem, budget: {...A_BUDGET, maxCallsPerRun: 1}};
  await asOfOldRules(rig, (node) => (node.id.startsWith('toc:segment:') ? {...node, end: (node.end + 1) as typeof node.end} : node));
  const lines = linesOf(await rig.rollUp());
  expect(lines).toContain('left segment waits-for-budget');
  expect(model.requests).toHaveLength(calls + 1);
  expect(model.requests.at(-1)?.text).toContain('On the next day');
});

test('an event that comes while the rules are new is no reason to keep a text', async () => {
  const model = new ScriptedModel();
  await using rig = await twoDays(model);
  await rig.rollUp();
  await asOfOldRules(rig);
  await rig.ingest([aLine({timestamp: '2024-01-15T12:01:00Z', text: `Late: ${TEXT}`})]);
  const calls = model.requests.length;
  await rig.rollUp();
  expect(model.requests.slice(calls).map(({tocLevel}) => tocLevel)).toEqual(['segment', 'day', 'week', 'month', 'year']);
});

test('a rollup that was stopped before anything was made leaves all of it marked for the next one', async () => {
  await using rig = new HomeRig();
  await rig.ingest(aYear({days: 12}));
  await rig.rollUp();
  const scratch = await rig.latest();
  await asOfOldRules(rig);
  expect(await rig.rollUp({}, AbortSignal.abort())).toEqual([]);
  expect(await rulesOf(rig)).toBe(CUTTING_RULES_VERSION);
  await rig.rollUp();
  expect(await rig.latest()).toEqual(scratch);
});

test('a store of newer rules is left to a newer mem', async () => {
  await using rig = new HomeRig();
  await rig.ingest([aLine()]);
  await rig.mem.store.use(3_000, (store) =>
    store.commit([{kind: 'rules-version', rulesVersion: CUTTING_RULES_VERSION + 1}], rig.now, {sync: true}),
  );
  await expect(rig.rollUp()).rejects.toMatchObject({code: 'FORMAT_NEWER', hint: 'install a newer mem'});
});
