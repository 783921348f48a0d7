import {expect, test} from 'vitest';
import {searchScreen} from '../../../src/operations/browse/search-screen.js';
import {aLine, HomeRig, type LineFields} from '../home-rig.js';

function line(at: string, text: string, more: LineFields = {}): LineFields {
  return aLine({timestamp: at, text, session_id: `s-${at.slice(0, 10)}`, project: 'tide/watch', ...more});
}

async function home(): Promise<HomeRig> {
  const rig = new HomeRig();
  await rig.create('UTC');
  await rig.ingest([
    line('2024-01-29T09:00:00Z', 'The harbour gauge was moved.\nIt measures the tide again.', {metadata: {speaker: 'Ines'}}),
    line('2024-01-30T09:00:00Z', 'The gauge rang an alarm for nobody.', {role: 'assistant', event_type: 'assistant_message'}),
    line('2024-03-05T09:00:00Z', 'A gauge on the page shows the build.', {project: 'acme/web'}),
  ]);
  return rig;
}

async function found(rig: HomeRig, text: string, project?: string): Promise<readonly [readonly string[], readonly string[]]> {
  const {hits, notes} = await searchScreen(rig.mem, {text, project}, {});
  return [hits.map(({lines}) => lines.map((one) => one.text).join(' / ')), notes];
}

test('a hit has its lines with their marks, who said it, and the segment that a rollup made', async () => {
  await using rig = await home();
  expect((await searchScreen(rig.mem, {text: 'harbour', project: undefined}, {})).hits[0]?.segment).toBeUndefined();
  await rig.rollUp();
  const [hit] = (await searchScreen(rig.mem, {text: 'harbour', project: undefined}, {})).hits;
  expect(hit).toMatchObject({
    who: 'user · Ines',
    where: 'tide/watch',
    segment: {id: expect.stringContaining('toc:segment:2024-01-29'), title: expect.any(String)},
    lines: [{text: 'The harbour gauge was moved.', marks: [{start: 4, end: 11}]}],
  });
});

const NO_PHRASE = 'nothing was found that passes the phrase, what must not stand there, --role, the project acme/web';

test.each<readonly [string, string | undefined, readonly string[], readonly string[]]>([
  ['"gauge on the page"', undefined, ['A gauge on the page shows the build.'], []],
  ['gauge -page --to 2024-01-29', undefined, ['The harbour gauge was moved.'], []],
  ['gauge --role assistant', undefined, ['The gauge rang an alarm for nobody.'], []],
  ['gauge --project web', undefined, ['A gauge on the page shows the build.'], []],
  ['gauge', 'acme/web', ['A gauge on the page shows the build.'], []],
  ['"the gauge" -harbour --role user', 'acme/web', [], [NO_PHRASE]],
  ['xylophone', undefined, [], ['"xylophone" occurs nowhere', 'nothing was found']],
])('%s, of the project %s', async (text, project, texts, notes) => {
  await using rig = await home();
  expect(await found(rig, text, project)).toEqual([texts, notes]);
});

test('words that occur nowhere are replaced by near ones, and that is said', async () => {
  await using rig = await home();
  const [texts, notes] = await found(rig, 'harbor');
  expect([texts[0], notes]).toEqual(['The harbour gauge was moved.', ['"harbor" occurs nowhere; looked for "harbour" in its place']]);
});

test('where one project is shown, another one cannot be searched', async () => {
  await using rig = await home();
  await expect(found(rig, 'gauge --project tide/watch', 'acme/web')).rejects.toMatchObject({
    code: 'USAGE',
    message: 'only acme/web is searched',
  });
});

test('a search that is wanted no longer lets the store go, and fails with the reason', async () => {
  await using rig = await home();
  const controller = new AbortController();
  const searching = searchScreen(rig.mem, {text: 'gauge', project: undefined}, {signal: controller.signal});
  controller.abort(new Error('overtaken'));
  await expect(searching).rejects.toThrow('overtaken');
  await rig.mem.store.use(0, async () => {});
});
