import {utimesSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {expect, test} from 'vitest';
import {sourceNews} from '../../../src/connect/source-watch.js';
import type {EpochMs} from '../../../src/domain/event/event.js';
import {takeNews} from '../../../src/operations/sources/take-news.js';
import {AT, answer, BellRig, prompt} from './bell-rig.js';

/** As a command that reads does. @returns how often the folders were looked through, undefined where nothing was new */
async function look(rig: BellRig): Promise<number | undefined> {
  const {deps} = rig;
  const news = sourceNews({home: rig.home, connected: ['claude-code'], bells: () => deps.bells.facts().byAgent, now: rig.now});
  if (news.length === 0) return undefined;
  let finds = 0;
  const sources = deps.sources.map((source) => ({
    ...source,
    find: (places: typeof deps.places) => {
      finds++;
      return source.find(places);
    },
  }));
  expect(await takeNews(news, {...deps, sources})).toEqual({hasMore: false, problem: undefined});
  return finds;
}

/** A transcript that was read, in folders that did not change since. */
async function imported(rig: BellRig, lines: readonly object[], changedAt: number): Promise<void> {
  rig.writeTranscript(lines, changedAt);
  const account = join(rig.account, '.claude');
  for (const folder of [account, join(account, 'projects'), dirname(rig.transcript)]) utimesSync(folder, AT / 1000 - 60, AT / 1000 - 60);
  await rig.import();
}

const texts = async (rig: BellRig) => (await rig.listed()).map(({text}) => text);

test('what a known file has new is read without a look through the folders', async () => {
  await using rig = new BellRig();
  await imported(rig, [prompt('Fix it', 0)], AT);
  rig.writeTranscript([prompt('Fix it', 0), prompt('And test it', 60)], AT + 60_000);
  expect(await look(rig)).toBe(0);
  expect(await texts(rig)).toEqual(['Fix it', 'And test it']);
  expect(await look(rig)).toBeUndefined();
});

test('a bell finishes what was held back in a file that did not change', async () => {
  await using rig = new BellRig();
  await imported(rig, [prompt('Fix it', 0), answer('Fixed.', 30)], AT + 30_000);
  expect(await texts(rig)).toEqual(['Fix it']);
  rig.ring({hook_event_name: 'Stop', last_assistant_message: 'Fixed.'}, AT + 61_000);
  rig.now = (AT + 62_000) as EpochMs;
  expect(await look(rig)).toBe(0);
  expect(await texts(rig)).toEqual(['Fix it', 'Fixed.']);
  expect(rig.bellsLeft()).toEqual([]);
});

test('what a hook said and no file shows is an event for a reading ten minutes later', async () => {
  await using rig = new BellRig();
  await imported(rig, [prompt('Fix it', 0)], AT);
  rig.ring({hook_event_name: 'Stop', last_assistant_message: 'Fixed.'}, AT + 61_000);
  rig.now = (AT + 62_000) as EpochMs;
  await look(rig);
  expect(await texts(rig)).toEqual(['Fix it']);
  rig.now = (AT + 661_000) as EpochMs;
  await look(rig);
  expect(await texts(rig)).toEqual(['Fix it', 'Fixed.']);
});
