import {join} from 'node:path';
import {expect, test} from 'vitest';
import {tombstoneOfLine} from '../../../src/domain/event/tombstone.js';
import {alarmsOf} from '../../../src/operations/access/alarms.js';
import {type ForgetStep, finishForgetting, forget, planForgetting} from '../../../src/operations/forget/forget.js';
import {aLine, HomeRig} from '../home-rig.js';
import {findInHome} from './find-in-home.js';
import {forgetAll, SIGNAL, withCanaries} from './forget-rig.js';

test('finishes what was cut short, and leaves nothing to be finished', async () => {
  const {rig, canaries} = await withCanaries(4);
  await using _ = rig;
  const plan = await planForgetting(rig.mem, {session: 's0'});
  const onStep = (step: ForgetStep) => {
    if (step.kind === 'taking-out' && step.left === 1) throw new Error('cut short');
  };
  await expect(forget(rig.mem, {kind: 'events', events: plan.events}, {signal: SIGNAL, onStep})).rejects.toThrow('cut short');
  expect(rig.mem.forgetting.intents.pending()).toEqual([1]);
  expect(findInHome(join(rig.home, 'forget'), ['pump', ...canaries])).toEqual([]);
  expect(await finishForgetting(rig.mem, {signal: SIGNAL})).toBe(1);
  expect(rig.mem.forgetting.intents.pending()).toEqual([]);
  expect(await finishForgetting(rig.mem, {signal: SIGNAL})).toBe(0);
  expect(
    findInHome(
      rig.home,
      canaries.filter((_, n) => n % 3 === 0),
    ),
  ).toEqual([]);
});

test('says on every command that something is to be finished', async () => {
  await using rig = new HomeRig();
  await rig.ingest([aLine(), aLine({session_id: 's2', timestamp: '2024-01-16T12:00:00Z', text: 'The weir was closed for the winter.'})]);
  const plan = await planForgetting(rig.mem, {session: 's2'});
  const onStep = () => {
    throw new Error('cut short');
  };
  await expect(forget(rig.mem, {kind: 'events', events: plan.events}, {signal: SIGNAL, onStep})).rejects.toThrow('cut short');
  expect(alarmsOf(rig.mem)).toEqual(['a forgetting was begun and cut short; finish it with: mem forget --finish']);
  await finishForgetting(rig.mem, {signal: SIGNAL});
  expect(alarmsOf(rig.mem)).toEqual([]);
});

test('takes out again what a rollup made of it after it was cut short', async () => {
  await using rig = new HomeRig();
  await rig.ingest([
    aLine(),
    aLine({timestamp: '2024-01-15T12:05:00Z', text: 'The weir was closed for the winter by the warden.'}),
    aLine({timestamp: '2024-01-17T12:05:00Z', text: 'The warden went home early that evening.'}),
  ]);
  await rig.rollUp();
  const plan = await planForgetting(rig.mem, {query: 'warden'});
  const onStep = (step: ForgetStep) => {
    if (step.kind === 'taking-out' && step.left === 1) throw new Error('cut short');
  };
  await expect(forget(rig.mem, {kind: 'events', events: plan.events}, {signal: SIGNAL, onStep})).rejects.toThrow('cut short');
  await rig.rollUp();
  await finishForgetting(rig.mem, {signal: SIGNAL});
  expect(findInHome(rig.home, ['warden', 'weir'])).toEqual([]);
  expect(await rig.marks()).toBe(0);
  // What the journal says of nodes is what the store has.
  const ids = (await rig.pointers()).map(({id}) => id);
  const stored = (await rig.mem.store.use(3_000, (store) => store.versionsOf(ids))).flat();
  const versions = stored.map(({id, version}) => `${id} ${version}`);
  const lines = rig.mem.journal
    .list()
    .files.filter(({kind}) => kind === 'node')
    .flatMap((file) => [...rig.mem.journal.read(file)])
    .flatMap((part) => (part.kind === 'member' ? part.lines.toString().trimEnd().split('\n') : []))
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
    .map(({id, version}: {id: string; version: number}) => `${id} ${version}`);
  expect(lines.toSorted()).toEqual(versions.toSorted());
});

test('keeps tombstones in the journal, so that a store without them gets them back', async () => {
  await using rig = new HomeRig();
  await rig.ingest([aLine({text: 'The weir was closed for the winter by the warden.'}), aLine({session_id: 's2'})]);
  await forgetAll(rig, {query: 'warden'});
  const files = rig.mem.journal.list().files.filter(({kind}) => kind === 'forgotten');
  const lines = files
    .flatMap((file) => [...rig.mem.journal.read(file)])
    .flatMap((part) => (part.kind === 'member' ? part.lines.toString() : []));
  const tombstones = await rig.mem.store.use(3_000, (store) => store.tombstones());
  expect(lines.join('').trimEnd().split('\n').map(tombstoneOfLine)).toEqual(tombstones);
});
