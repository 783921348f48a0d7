import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {openStoreGate} from '../../src/store/leveldb/gate.js';
import {anEvent, MemRig} from './mem-rig.js';
import {hasTmux, TmuxRig} from './tmux-rig.js';

const {classes} = JSON.parse(readFileSync(new URL('../fixtures/hostile-text.json', import.meta.url), 'utf8')) as {
  classes: Record<string, string>;
};

describe.skipIf(!hasTmux)('in tmux (skipped where it is not installed)', () => {
  test('in 40 columns one project is shown alone, and searched, whatever text is in it', async () => {
    await using mem = await MemRig.create();
    const said = (text: string, at: number, project: string) =>
      anEvent({at: `2024-01-15T12:00:${String(at).padStart(2, '0')}Z`, text: `${text} was said in the harbour today.`, project});
    const hostile = Object.values(classes);
    await mem.ingest([...hostile.map((text, at) => said(text, at, 'acme/web')), said('Nothing', 59, 'acme/api')]);
    await mem.rollUp();
    using terminal = new TmuxRig(mem, '40x16', {NO_COLOR: '1'});
    const title = terminal.value('#{pane_title}');
    await terminal.browseAt('2024-01-15', /› .*Mon, Jan 15/);
    terminal.type('p');
    await terminal.sees(`all projects  ${hostile.length + 1} events`);
    terminal.type('web');
    await terminal.sees(/^› .*acme\/web/m);
    terminal.keys('Enter');
    await terminal.sees(/^acme\/web: .*Mon, Jan 15/);
    terminal.type('/"the harbour" -nothing --from 2024-01-15');
    await terminal.sees(new RegExp(`^acme/web: ${hostile.length} hits`));
    terminal.keys('End');
    await terminal.sees(/was said in\s+the\s+harbour\s+today/);
    terminal.keys('Enter');
    await terminal.sees(`hit ${hostile.length} of ${hostile.length}`);
    terminal.keys('Escape');
    await terminal.sees(/› .*Mon, Jan 15/);
    expect([terminal.value('#{pane_title}'), terminal.value('#{alternate_on}')]).toEqual([title, '1']);
  });

  test('a search waits for a store that another process holds, and finds what arrives while its hits are looked at', async () => {
    await using mem = await MemRig.create();
    const said = (at: string) => anEvent({at, text: `A buoy was painted at ${at}.`});
    await mem.ingest([said('2024-01-15T12:00:00Z')]);
    using terminal = new TmuxRig(mem, '80x24');
    await terminal.browseAt('2024-01-15', /› .*Mon, Jan 15/);
    let release = (): void => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const held = openStoreGate(mem.home).use(10_000, () => released);
    terminal.type('/buoy');
    await terminal.sees('the store is busy; waiting');
    release();
    await held;
    await terminal.sees(/^1 hit for buoy/);
    await mem.ingest([said('2024-01-16T12:00:00Z')]);
    await terminal.sees(/^2 hits for buoy/);
    terminal.keys('C-c');
    await terminal.sees('ended: 0');
  });
});
