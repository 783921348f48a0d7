import {type Instance, render, useInput} from 'ink';
import {Component, type PropsWithChildren, type ReactElement, type ReactNode, useCallback} from 'react';
import {keyOf} from '../input/ink-key.js';
import type {Key} from '../input/key.js';
import type {Typed} from '../input/key-input.js';
import type {BrowserTerminal} from '../ports.js';
import type {BrowserState} from '../state/state.js';
import {InkInput, InkOutput} from './ink-streams.js';
import {Screen, type ScreenProps} from './screen.js';

/** The terminal shows all that follows at once, if it knows how: Ink ends each frame with its counterpart. */
const CLEAR = '\x1b[?2026h\x1b[2J\x1b[H';

/** Who is told what comes from the screen. */
export interface ScreenUser {
  readonly onKey: (key: Key) => void;
  /** A component failed. */
  readonly onError: (error: unknown) => void;
}

/** Ink on the terminal: it lays out the screen, writes the rows that changed, and decodes the keys. */
export class InkScreen {
  readonly #terminal: BrowserTerminal;
  readonly #user: ScreenUser;
  #instance: Instance | undefined;
  #output: InkOutput | undefined;
  /** Undefined until Ink takes keys. */
  #input: InkInput | undefined;
  readonly #typed: Typed[] = [];
  #isClear = false;

  constructor(terminal: BrowserTerminal, user: ScreenUser) {
    this.#terminal = terminal;
    this.#user = user;
  }

  /** Writes what changed since the state that was shown before. @param state undefined: nothing yet, but keys are taken */
  show(state: BrowserState | undefined): void {
    if (state !== undefined && !this.#isClear) {
      // What Ink knows of the screen is no longer so.
      if (this.#instance !== undefined) this.end();
      this.#terminal.write(CLEAR);
      this.#isClear = true;
    }
    const app = <App state={state} color={this.#terminal.color} {...this.#user} />;
    if (this.#instance === undefined) this.#mount(app);
    else this.#instance.rerender(app);
  }

  /** The screen may show anything, or has another size: the next state is written whole. */
  forget(): void {
    this.#isClear = false;
  }

  /** Hands on what was typed, in its order; a key as soon as Ink takes it. */
  type(typed: Typed): void {
    this.#typed.push(typed);
    this.#takeTyped();
  }

  end(): void {
    const instance = this.#instance;
    this.#instance = undefined;
    this.#input = undefined;
    this.#output?.close();
    instance?.unmount();
  }

  #mount(app: ReactElement): void {
    const output = new InkOutput(this.#terminal);
    this.#output = output;
    const input = new InkInput(() => {
      this.#input = input;
      this.#takeTyped();
    });
    this.#instance = render(app, {
      stdout: standIn<NodeJS.WriteStream>(output),
      stderr: standIn<NodeJS.WriteStream>(output),
      stdin: standIn<NodeJS.ReadStream>(input),
      incrementalRendering: true,
      // The browser draws once for all that happens at a time; what it draws is written at once.
      maxFps: 0,
      patchConsole: false,
      exitOnCtrlC: false,
      isScreenReaderEnabled: false,
    });
  }

  #takeTyped(): void {
    while (this.#input !== undefined) {
      const typed = this.#typed.shift();
      if (typed === undefined) return;
      if (typed.kind === 'sequence') this.#input.press(typed.text);
      else this.#user.onKey(typed);
    }
  }
}

interface AppProps extends Omit<ScreenProps, 'state'>, ScreenUser {
  readonly state: BrowserState | undefined;
}

function App({state, color, onKey, onError}: AppProps) {
  const onInput: Parameters<typeof useInput>[0] = useCallback(
    (input, inkKey) => {
      const key = keyOf(input, inkKey);
      if (key !== undefined) onKey(key);
    },
    [onKey],
  );
  useInput(onInput);
  return <Failure onError={onError}>{state && <Screen state={state} color={color} />}</Failure>;
}

/** Ink would draw the error and its source on the screen, and the process would go on. */
class Failure extends Component<PropsWithChildren<Pick<ScreenUser, 'onError'>>, {readonly hasFailed: boolean}> {
  override state = {hasFailed: false};

  static getDerivedStateFromError(): {readonly hasFailed: boolean} {
    return {hasFailed: true};
  }

  override componentDidCatch(error: unknown): void {
    this.props.onError(error);
  }

  override render(): ReactNode {
    return this.state.hasFailed ? undefined : this.props.children;
  }
}

/** Hands Ink an object in the place of one of Node's streams: Ink uses only the part that it has. */
function standIn<Stream>(part: unknown): Stream {
  return part as Stream;
}
