import {expect, test} from 'vitest';
import type {EpochMs} from '../../../src/domain/event/event.js';
import {ModelFailure} from '../../../src/domain/model/model-summarizer.js';
import {summarizerName} from '../../../src/domain/toc/make-node.js';
import type {NodeId} from '../../../src/domain/toc/node-id.js';
import {rollUp} from '../../../src/operations/rollup/roll-up.js';
import {extractiveSummarizer} from '../../../src/summarizers/extractive/extractive.js';
import {A_BUDGET, aLine, HomeRig, MUCH_BUDGET} from '../home-rig.js';
import {refused, ScriptedModel} from './scripted-model.js';
import {linesOf, TEXT} from './two-days.js';
import {aYear, lateLine, sessionsOf} from './year-log.js';

const isProofs = process.env['MEM_PROOFS'] === '1';
test('calls as often as there are nodes with 20 words to summarize, then not at all, and once per node for what changes', async () => {
  const model = new ScriptedModel();
  await using rig = new HomeRig({model, budget: MUCH_BUDGET});
  const log = aYear({every: isProofs ? 1 : 12});
  await rig.ingest(log);
  const made = (await rig.rollUp()).filter(({kind}) => kind === 'made');
  const nodes = await rig.latest();
  expect(made).toHaveLength(nodes.length);
  const byModel = nodes.filter(({summarizer}) => summarizer === 'openai/1 test-model').length;
  // The brief sessions are the only inputs with less.
  const brief = log.filter(({session_id}) => String(session_id).startsWith('brief-')).length;
  expect(nodes.filter(({summarizer}) => summarizer === summarizerName(extractiveSummarizer))).toHaveLength(brief);
  expect(byModel + brief).toBe(nodes.length);
  expect(model.requests).toHaveLength(byModel);
  expect(nodes.filter(({fallback}) => fallback !== undefined)).toEqual([]);
  expect(await rig.marks()).toBe(0);
  expect(await rig.spent()).toMatchObject({calls: byModel});

  const {keysWritten} = rig.mem.store.work;
  expect(await rig.rollUp()).toEqual([]);
  expect(model.requests).toHaveLength(byModel);
  expect(rig.mem.store.work.keysWritten).toBe(keysWritten);

  // A late event where no size cut follows: the segment, its day, week, month, year.
  await rig.ingest([lateLine('2023-06-06', 12, 'talk-156', 'Late: the gauge of Hoek was read again.')]);
  expect(linesOf(await rig.rollUp())).toEqual(['segment', 'day', 'week', 'month', 'year'].map((tocLevel) => `made ${tocLevel} changed`));
  expect(model.requests).toHaveLength(byModel + 5);

  // One that moves the cuts behind it: every segment that is cut anew, and the four above.
  await rig.ingest([lateLine('2023-06-18', 299, 'long-168', 'early '.repeat(1_500))]);
  const recut = (await rig.rollUp()).filter(({kind}) => kind === 'made');
  expect(recut.filter(({step}) => step.tocLevel === 'segment')).toHaveLength(3);
  expect(model.requests).toHaveLength(byModel + 5 + 3 + 4);
  if (isProofs) process.stdout.write(`a year: ${log.length} events, ${nodes.length} nodes, ${byModel} calls\n`);
});

test('a key that is rejected costs one call, and every mark stays', async () => {
  const model = new ScriptedModel();
  model.script = () => {
    throw refused();
  };
  await using rig = new HomeRig({model});
  // On the last day there is more than could go side by side.
  await rig.ingest([...aYear({days: 12}), ...sessionsOf('2023-01-12', 6)]);
  const outcomes = await rig.rollUp();
  expect(model.requests).toHaveLength(1);
  const failures = outcomes.filter((outcome) => outcome.kind === 'failed');
  expect(failures).toMatchObject([{code: 'MODEL_REFUSED', message: 'the endpoint refused the key (401)', step: {reason: 'new'}}]);
  // What needs no call goes on.
  expect(outcomes.filter(({kind}) => kind === 'made').map(({step}) => step.id.slice(0, 22))).toEqual(
    ['10', '07', '04', '01'].map((day) => `toc:segment:2023-01-${day}`),
  );
  const nodes = await rig.latest();
  expect(nodes.every(({fallback, summarizer}) => fallback === undefined && summarizer?.startsWith('extractive/'))).toBe(true);
  expect(await rig.retries()).toEqual([]);

  model.script = () => {};
  await rig.rollUp();
  expect(await rig.marks()).toBe(0);
  expect((await rig.latest()).filter(({summarizer}) => summarizer?.startsWith('openai/')).length).toBe(model.requests.length - 1);
});

