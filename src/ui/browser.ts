import {InkScreen} from './draw/ink-screen.js';
import {KeyInput} from './input/key-input.js';
import {TypedAhead} from './input/typed-ahead.js';
import type {BrowserReader, BrowserTerminal} from './ports.js';
import {drawnSize} from './state/panes.js';
import {type Action, reduce} from './state/reducer.js';
import {type BrowserState, initialState, type NeighbourState} from './state/state.js';
import {wantsOf} from './state/wanted.js';

/** How often it is looked whether something changed, and how often a busy store is tried again. */
const LOOK_MS = 2_000;
const BUSY_MS = 500;
/** A query is looked for once no key has come for so long. */
const TYPING_MS = 60;
/** Before anything was read the screen is drawn only after this long. */
const FIRST_MS = 150;

/** The browser in its terminal: reads what the reducer's state wants, draws it, hands it what happens. */
export class Browser {
  readonly #reader: BrowserReader;
  readonly #terminal: BrowserTerminal;
  readonly #screen: InkScreen;
  readonly #typedAhead: TypedAhead;
  readonly #onEnd: (error?: unknown) => void;
  /** Resolves when the person has quit. */
  readonly ended: Promise<void>;
  #state: BrowserState;
  readonly #keys: KeyInput;
  #retry: NodeJS.Timeout | undefined;
  readonly #look: NodeJS.Timeout;
  readonly #first: NodeJS.Timeout;
  #isReading = false;
  #isTouched = false;
  #isDrawn = false;
  #hasEnded = false;
  #generationRead = -1;
  #looking = 0;
  #searching = 0;
  #isSearchOpen = false;
  #search = new AbortController();
  #nextSearch: NodeJS.Timeout | undefined;

