import {expect, test} from 'vitest';
import type {EpochMs} from '../../../src/domain/event/event.js';
import {aLine, HomeRig, MUCH_BUDGET} from '../home-rig.js';
import {ScriptedModel} from './scripted-model.js';
import {later, TEXT} from './two-days.js';

const at = (iso: string): EpochMs => Date.parse(iso) as EpochMs;
const onDay = (date: string, text: string) =>
  aLine({timestamp: `${date}T12:00:00Z`, session_id: `of-${date}`, text: `On ${date}: ${text}`});

/** Two days of December and one of the week that ended last; it is January 9. */
async function winter(model: ScriptedModel): Promise<HomeRig> {
  const rig = new HomeRig({model, budget: MUCH_BUDGET});
  rig.now = at('2024-01-09T10:00:00Z');
  await rig.ingest([onDay('2023-12-05', TEXT), onDay('2023-12-06', 'Too short.'), onDay('2024-01-05', TEXT)]);
  return rig;
}

test('what ended long ago is made offline, what it is part of by the model', async () => {
  const model = new ScriptedModel();
  await using rig = await winter(model);
  const made = (await rig.rollUp({offlineBefore: at('2024-01-02T10:00:00Z')})).filter((outcome) => outcome.kind === 'made');
  // The week from January 1 on ended after that. The text that is too short needs no model at any age.
  expect(model.requests.map(({tocLevel}) => tocLevel)).toEqual(['segment', 'day', 'week']);
  const saved = made.filter(({isCallSaved}) => isCallSaved).map(({step}) => step.id.replace(/:.{26}$/, ''));
  expect(saved.sort()).toEqual(['toc:day:2023-12-05', 'toc:month:2023:12', 'toc:segment:2023-12-05', 'toc:week:2023:W49', 'toc:year:2023']);
  expect((await rig.rollUp()).filter(({kind}) => kind === 'made')).toEqual([]);
});

test('a redo takes the calls that were saved', async () => {
  const model = new ScriptedModel();
  await using rig = await winter(model);
  const saved = (await rig.rollUp({offlineBefore: rig.now})).filter((outcome) => outcome.kind === 'made' && outcome.isCallSaved);
  expect(model.requests).toEqual([]);
  later(rig, 1);
  await rig.rollUp({redo: {kind: 'extractive'}});
  expect(model.requests).toHaveLength(saved.length);
});

test('what is old goes many nodes to a batch, as without a model', async () => {
  const log = Array.from({length: 40}, (_, day) => onDay(new Date(Date.UTC(2023, 9, 1 + day)).toISOString().slice(0, 10), TEXT));
  const opened = async (model: ScriptedModel | undefined): Promise<number> => {
    await using rig = new HomeRig({model, budget: MUCH_BUDGET});
    await rig.ingest(log);
    const {store} = rig.mem;
    const inTurns = store.inTurns.bind(store);
    let times = 0;
    const counted: typeof inTurns = (...parts) => {
      times++;
      return inTurns(...parts);
    };
    Object.assign(store, {inTurns: counted});
    await rig.rollUp({offlineBefore: rig.now});
    return times;
  };
  expect(await opened(new ScriptedModel())).toBe(await opened(undefined));
});