test('of ten calls four go side by side, the newest first, and what was not reached waits without a fallback', async () => {
  const model = new ScriptedModel();
  // The second to the fifth are answered once all four are there.
  let four = (): void => {};
  const together = new Promise<void>((resolve) => {
    four = resolve;
  });
  model.script = async (_, __, number) => {
    if (number === 5) four();
    if (number > 1) await together;
  };
  await using rig = new HomeRig({model, budget: {...A_BUDGET, maxCallsPerRun: 10}});
  await rig.ingest(aYear({days: 30}).filter(({session_id}) => String(session_id).startsWith('talk-')));
  const first = await rig.rollUp();
  expect(model.requests).toHaveLength(10);
  expect(model.mostAtOnce).toBe(4);
  const dates = (await rig.latest()).map(({id}) => id?.slice(12, 22)).sort();
  expect(dates).toEqual(Array.from({length: 10}, (_, at) => `2023-01-${21 + at}`));
  const left = first.filter(({kind}) => kind === 'left').map(({step}) => `${step.tocLevel} ${step.reason}`);
  expect(left.filter((one) => one === 'segment waits-for-budget')).toHaveLength(20);
  // The ten days that could be made need a call too.
  expect(left.filter((one) => one === 'day waits-for-budget')).toHaveLength(10);
  expect(await rig.spent()).toMatchObject({calls: 10});

  await rig.rollUp();
  expect(model.requests).toHaveLength(20);
  for (let runs = 0; (await rig.marks()) > 0; runs++) {
    if (runs > 10) throw new Error('the marks do not go');
    await rig.rollUp();
  }
  expect((await rig.latest()).every(({fallback}) => fallback === undefined)).toBe(true);
});

test('a period waits while anything below it does, also a day of which nothing could be made yet', async () => {
  const model = new ScriptedModel();
  await using rig = new HomeRig({model, budget: {...A_BUDGET, maxCallsPerRun: 0}});
  // Two days of one week, in two months: the later one needs no call, and so would what is above it.
  await rig.ingest([
    aLine({timestamp: '2024-01-31T12:00:00Z', text: TEXT}),
    aLine({timestamp: '2024-02-01T12:00:00Z', session_id: 'brief', text: 'Brief.'}),
  ]);
  const linesWith = async () => (await rig.rollUp()).map(({kind, step}) => `${kind} ${step.reason} ${step.id.slice(4, 22)}`);
  expect(await linesWith()).toEqual([
    'made new segment:2024-02-01',
    'left waits-for-budget segment:2024-01-31',
    'made new day:2024-02-01',
    'left waits-for-day week:2024:W05',
    'made new month:2024:02',
    'left waits-for-month year:2024',
  ]);
  expect(await linesWith()).toEqual([
    'left waits-for-budget segment:2024-01-31',
    'left waits-for-day week:2024:W05',
    'left waits-for-month year:2024',
  ]);
});

test('what calls under way may need is waited for before the budget counts as used up', async () => {
  const model = new ScriptedModel();
  // At its bound each of these takes about 200 tokens, in the end about 100: of 1,000, more than five can be had.
  await using rig = new HomeRig({model, budget: {...A_BUDGET, maxTokensPerRun: 1_000}});
  await rig.ingest(sessionsOf('2023-01-12', 12));
  await rig.rollUp();
  const {promptTokens = 0, completionTokens = 0} = (await rig.spent()) ?? {};
  const spent = promptTokens + completionTokens;
  const most = Math.max(...model.requests.map(({text}) => 200 + 2 * Math.ceil(text.length / 4)));
  expect(spent).toBeLessThanOrEqual(1_000);
  // What is left is not enough for one more.
  expect(1_000 - spent).toBeLessThan(most);
  expect(model.requests.length).toBeGreaterThan(Math.floor(1_000 / most));
});

test('a model is given the overlap across a size cut and the request in force, and cannot cite them', async () => {
  const model = new ScriptedModel();
  await using rig = new HomeRig({model});
  const at = (minute: number) => new Date(Date.parse('2024-01-15T12:00:00Z') + minute * 60_000).toISOString();
  await rig.ingest([
    aLine({timestamp: at(0), text: 'filler '.repeat(2_000)}),
    aLine({timestamp: at(1), event_type: 'assistant_message', text: `Just before the cut: ${TEXT}`}),
    aLine({timestamp: at(2), event_type: 'assistant_message', text: 'other '.repeat(2_200)}),
  ]);
  await rig.rollUp();
  const segments = model.requests.filter(({tocLevel}) => tocLevel === 'segment');
  expect(segments.map(({overlap}) => overlap).sort()).toEqual(['', `Just before the cut: ${TEXT}`]);
  expect(segments.map(({inForce}) => inForce).sort()).toEqual(['', 'filler '.repeat(2_000)]);
  for (const {childIds = [], bullets = []} of (await rig.latest()).filter(({segment}) => segment)) {
    expect(bullets.flatMap(({eventIds}) => eventIds)).toEqual(childIds);
  }
});

