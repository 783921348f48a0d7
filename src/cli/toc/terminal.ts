import {writeSync} from 'node:fs';
import type {BrowserTerminal} from '../../ui/ports.js';

// Alternate screen, no cursor, no line wrap, characters in their written order, mouse wheel and buttons in SGR form, marked pastes.
const ENTER = '\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[8l\x1b[?1000h\x1b[?1006h\x1b[?2004h';
const LEAVE = '\x1b[?2026l\x1b[?2004l\x1b[?1006l\x1b[?1000l\x1b[8h\x1b[?7h\x1b[0m\x1b[?25h\x1b[?1049l';
/** SIGTSTP does not stop a process group without a shell above it. After this time such a process goes on. */
const STOPPED_MS = 200;
const EXIT_STATUS = {SIGINT: 130, SIGTERM: 143, SIGHUP: 143} as const;

/** The user of the terminal, which draws on it and hears what happens to it. */
export interface TerminalUser {
  type(input: string): void;
  resized(): void;
  redraw(): void;
  stop(): void;
}

/**
 * The terminal as a screen of its own. However the process ends or stops (except by SIGKILL), the terminal gets its old state back: screen,
 * cursor, mouse modes and line discipline.
 */
export class Terminal implements BrowserTerminal {
  readonly color: boolean;
  /** The exit status of a signal; 0 when no signal came. */
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

  /** Whether stdin and stdout are terminals that can move their cursor. */
  static isThere(): boolean {
    return process.stdin.isTTY === true && process.stdout.isTTY === true && process.env['TERM'] !== 'dumb';
  }

  /** Takes the terminal for `user`. */
  enter(user: TerminalUser): void {
    this.#user = user;
    process.on('exit', this.#onExit);
    // Before the reporter of the error: its message would vanish with the other screen.
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
    // A terminal of unknown size says 0.
    return {columns: process.stdout.columns || 80, rows: process.stdout.rows || 24};
  }

  write(text: string): void {
    if (this.#isEntered) process.stdout.write(text);
  }

  copy(text: string): void {
    const ask = `\x1b]52;c;${Buffer.from(text).toString('base64')}\x07`;
    this.write(ask);
    // tmux handles the sequence itself or, if allowed, passes it to the outer terminal.
    if (process.env['TMUX']) this.write(`\x1bPtmux;${ask.replaceAll('\x1b', '\x1b\x1b')}\x1b\\`);
  }

  suspend(): void {
    if (!this.#isEntered) return;
    this.#leave();
    // The whole group, as the terminal would do: processes in it that wait for this one must stop too.
    process.removeListener('SIGTSTP', this.#onStop);
    this.#resume = setTimeout(() => this.#continue(), STOPPED_MS);
    process.kill(0, 'SIGTSTP');
  }

  /** After a stop, whoever sent it, the terminal's modes are the shell's. */
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
      // Not through the stream, which may write later: the process may end or stop right after this.
      writeSync(1, LEAVE);
      process.stdin.setRawMode(false);
    } catch {
      // The terminal is gone: there is nothing to restore.
    }
  }
}
