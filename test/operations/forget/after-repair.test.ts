import {readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import type {JournalFile} from '../../../src/journal/journal.js';
import {checkAndNote, repairAndNote} from '../../../src/operations/care/check/last-check.js';
import {finishForgetting, forget, planForgetting} from '../../../src/operations/forget/forget.js';
import {withMembers} from '../../store/port/wrapped-gate.js';
import {aLine, HomeRig} from '../home-rig.js';
import {findInHome} from './find-in-home.js';
import {SIGNAL} from './forget-rig.js';

/** The lines of the first member go, and those of the second stay. */
function damage({path}: JournalFile): Buffer {
  const bytes = readFileSync(path);
  bytes[60] = (bytes[60] ?? 0) ^ 0xff;
  writeFileSync(path, bytes);
  return bytes;
}

async function withDamage(): Promise<{rig: HomeRig; damaged: Buffer; name: string}> {
  const rig = new HomeRig();
  await rig.ingest([
    aLine(),
    aLine({session_id: 's3', timestamp: '2024-01-15T13:00:00Z', text: 'The gauge of the harbour was painted green.'}),
  ]);
  await rig.ingest([
    aLine({session_id: 's2', timestamp: '2024-01-16T12:00:00Z', text: 'The vqxzjk was closed for the winter by the kwpqrv.'}),
  ]);
  await rig.rollUp();
  const file = rig.mem.journal.list().files.find(({kind}) => kind === 'event');
  if (file === undefined) throw new Error('no file of events');
  return {rig, damaged: damage(file), name: file.name};
}

const mend = (rig: HomeRig) => repairAndNote(rig.mem, {dryRun: false, timeZone: 'UTC', signal: SIGNAL});

test('a repair keeps the damaged files of the journal as they were, and the finding of the last check is gone', async () => {
  const {rig, damaged, name} = await withDamage();
  await using _ = rig;
  await checkAndNote(rig.mem, {depth: 'full'});
  expect(rig.mem.checkNotes.read()).toMatchObject({faults: expect.any(Number), cure: 'mem repair'});
  const report = await mend(rig);
  expect(report.journal).toMatchObject({files: 1, events: 2, keptAt: join(rig.home, 'journal.damaged')});
  const writer = rig.mem.journal.ownWriter() ?? '';
  expect(readFileSync(join(rig.home, 'journal.damaged', writer, name)).equals(damaged)).toBe(true);
  expect(rig.mem.checkNotes.read()).toMatchObject({faults: 0, first: '', cure: ''});
  expect(readdirSync(join(rig.home, 'journal.damaged', writer))).toEqual([name]);
});

test('a repair that is cut off leaves a note of what it found', async () => {
  const {rig} = await withDamage();
  await using _ = rig;
  const {store} = rig.mem;
  const upkeep = store.maintenance?.journal;
  if (store.maintenance === undefined || upkeep === undefined) throw new Error();
  const endFiles = () => Promise.reject(new Error('cut off'));
  const maintenance = withMembers(store.maintenance, {journal: withMembers(upkeep, {endFiles})});
  const cutOff = repairAndNote({...rig.mem, store: withMembers(store, {maintenance})}, {dryRun: false, timeZone: 'UTC', signal: SIGNAL});
  await expect(cutOff).rejects.toThrow('cut off');
  expect(rig.mem.checkNotes.read()).toMatchObject({faults: expect.any(Number), cure: 'mem repair'});
  await mend(rig);
  expect(rig.mem.checkNotes.read()).toMatchObject({faults: 0, cure: ''});
});

test('a forgetting that met a damaged journal is finished after a repair, and names what the repair kept', async () => {
  const {rig} = await withDamage();
  await using _ = rig;
  const plan = await planForgetting(rig.mem, {session: 's2'});
  const deed = {kind: 'events', events: plan.events} as const;
  await expect(forget(rig.mem, deed, {signal: SIGNAL})).rejects.toMatchObject({code: 'JOURNAL_DAMAGED'});
  expect(rig.mem.forgetting.intents.pending()).toEqual([1]);
  const {copies, store, after} = await mend(rig);
  // What is still to be taken out is no damage: nothing but the journal is repaired, and that once.
  expect({copies, store, cure: after?.cure}).toEqual({copies: ['journal'], store: undefined, cure: undefined});
  expect(after?.verdicts.flatMap(({remarks}) => remarks)).toContain(
    'a forgetting was cut short, and the journal may still have what is to go; mem forget --finish goes on with it',
  );
  expect(await finishForgetting(rig.mem, {signal: SIGNAL})).toBe(1);
  expect(rig.mem.forgetting.intents.pending()).toEqual([]);
  const {unreachable} = await planForgetting(rig.mem, {session: 's3'});
  const kept = join(rig.home, 'journal.damaged');
  expect(unreachable.map(({name}) => name)).toContain(kept);
  rmSync(kept, {recursive: true});
  expect(findInHome(rig.home, ['vqxzjk', 'kwpqrv'])).toEqual([]);
  const {verdicts} = await checkAndNote(rig.mem, {depth: 'full'});
  expect(verdicts.flatMap(({remarks}) => remarks)).toEqual([]);
  expect(rig.mem.checkNotes.read()).toMatchObject({faults: 0});
});