test('a stop drops the calls that are under way and keeps what was committed', async () => {
  const model = new ScriptedModel();
  await using rig = new HomeRig({model});
  await rig.ingest(aYear({days: 9}));
  const stop = new AbortController();
  model.script = async (_, {signal}, number) => {
    if (number < 4) return;
    await new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => resolve());
      if (number === 6) stop.abort();
    });
    throw new ModelFailure('stopped', 'stopped', 'stopped');
  };
  const outcomes = await rig.rollUp({}, stop.signal);
  const byModel = () => rig.latest().then((nodes) => nodes.filter(({summarizer}) => summarizer?.startsWith('openai/')).length);
  expect(await byModel()).toBe(3);
  expect(outcomes.filter(({kind}) => kind === 'failed' || kind === 'kept')).toEqual([]);
  const marks = await rig.marks();
  expect(marks).toBeGreaterThan(0);
  model.script = () => {};
  await rig.rollUp();
  expect(await rig.marks()).toBe(0);
});

test('a reader who leaves in the middle has the calls under way ended before the lock is given back', async () => {
  const model = new ScriptedModel();
  await using rig = new HomeRig({model});
  await rig.ingest(aYear({days: 9}));
  const ended: string[] = [];
  model.script = async (_, {signal}, number) => {
    if (number < 3) return;
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
    ended.push(`call ${number}, lock ${rig.mem.locks.holder('rollup') ? 'held' : 'free'}`);
    throw new ModelFailure('stopped', 'stopped', 'stopped');
  };
  for await (const outcome of rollUp(rig.mem, {}, new AbortController().signal)) {
    if (outcome.kind === 'made' && model.requests.length > 3) break;
  }
  expect(ended.length).toBeGreaterThan(0);
  expect(ended.every((one) => one.endsWith('lock held'))).toBe(true);
  expect(rig.mem.locks.holder('rollup')).toBeUndefined();
});

test('while a call is under way the store is free; a segment that new events leave as it was is stored, its session-day stays marked', async () => {
  const model = new ScriptedModel();
  await using rig = new HomeRig({model});
  rig.now = Date.parse('2024-01-15T18:00:00Z') as EpochMs;
  await rig.ingest([aLine({text: TEXT}), aLine({timestamp: '2024-01-15T14:00:00Z', text: `Later. ${TEXT}`})]);
  let isLate = false;
  model.script = async () => {
    if (isLate) return;
    isLate = true;
    // The same session goes on, and says more in what was its second segment.
    await rig.ingest([aLine({timestamp: '2024-01-15T14:10:00Z', text: `Then. ${TEXT}`})]);
  };
  expect(linesOf(await rig.rollUp())).toEqual(['made segment new', 'left day too-recent']);
  expect(model.requests).toHaveLength(2);
  expect(linesOf(await rig.rollUp())).toEqual(['left segment up-to-date', 'made segment new', 'left day too-recent']);
  // The first segment was paid for once.
  expect(model.requests).toHaveLength(3);
});

test('a session-day that goes on during a call keeps its mark also where all of its segments are stored', async () => {
  const model = new ScriptedModel();
  await using rig = new HomeRig({model});
  await rig.ingest([aLine({text: TEXT})]);
  model.script = async (_, __, number) => {
    if (number === 1) await rig.ingest([aLine({timestamp: '2024-01-15T16:00:00Z', text: `In the afternoon. ${TEXT}`})]);
  };
  expect(linesOf(await rig.rollUp({tocLevel: 'segment'}))).toEqual(['made segment new']);
  expect(linesOf(await rig.rollUp({tocLevel: 'segment'}))).toEqual(['left segment up-to-date', 'made segment new']);
});

test('each node of a model is a commit of its own, on disk before the next outcome', async () => {
  const model = new ScriptedModel({concurrency: 1});
  await using rig = new HomeRig({model});
  await rig.ingest(aYear({days: 3}));
  const witnessed: boolean[] = [];
  for await (const outcome of rollUp(rig.mem, {}, new AbortController().signal)) {
    if (outcome.kind !== 'made' || !('title' in outcome)) continue;
    const [node] = await rig.mem.store.use(3_000, (store) => store.nodes([outcome.step.id as NodeId]));
    if (node?.summarizer.startsWith('openai/')) witnessed.push(node.version === outcome.version);
  }
  expect(witnessed.length).toBe(model.requests.length);
  expect(witnessed.every(Boolean)).toBe(true);
});
