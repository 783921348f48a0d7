import {describe, expect, test} from 'vitest';
import {eventsOf, summarized, told, withBranch} from './builders.js';

const titleOf = (...texts: string[]) => summarized(eventsOf(...texts)).title;
const bulletsOf = (...texts: string[]) => summarized(eventsOf(...texts)).bullets.map(({text}) => text);
const file = {kind: 'file', text: 'src/crane.ts'} as const;

describe('a report that begins with what was done and lists it', () => {
  const report = 'Replaced the lamps of the whole northern mole:\n\n- oiled\n- numbered';

  test('names a segment', () => {
    expect(summarized([...eventsOf('go on', report), told(50, file)]).title).toBe('Replace lamps of whole northern mole');
  });

  test('is told without its colon', () => {
    expect(bulletsOf('go on', report)[0]).toBe('assistant: Replaced the lamps of the whole northern mole');
  });
});

describe('what was asked for first', () => {
  const [song, ...lamps] = eventsOf(
    'write a shanty with gulls, tar, ropes and tides',
    'Here it is.',
    'replace the lamps of the mole',
    'The lamps of the mole are green, and the shanty hangs there with its gulls, tar, ropes and tides.',
  );

  test('names a segment before what was asked for later', () => {
    if (song === undefined) throw new Error('an event is missing');
    expect(summarized([song, ...lamps]).title).toMatch(/^Write shanty/);
  });

  test('has no start over the rest, where it led to no edit and the rest did', () => {
    if (song === undefined) throw new Error('an event is missing');
    expect(summarized([song, ...lamps, told(50, file, file, file, file, file)]).title).toMatch(/^Replace lamps of mole/);
  });
});

test('an ellipsis ends what a title is made of, also within words', () => {
  expect(titleOf('the northern crane stands on the mole... but points at the town', 'ok')).toBe('Northern crane stands on mole');
  expect(titleOf('the northern crane stands on the mole...but points at the town', 'ok')).toBe('Northern crane stands on mole');
  expect(titleOf('please oil the cranes below lamps/... and the gate', 'ok')).toBe('Oil cranes below lamps/... and gate');
});

test('a thing that is needed is asked for', () => {
  expect(titleOf('we need a lantern on the northern mole', 'ok')).toBe('Lantern on northern mole');
});

describe('to run something is a step', () => {
  test('that opens no title', () => {
    const committed = told(50, {kind: 'commit', text: 'Repaint the lamps of the mole'});
    expect(summarized([...eventsOf('run tide-gauge --verbose', 'It printed nothing.'), committed]).title).toBe('Repaint lamps of mole');
  });

  test('of which the branch says more where both have no room', () => {
    const asked = eventsOf('Please run the gauges, the lamps and the gate-checks of all southern piers', 'They are.');
    expect(summarized(withBranch([...asked, told(50, file)], 'ann/repaint-the-northern-harbour-lamps')).title).toBe(
      'Repaint northern harbour lamps',
    );
  });
});

test('a task of looking around names a segment only where nothing else was asked for', () => {
  const explored = told(50, {kind: 'task', text: 'Explore the structure of the northern lamps', state: 'done'});
  expect(summarized([...eventsOf('Can you audit these lamps?', 'I looked at the lamps.'), explored]).title).toBe('Audit lamps');
  expect(summarized([...eventsOf('yes', 'ok'), explored]).title).toBe('Explore structure of northern lamps');
});

describe('no bullet tells', () => {
  const asked = 'please repaint the lamps of the mole';

  test('a file that was dropped into the prompt', () => {
    const dropped = "'/tmp/pictures/T/lamps of the mole at dawn.png'";
    for (const said of [[dropped, 'A lamp.', asked], [`${asked}\n\n${dropped}`]]) {
      expect(bulletsOf(...said, 'The lamps of the mole are green.').join()).not.toContain('dawn');
    }
  });

  test('an address', () => {
    expect(bulletsOf(asked, 'PR opened.\n\nhttps://git.harbour.example.com/lamps/mole/pull/17').join()).not.toContain('https');
  });

  test('a prompt that fills its line', () => {
    expect(bulletsOf(`${asked}\n\n~/harbour/lamps mole ⇡2 ············ 26s 21:36`, 'ok').join()).not.toContain('⇡2');
  });
});