  constructor(reader: BrowserReader, terminal: BrowserTerminal) {
    this.#reader = reader;
    this.#terminal = terminal;
    this.#typedAhead = new TypedAhead(
      () => this.#state,
      (key) => this.#dispatch({kind: 'key', key}),
    );
    this.#screen = new InkScreen(terminal, {
      onKey: (key) => {
        this.#isTouched = true;
        this.#typedAhead.type(key);
      },
      onError: (error) => this.stop(error),
    });
    this.#keys = new KeyInput((typed) => this.#screen.type(typed));
    this.#state = initialState(drawnSize(terminal.size()));
    let onEnd: (error?: unknown) => void = () => {};
    this.ended = new Promise((resolve, reject) => {
      onEnd = (error) => (error === undefined ? resolve() : reject(error));
    });
    this.#onEnd = onEnd;
    this.#look = setInterval(() => this.#lookForChanges(), LOOK_MS);
    this.#first = setTimeout(() => this.#drawSoon(), FIRST_MS);
    this.#run(() => {
      this.#pump();
      this.#screen.show(undefined);
    });
  }

  /** What the terminal has sent. */
  type(input: string): void {
    this.#run(() => this.#keys.type(input));
  }

  resized(): void {
    this.redraw();
  }

  /** The screen may show anything: draws all of it. */
  redraw(): void {
    this.#screen.forget();
    this.#dispatch({kind: 'resize', size: drawnSize(this.#terminal.size())});
  }

  /** Ends it, whatever it does. */
  stop(error?: unknown): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    clearInterval(this.#look);
    clearTimeout(this.#retry);
    clearTimeout(this.#first);
    clearTimeout(this.#nextSearch);
    this.#search.abort();
    this.#keys.stop();
    this.#screen.end();
    this.#onEnd(error);
  }

  #dispatch(action: Action): void {
    if (this.#hasEnded) return;
    this.#run(() => {
      this.#state = reduce(this.#state, action);
      if (this.#state.store.kind !== 'reading' || action.kind === 'key') this.#drawSoon();
      this.#doEffect();
      this.#startLooking();
      this.#startSearch();
      this.#pump();
    });
  }

  /** What is thrown here is a bug: it ends the browser, and the terminal is given back before it is told. */
  #run(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.stop(error);
    }
  }

  /** Draws once for all that happens until then. */
  #drawSoon(): void {
    if (this.#isDrawn) return;
    this.#isDrawn = true;
    setImmediate(() => {
      this.#isDrawn = false;
      if (!this.#hasEnded) this.#run(() => this.#screen.show(this.#state));
    });
  }

  #doEffect(): void {
    const {effect} = this.#state;
    switch (effect?.kind) {
      case 'copy':
        this.#terminal.copy(effect.text);
        this.#dispatch({kind: 'copied', what: effect.what});
        break;
      case 'redraw':
        this.#screen.forget();
        break;
      case 'suspend':
        this.#terminal.suspend();
        break;
      case 'quit':
        this.stop();
    }
  }

  /** Reads what the screen wants, one opening of the store after the other. */
  #pump(): void {
    if (this.#isReading || this.#hasEnded || this.#retry !== undefined) return;
    const wants = wantsOf(this.#state);
    if (wants.length === 0) return;
    const {generation, project} = this.#state;
    const isReadAgain = generation !== this.#generationRead;
    this.#isReading = true;
    this.#reader.read(wants, isReadAgain, project).then(
      (read) => {
        this.#isReading = false;
        if ('answers' in read) {
          this.#generationRead = generation;
          this.#dispatch({kind: 'read', wants, reading: read, generation, project});
          this.#typedAhead.go();
          return;
        }
        // Nothing was read: it is asked for again after a while.
        const pause = read.kind === 'busy' ? BUSY_MS : LOOK_MS;
        this.#retry = setTimeout(() => {
          this.#retry = undefined;
          this.#run(() => this.#pump());
        }, pause);
        this.#dispatch({kind: 'not-read', store: read});
        this.#typedAhead.go();
      },
      (error) => this.stop(error),
    );
  }

  #startLooking(): void {
    const {neighbour} = this.#state;
    if (neighbour === undefined || !neighbour.isRunning || neighbour.serial === this.#looking) return;
    this.#looking = neighbour.serial;
    this.#lookFor(neighbour).catch((error) => this.stop(error));
  }

  async #lookFor({serial, tocLevel, from, direction}: NeighbourState): Promise<void> {
    const isOver = (): boolean => this.#hasEnded || this.#state.neighbour?.serial !== serial || !this.#state.neighbour.isRunning;
    const months = this.#reader.findNeighbour({tocLevel, from, direction, project: this.#state.project});
    for (;;) {
      const step = await months.next();
      if (isOver()) return;
      if (step.done) return this.#dispatch({kind: 'found', serial, found: step.value});
      this.#dispatch({kind: 'looked', serial, month: step.value});
    }
  }

  /** A newer query overtakes an older one: that is not waited for. */
  #startSearch(): void {
    const {search, prompt} = this.#state;
    const isOpen = prompt?.kind === 'search';
    if (isOpen && !this.#isSearchOpen) this.#reader.prepareSearch().catch((error) => this.stop(error));
    this.#isSearchOpen = isOpen;
    if (search.serial === this.#searching) return;
    this.#searching = search.serial;
    this.#search.abort();
    clearTimeout(this.#nextSearch);
    if (search.isRunning) this.#searchIn(TYPING_MS);
  }

  #searchIn(ms: number): void {
    this.#nextSearch = setTimeout(() => this.#searchNow().catch((error) => this.stop(error)), ms);
  }

  async #searchNow(): Promise<void> {
    const {search, project} = this.#state;
    const controller = new AbortController();
    this.#search = controller;
    try {
      const answer = await this.#reader.search(search.query, project, controller.signal);
      if (controller.signal.aborted) return;
      this.#dispatch({kind: 'searched', serial: search.serial, answer});
      if (answer === 'busy') this.#searchIn(BUSY_MS);
      else this.#typedAhead.go();
    } catch (error) {
      if (!controller.signal.aborted) throw error;
    }
  }

  /** When nobody types: what arrives meanwhile is shown by itself. */
  #lookForChanges(): void {
    const isIdle = !this.#isTouched && !this.#isReading && !this.#state.neighbour?.isRunning && !this.#state.search.isRunning;
    this.#isTouched = false;
    if (isIdle) void this.#showChanges();
  }

  async #showChanges(): Promise<void> {
    try {
      if ((await this.#reader.hasChanged()) && !this.#hasEnded) this.#dispatch({kind: 'changed'});
    } catch (error) {
      this.stop(error);
    }
  }
}
