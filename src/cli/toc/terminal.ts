import {writeSync} from 'node:fs';
import type {BrowserTerminal} from '../../ui/ports.js';

// Other screen, no cursor, no wrapping at the edge, order of characters as written, wheel and buttons of the mouse by SGR, pastes marked.
const ENTER = '\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[8l\x1b[?1000h\x1b[?1006h\x1b[?2004h';
const LEAVE = '\x1b[?2026l\x1b[?2004l\x1b[?1006l\x1b[?1000l\x1b[8h\x1b[?7h\x1b[0m\x1b[?25h\x1b[?1049l';
/** A process group without a shell above it is not stopped by SIGTSTP: then it goes on after this. */
const STOPPED_MS = 200;
const EXIT_STATUS = {SIGINT: 130, SIGTERM: 143, SIGHUP: 143} as const;

/** Who draws on the terminal, and is told what happens to it. */
export interface TerminalUser {
  type(input: string): void;
  resized(): void;
  redraw(): void;
  stop(): void;
}

/**
 * The terminal as a screen of its own. However the process ends or stops, short of SIGKILL, it is given back as it was: the screen, the
 * cursor, the modes of the mouse, and the line discipline.
 */
export class Terminal implements BrowserTerminal {
  readonly color: boolean;
  /** The exit status that a signal means; 0 when none came. */
  exitStatus = 0;
  #user: TerminalUser | undefined;
  #isEntered = false;
  #resume: NodeJS.Timeout | undefined;
  readonly #onExit = (): void => this.#leave();
  readonly #onInput = (input: string): void => this.#user?.type(input);
  readonly #onResize = (): void => this.#user?.resized();
  readonly #onStop = (): void => this.suspend();
  readonly #onContinue = (): void => this.#continue();
  readonly #onHangUp = (): void => this.#end('SIGHUP');
  readonly #onSignal = (name: NodeJS.Signals): void => this.#end(name);

  constructor(color: boolean) {
    this.color = color;
  }

  /** Whether both ends of this process are terminals, and of a kind that can move its cursor. */
  static isThere(): boolean {
    return process.stdin.isTTY === true && process.stdout.isTTY === true && process.env['TERM'] !== 'dumb';
  }

  /** Takes the terminal for `user`. */
  enter(user: TerminalUser): void {
    this.#user = user;
    process.on('exit', this.#onExit);
    // Before who tells of it: what is written to the other screen goes with it.
    process.prependListener('uncaughtException', this.#onExit);
    process.prependListener('unhandledRejection', this.#onExit);
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, this.#onSignal);
    process.on('SIGTSTP', this.#onStop);
    process.on('SIGCONT', this.#onContinue);
    process.stdout.on('resize', this.#onResize);
    // The terminal is gone.
    process.stdout.on('error', this.#onHangUp);
    process.stdin.on('end', this.#onHangUp).on('error', this.#onHangUp);
    process.stdin.setEncoding('utf8').on('data', this.#onInput);
    this.#take();
  }

  /** Gives the terminal back. */
  release(): void {
    this.#leave();
    clearTimeout(this.#resume);
    for (const name of ['exit', 'uncaughtException', 'unhandledRejection']) process.removeListener(name, this.#onExit);
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.removeListener(name, this.#onSignal);
    process.removeListener('SIGTSTP', this.#onStop);
    process.removeListener('SIGCONT', this.#onContinue);
    process.stdout.removeListener('resize', this.#onResize);
    process.stdin.removeListener('data', this.#onInput);
    process.stdin.pause();
  }

  size(): {readonly columns: number; readonly rows: number} {
    // A terminal that does not know its size says 0.
    return {columns: process.stdout.columns || 80, rows: process.stdout.rows || 24};
  }

  write(text: string): void {
    if (this.#isEntered) process.stdout.write(text);
  }

  copy(text: string): void {
    const ask = `\x1b]52;c;${Buffer.from(text).toString('base64')}\x07`;
    this.write(ask);
    // tmux takes it for itself or, if it may, hands it on to the terminal around it.
    if (process.env['TMUX']) this.write(`\x1bPtmux;${ask.replaceAll('\x1b', '\x1b\x1b')}\x1b\\`);
  }

  suspend(): void {
    if (!this.#isEntered) return;
    this.#leave();
    // The whole group, as the terminal itself would: who waits for this process in it must stop, too.
    process.removeListener('SIGTSTP', this.#onStop);
    this.#resume = setTimeout(() => this.#continue(), STOPPED_MS);
    process.kill(0, 'SIGTSTP');
  }

  /** After a stop by whomever the terminal's modes are the shell's. */
  #continue(): void {
    clearTimeout(this.#resume);
    this.#isEntered = false;
    process.removeListener('SIGTSTP', this.#onStop);
    process.on('SIGTSTP', this.#onStop);
    this.#take();
    this.#user?.redraw();
  }

  #end(name: NodeJS.Signals): void {
    this.exitStatus = EXIT_STATUS[name as keyof typeof EXIT_STATUS];
    this.#leave();
    this.#user?.stop();
  }

  #take(): void {
    if (this.#isEntered) return;
    this.#isEntered = true;
    process.stdin.setRawMode(true);
    process.stdin.resume();
    process.stdout.write(ENTER);
  }

  #leave(): void {
    if (!this.#isEntered) return;
    this.#isEntered = false;
    try {
      // Not by the stream, which may write later: the process may end, or stop, right after this.
      writeSync(1, LEAVE);
      process.stdin.setRawMode(false);
    } catch {
      // The terminal is gone: there is nothing to give back.
    }
  }
}