test('the commit of a release is told, however short it is', () => {
  const committed = (text: string) => {
    const asked = eventsOf('please repaint the lamps of the mole', 'The lamps of the mole are green.');
    return summarized([...asked, told(50, {kind: 'commit', text})]).bullets.map((bullet) => bullet.text);
  };
  expect(committed('Release v1.4.0')).toContain('commit: Release v1.4.0');
  expect(committed('wip')).not.toContain('commit: wip');
});

describe('where somebody only asked, and a branch is checked out of which nothing is said', () => {
  const titled = (text: string) => summarized(withBranch(eventsOf(text, 'I will look.'), 'ann/fix-lost-anchors')).title;

  test('a long question is called after what it is about', () => {
    expect(
      titled('I have trouble since I moved the northern crane below my mole. It only turns at dawn when its gauge shows low water. Why?'),
    ).toBe('Northern crane');
  });

  test('a short one is called after the branch, too', () => {
    expect(titled('I have trouble with the crane. Why?')).toMatch(/^Lost anchors/);
  });
});

test('where nothing was committed or planned, what was done is told, however much was asked', () => {
  const things = ['gauges of saffron', 'parliaments of seagulls', 'glaciers of violin', 'cathedrals of beetles', 'orchards of tar'];
  const asks = things.flatMap((thing) => [`Please repair the ${thing} that the locomotive drops at each tide.`, 'I see.']);
  const bulletsAfter = (report: string, ...facts: Parameters<typeof told>[1][]) => {
    const events = eventsOf('go on', report, ...asks);
    return summarized([...events.slice(0, 2), told(50, file, ...facts), ...events.slice(2)]).bullets.map(({text}) => text);
  };
  const done = 'Updated the small list of lamps.';
  expect(bulletsAfter(done)).toContain(`assistant: ${done}`);
  expect(bulletsAfter(done, {kind: 'task', text: 'Paint each post of the mole', state: 'done'}).join()).not.toContain('lamps');
  expect(bulletsAfter('The small list of lamps now shines.').join()).not.toContain('lamps');
});

describe('the first deed of a list is told, however much was said beside it', () => {
  const said = [
    'the barnacles below the lighthouse whistle whenever the walrus yawns near the turquoise buoys',
    'the parrot of the quartermaster recites hexameters about marmalade and wet gunpowder at dawn',
    'the zeppelin above the estuary drips kerosene on the oysters, the cormorants and the tollbooth',
    'the clarinet in the crow nest plays mazurkas until the herrings faint beside the anchor winch',
    'the saffron ropes of the schooner smell of vinegar, tar, camphor and long forgotten rhubarb',
  ];
  const bulletsOf = (report: string) => {
    const events = eventsOf(...said.slice(1).flatMap((text) => [text, 'ok']), said[0] ?? '', report);
    return summarized([...events, told(50, file)]).bullets.map(({text}) => text);
  };
  const deed = '**Main fix**: Now clears the oil of the lamps in both northern harbours';

  test.each([
    ['where no sentence says one', `All burn. Summary:\n\n- ${deed}\n- Oiled every gear`],
    ['before a sentence below the list', `All burn. Summary:\n\n- ${deed}\n\nI have noted all in the old book of the harbour.`],
  ])('%s', (_, report) => {
    expect(bulletsOf(report)).toContain('assistant: Main fix: Now clears the oil of the lamps in both northern harbours');
  });

  test('but not below a sentence that says one', () => {
    const report = `Replaced all lamps and gears of both northern harbours:\n\n- ${deed}`;
    expect(bulletsOf(report)).toContain('assistant: Replaced all lamps and gears of both northern harbours');
  });
});

test('a commit that was begun names a segment in which nothing was finished', () => {
  const begun = told(50, file, {kind: 'task', state: 'doing', text: 'fix: restore the lamp guard of the mole'});
  expect(summarized([...eventsOf('ok', 'The lamp test failed because of the old guard.'), begun]).title).toBe('Restore lamp guard of mole');
});
