import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {openStoreGate} from '../../src/store/leveldb/gate.js';
import {PATIENCE_MS} from '../patience.js';
import {exampleOnce, FRIDAY} from './example-rig.js';
import {anEvent, MemRig} from './mem-rig.js';
import {hasTmux, TmuxRig} from './tmux-rig.js';

const {classes} = JSON.parse(readFileSync(new URL('../fixtures/hostile-text.json', import.meta.url), 'utf8')) as {
  classes: Record<string, string>;
};

const isProofs = process.env['MEM_PROOFS'] === '1';
const INGESTS = isProofs ? 50 : 12;
const example = exampleOnce();

test('without a terminal it names what prints, and ends with 64', async () => {
  await using mem = await MemRig.create();
  expect(await mem.run(['toc'])).toEqual({
    status: 64,
    stdout: '',
    stderr:
      'mem: error: mem toc needs a terminal: stdin or stdout is not a terminal [USAGE]\n' +
      'mem: hint: print the table of contents with: mem toc show, or for programs: mem toc show --json\n',
  });
});

test.skipIf(!hasTmux)('in a terminal that cannot move its cursor it does the same', async () => {
  await using mem = await MemRig.create();
  using terminal = new TmuxRig(mem, '80x24');
  terminal.run('export TERM=dumb');
  terminal.browse();
  expect((await terminal.sees('ended: 64')).replaceAll('\n', '')).toContain('this terminal cannot move its cursor (TERM=dumb) [USAGE]');
});

test.each([['--json'], ['--depth=2']])('%s is no longer taken for toc show', async (flag) => {
  await using mem = await MemRig.create();
  const {status, stdout, stderr} = await mem.run(['toc', flag]);
  expect([status, stdout]).toEqual([64, '']);
  expect(stderr).toContain('mem toc show');
});

