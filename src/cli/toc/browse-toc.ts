import type {LocalDate} from '../../domain/toc/node-id.js';
import type {Direction, Found, Place, ScreenReading, Sought, Want} from '../../domain/toc/screen-want.js';
import {MemError} from '../../errors.js';
import {findPlace} from '../../operations/browse/find-place.js';
import {readScreen} from '../../operations/browse/read-screen.js';
import {watchHome} from '../../operations/browse/watch-home.js';
import type {Mem} from '../../operations/mem.js';
import type {BrowserReader, FailedSearch} from '../../ui/ports.js';
import {Terminal} from './terminal.js';

/** After this long the screen says that the store is busy, and tries again. */
const PATIENCE_MS = 400;

/** @throws MemError USAGE when stdin or stdout is not a terminal that can show the browser */
export function assertTerminal(): void {
  if (Terminal.isThere()) return;
  const reason = process.env['TERM'] === 'dumb' ? 'this terminal cannot move its cursor (TERM=dumb)' : 'stdin or stdout is not a terminal';
  throw new MemError('USAGE', `mem toc needs a terminal: ${reason}`, {
    hint: 'print the table of contents with: mem toc show, or for programs: mem toc show --json',
  });
}

/**
 * Shows the table of contents until the user quits, and returns the exit status. The store is open only during a reading, never while the
 * browser draws or waits for a key.
 */
export async function browseToc(mem: Mem, color: boolean): Promise<number> {
  const reader = tocReader(mem);
  // The store is read while the browser loads: both take as long as Node's own start.
  const first = reader.read([{kind: 'path', to: 'today'}], true);
  const {loadBrowser} = await import('../../entries/browser.js');
  const Browser = await loadBrowser();
  const terminal = new Terminal(color);
  const browser = new Browser({...reader, read: firstThen(first, reader)}, terminal);
  terminal.enter(browser);
  try {
    await browser.ended;
  } finally {
    terminal.release();
  }
  return terminal.exitStatus;
}

/** The first reading answers what was requested before the browser was loaded. */
function firstThen(first: ReturnType<BrowserReader['read']>, reader: BrowserReader): BrowserReader['read'] {
  let isFirst = true;
  return (wants, isAnew) => {
    if (!isFirst) return reader.read(wants, isAnew);
    isFirst = false;
    return first;
  };
}

function tocReader(opened: Mem): BrowserReader {
  const {mem, hasChanged} = watchHome(opened);
  return {
    hasChanged,
    async read(wants: readonly Want[], isAnew: boolean): ReturnType<BrowserReader['read']> {
      try {
        return (await readScreen(mem, wants, {drain: isAnew, patienceMs: PATIENCE_MS})) satisfies ScreenReading;
      } catch (error) {
        if (!(error instanceof MemError)) throw error;
        if (error.code === 'STORE_BUSY') return {kind: 'busy'};
        if (error.code === 'NO_STORE') return {kind: 'empty'};
        return {kind: 'failed', message: sentence(error)};
      }
    },
    async *find(
      sought: Sought,
      from: Place | undefined,
      direction: Direction,
    ): AsyncGenerator<LocalDate, Found | FailedSearch | undefined> {
      try {
        return yield* findPlace(mem, sought, from, direction);
      } catch (error) {
        if (!(error instanceof MemError)) throw error;
        return {failed: sentence(error)};
      }
    },
  };
}

function sentence({message, hint}: MemError): string {
  return hint === undefined ? message : `${message}; ${hint}`;
}
