import {spawnSync} from 'node:child_process';
import {randomUUID} from 'node:crypto';
import {fileURLToPath} from 'node:url';
import {PATIENCE_MS} from '../patience.js';
import type {MemRig} from './mem-rig.js';

export const hasTmux = spawnSync('tmux', ['-V']).status === 0;

const MEM = fileURLToPath(new URL('../../bin/mem.js', import.meta.url));

/** A terminal of tmux with a shell in it, at a server of its own. */
export class TmuxRig implements Disposable {
  readonly #server = `mem-${randomUUID()}`;
  readonly #env: Readonly<Record<string, string>>;

  /** @param size `80x24` */
  constructor(mem: MemRig, size: string, env: Readonly<Record<string, string>> = {}) {
    this.#env = {
      ...mem.env,
      PATH: `${process.execPath.replace(/\/node$/, '')}:${mem.env['PATH']}`,
      TERM: 'xterm-256color',
      LANG: 'C.UTF-8',
      ...env,
    };
    const [columns = '80', rows = '24'] = size.split('x');
    this.tmux(
      '-f',
      '/dev/null',
      '-u',
      'new-session',
      '-d',
      '-x',
      columns,
      '-y',
      rows,
      '-c',
      mem.folder,
      'env PS1="ready\\$ " bash --norc --noprofile',
    );
    this.tmux('set-option', '-g', 'escape-time', '0');
  }

  tmux(...args: readonly string[]): string {
    const {status, stdout, stderr} = spawnSync('tmux', ['-L', this.#server, ...args], {encoding: 'utf8', env: this.#env});
    if (status !== 0) throw new Error(`tmux ${args[0]} ended with ${status}: ${stderr}`);
    return stdout;
  }

  /** Keys by tmux's names: `Down`, `C-c`, `Enter`. */
  keys(...names: readonly string[]): void {
    this.tmux('send-keys', ...names);
  }

  type(text: string): void {
    this.tmux('send-keys', '-l', '--', text);
  }

  /** Types a command line into the shell. */
  run(command: string): void {
    this.type(command);
    this.keys('Enter');
  }

  browse(): void {
    this.run(`node ${MEM} toc; echo "ended: $?"`);
  }

  /** Browses, and goes to a date: where it starts depends on what day it is. */
  async browseAt(date: string, row: RegExp): Promise<string> {
    this.browse();
    await this.sees(/^row |reading the store|event \d/m);
    this.type(`:${date}`);
    await this.sees(`go to date: ${date}`);
    this.keys('Enter');
    // The row may be there before.
    return this.until((screen) => row.test(screen) && !screen.includes('go to date'), String(row));
  }

  /** What stands on the screen; with `-e`, its styles, too. */
  screen(...options: readonly string[]): string {
    return this.tmux('capture-pane', '-p', ...options);
  }

  /** A value of the terminal, e.g. `#{alternate_on}`. */
  value(format: string): string {
    return this.tmux('display-message', '-p', format).trim();
  }

  resize(columns: number, rows: number): void {
    this.tmux('resize-window', '-x', String(columns), '-y', String(rows));
  }

  /** Waits until the screen shows it, and returns the screen. */
  async sees(wanted: string | RegExp): Promise<string> {
    return this.until((screen) => (typeof wanted === 'string' ? screen.includes(wanted) : wanted.test(screen)), String(wanted));
  }

  async until(isSeen: (screen: string) => boolean, what: string): Promise<string> {
    const end = process.uptime() * 1000 + PATIENCE_MS;
    for (;;) {
      const screen = this.screen();
      if (isSeen(screen)) return screen;
      if (process.uptime() * 1000 > end) throw new Error(`no ${what} in\n${screen}`);
      // A look is a process, which takes from the machine what is waited for.
      await new Promise((resolve) => setTimeout(resolve, 80));
    }
  }

  [Symbol.dispose](): void {
    spawnSync('tmux', ['-L', this.#server, 'kill-server']);
  }
}