describe.skipIf(!hasTmux)('in tmux (skipped where it is not installed)', () => {
  test.each(['80x24', '120x40', ...(isProofs ? ['200x60'] : [])])(
    'start, week, day, events, source, search, versions, help and quit at %s',
    async (size) => {
      await using mem = await example();
      using terminal = new TmuxRig(mem, size);
      const isNarrow = size === '80x24';
      await terminal.browseAt('2026-03-13', FRIDAY);
      terminal.type(':2026-w10');
      await terminal.sees('go to date: 2026-w10');
      terminal.keys('Enter');
      await terminal.sees(/› .*Week 10, Mar 2 – 8/);
      terminal.keys('Enter');
      await terminal.sees('6 days · extractive/');
      terminal.keys('Left');
      terminal.type('d2026-03-03');
      terminal.keys('Enter');
      await terminal.sees(/› .*Tue, Mar 3/);
      terminal.keys('Right', 'Right', 'e');
      await terminal.sees('event 1 of 17');
      terminal.keys('Down', 'Enter');
      await terminal.sees('harbour master of Harlingen');
      terminal.keys('Left', 'Escape');
      await terminal.sees(/› .*09:18/);
      terminal.keys('Enter', 'Enter');
      await terminal.sees(/Around a source: Tuesday, March 3, 2026[\s\S]*event \d+ of 17/);
      terminal.keys('Escape');
      if (isNarrow) {
        await terminal.sees('Around a source');
        terminal.keys('Escape');
      }
      await terminal.sees('its source');
      terminal.keys('Escape');
      terminal.type('/coverage');
      await terminal.sees(/^(?:\d+ hits|the best 50) for coverage/m);
      terminal.keys('Enter');
      await terminal.sees(/^2026 › March › .* › .*\d\d:\d\d[\s\S]*coverage[\s\S]*^hit 1 of/im);
      terminal.type('n');
      await terminal.sees('hit 2 of');
      terminal.keys('Escape');
      // While it still reads what is shown, Escape stops that first.
      if (/^stopped/m.test(await terminal.until((screen) => /^stopped|› .*09:18/m.test(screen), 'way back'))) terminal.keys('Escape');
      await terminal.sees(/› .*09:18/);
      terminal.type('v');
      await terminal.sees('One version');
      terminal.type('?');
      await terminal.sees('one row up or down');
      terminal.keys('Escape', 'q');
      await terminal.sees('ended: 0');
    },
  );

  test('it follows the size of its terminal', async () => {
    await using mem = await example();
    using terminal = new TmuxRig(mem, '120x40');
    await terminal.browseAt('2026-03-13', FRIDAY);
    await terminal.sees('│');
    terminal.resize(80, 24);
    await terminal.until((screen) => !screen.includes('│') && screen.includes('quit'), 'one pane');
    terminal.resize(200, 50);
    await terminal.until((screen) => screen.split('\n').filter((row) => row.includes('│')).length === 47, 'two panes');
  });

  test('the wheel scrolls the pane that it is over', async () => {
    await using mem = await example();
    using terminal = new TmuxRig(mem, '120x40');
    await terminal.browseAt('2026-03-13', FRIDAY);
    terminal.type('\x1b[<64;5;5M');
    await terminal.sees(/› .*Tue, Mar 10/);
    terminal.type('\x1b[<65;5;5M');
    await terminal.sees(/› .*Fri, Mar 13/);
  });

  test(`${INGESTS} ingests and a rollup run as if it were not open, and what they bring is shown by itself`, async () => {
    await using mem = await example();
    using terminal = new TmuxRig(mem, '120x40');
    await terminal.browseAt('2026-03-13', FRIDAY);
    const ingests = Array.from({length: INGESTS}, (_, at) =>
      mem.run(
        ['ingest'],
        `${JSON.stringify(anEvent({at: `2026-03-20T10:00:${String(at).padStart(2, '0')}Z`, text: `The buoy number ${at} was painted red in the harbour of Harlingen.`, session: `buoys-${at % 5}`}))}\n`,
      ),
    );
    const rollup = mem.run(['rollup']);
    for (const key of ['Up', 'Up', 'Down', 'Enter', 'Left', 'PageUp', 'PageDown']) terminal.keys(key);
    for (const {status, stderr} of await Promise.all(ingests)) expect([status, stderr]).toEqual([0, '']);
    expect((await rollup).status).toBe(0);
    await terminal.sees('Week 12, Mar 16 – 22');
    const counted = await mem.run(['events', '--json', '2026-03-20']);
    expect(counted.stdout.trim().split('\n')).toHaveLength(INGESTS);
    terminal.keys('q');
    await terminal.sees('ended: 0');
  });

  test('the store is free while a screen is looked at', async () => {
    await using mem = await example();
    using terminal = new TmuxRig(mem, '120x40');
    await terminal.browseAt('2026-03-13', FRIDAY);
    for (const [key, seen] of [
      ['Up', /› .*Thu, Mar 12/],
      ['Right', /› .*▾ (?:\S )?Thu, Mar 12/],
      ['e', /^event 1 of/m],
      ['r', /^event 1 of/m],
    ] as const) {
      terminal.keys(key);
      await terminal.sees(seen);
      // What a key asked for is read within a moment; nothing is held after that.
      await openStoreGate(mem.home).use(PATIENCE_MS, async () => {});
    }
  });

  test('a store that another process holds is said, and waited for', async () => {
    await using mem = await example();
    using terminal = new TmuxRig(mem, '120x40');
    await terminal.browseAt('2026-03-13', FRIDAY);
    let release = (): void => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const held = openStoreGate(mem.home).use(PATIENCE_MS, () => released);
    terminal.keys('r');
    await terminal.sees('the store is busy; waiting');
    terminal.keys('Up');
    await terminal.sees(/› .*Thu, Mar 12/);
    release();
    await held;
    await terminal.until((screen) => !screen.includes('busy'), 'a store that is free');
  });

  test('an empty home shows how to begin, and fills as soon as something arrives', async () => {
    await using mem = await MemRig.create();
    using terminal = new TmuxRig(mem, '80x24');
    terminal.browse();
    await terminal.sees('Nothing was recorded yet.');
    await mem.run(['ingest'], `${JSON.stringify(anEvent({at: '2024-01-15T12:00:00Z', text: 'The first event of this home.'}))}\n`);
    await terminal.sees(/Mon, Jan 15/);
  });

  test('hostile text leaves the screen whole', async () => {
    await using mem = await MemRig.create();
    await mem.ingest(
      Object.values(classes).map((text, at) =>
        anEvent({
          at: `2024-01-15T12:00:${String(at).padStart(2, '0')}Z`,
          text: `${text} was said in the harbour today.`,
          metadata: {speaker: text},
        }),
      ),
    );
    await mem.rollUp();
    using terminal = new TmuxRig(mem, '120x40');
    const title = terminal.value('#{pane_title}');
    await terminal.browseAt('2024-01-15', /› .*Mon, Jan 15/);
    terminal.keys('e');
    // A terminal may be looked at in the middle of a frame.
    const isWhole = (screen: string) =>
      screen
        .split('\n')
        .slice(1, 38)
        .every((row) => [...row][51] === '│');
    await terminal.until((screen) => screen.includes(`event 1 of ${Object.keys(classes).length}`) && isWhole(screen), 'a whole list');
    for (let at = 0; at < Object.keys(classes).length; at++) terminal.keys('Down');
    await terminal.sees(`event ${Object.keys(classes).length} of`);
    // What is behind the cursor is read after the cursor has moved.
    await terminal.until((screen) => screen.includes('<U+D800>') && isWhole(screen), 'a whole screen with the last event');
    expect([terminal.value('#{pane_title}'), terminal.value('#{alternate_on}')]).toEqual([title, '1']);
  });

  // Ink draws nothing where it takes the machine for a build server, and loads its developers' tools where it is told to.
  test('what the environment says to other programs changes nothing', async () => {
    await using mem = await example();
    using terminal = new TmuxRig(mem, '120x40');
    terminal.run('export CI=1 DEV=true INK_SCREEN_READER=true FORCE_COLOR=0');
    await terminal.browseAt('2026-03-13', FRIDAY);
    await terminal.sees('Keywords');
    expect(terminal.screen('-e')).toMatch(/\x1b\[(?:\d+;)*7m(?:\x1b\[\d+m)*›/);
  });

  test('NO_COLOR keeps what is bold or inverse, and no colour', async () => {
    await using mem = await example();
    using terminal = new TmuxRig(mem, '120x40', {NO_COLOR: '1'});
    terminal.run('export NO_COLOR=1');
    await terminal.browseAt('2026-03-13', FRIDAY);
    await terminal.sees('Keywords');
    const styles = new Set(terminal.screen('-e').match(/\x1b\[[\d;]*m/g));
    expect([...styles].filter((style) => /[[;](?:3[0-8]|4[0-8]|9[0-7]|10[0-7])[;m]/.test(style))).toEqual([]);
    expect([...styles].some((style) => style.includes('7'))).toBe(true);
  });
});
