import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {exampleOnce, FRIDAY} from './example-rig.js';
import {hasTmux, TmuxRig} from './tmux-rig.js';

const example = exampleOnce();

describe.skipIf(!hasTmux)('the terminal after the browser (skipped where tmux is not installed)', () => {
  test.each([
    ['q', 'ended: 0'],
    ['C-c', 'ended: 0'],
  ])('%s leaves the terminal as it was', async (key, ended) => {
    await using mem = await example();
    using terminal = new TmuxRig(mem, '120x40');
    const before = await modesOf(terminal);
    await terminal.browseAt('2026-03-13', FRIDAY);
    expect(terminal.value('#{alternate_on} #{cursor_flag} #{mouse_sgr_flag} #{wrap_flag}')).toBe('1 0 1 0');
    terminal.keys(key);
    await terminal.sees(ended);
    expect(await modesOf(terminal)).toBe(before);
  });

  test.each([
    ['TERM', 'ended: 143'],
    ['INT', 'ended: 130'],
    ['HUP', 'ended: 143'],
  ])('SIG%s leaves the terminal as it was', async (signal, ended) => {
    await using mem = await example();
    using terminal = new TmuxRig(mem, '120x40');
    const before = await modesOf(terminal);
    await terminal.browseAt('2026-03-13', FRIDAY);
    process.kill(browserOf(terminal), `SIG${signal}`);
    await terminal.sees(ended);
    expect(await modesOf(terminal)).toBe(before);
  });

  test('an error leaves the terminal as it was, and is told on it', async () => {
    await using mem = await example();
    using terminal = new TmuxRig(mem, '120x40');
    const before = await modesOf(terminal);
    const bug = await mem.write(
      'bug.cjs',
      "process.stdin.on('data', (keys) => { if (String(keys) === 'x') setTimeout(() => { throw new Error('planted'); }); });",
    );
    terminal.run(`export NODE_OPTIONS="--require ${bug}"`);
    await terminal.browseAt('2026-03-13', FRIDAY);
    terminal.type('x');
    await terminal.sees('ended: 70');
    expect(terminal.screen()).toContain('mem: error: planted [BUG]');
    expect(await modesOf(terminal)).toBe(before);
  });

  test('Ctrl-Z gives the terminal to the shell, and fg brings the same screen back', async () => {
    await using mem = await example();
    using terminal = new TmuxRig(mem, '120x40');
    const before = await modesOf(terminal);
    await terminal.browseAt('2026-03-13', FRIDAY);
    terminal.type('?');
    // The last row is painted last.
    const screen = await terminal.sees(/one row up or down[\s\S]*Esc back/);
    terminal.keys('C-z');
    await terminal.sees('Stopped');
    expect(await modesOf(terminal)).toBe(before);
    terminal.run('fg');
    await terminal.until((now) => now === screen, 'the screen as it was');
    terminal.keys('q');
    await terminal.sees(/^ready\$$/m);
    expect(await modesOf(terminal)).toBe(before);
  });

  test('a stop from outside gives the terminal back, too', async () => {
    await using mem = await example();
    using terminal = new TmuxRig(mem, '120x40');
    const before = await modesOf(terminal);
    await terminal.browseAt('2026-03-13', FRIDAY);
    process.kill(browserOf(terminal), 'SIGTSTP');
    await terminal.sees('Stopped');
    expect(await modesOf(terminal)).toBe(before);
  });
});

/** The line discipline as the shell of the terminal sees it, and what tmux knows of its modes. */
async function modesOf(terminal: TmuxRig): Promise<string> {
  terminal.run('clear; stty -a; echo "that is ""all"');
  const screen = await terminal.until(
    (now) => now.includes('that is all') && now.includes('ready$ \n') === false && /ready\$\s*$/.test(now),
    'a prompt',
  );
  const line = screen.slice(0, screen.indexOf('that is all'));
  return line + terminal.value('#{alternate_on} #{cursor_flag} #{mouse_any_flag} #{mouse_sgr_flag} #{wrap_flag} #{insert_flag}');
}

/** The pid of the browser below the shell of a terminal. */
function browserOf(terminal: TmuxRig): number {
  const children = readFileSync(`/proc/${terminal.value('#{pane_pid}')}/task/${terminal.value('#{pane_pid}')}/children`, 'utf8');
  return Number(children.trim().split(' ').at(-1));
}
