import type {LocalDate} from '../../domain/toc/node-id.js';
import type {Found, ScreenReading, Want} from '../../domain/toc/screen-want.js';
import {MemError} from '../../errors.js';
import {findNeighbour} from '../../operations/browse/find-neighbour.js';
import {PartCache} from '../../operations/browse/project-part.js';
import {readScreen} from '../../operations/browse/read-screen.js';
import {searchScreen} from '../../operations/browse/search-screen.js';
import {watchHome} from '../../operations/browse/watch-home.js';
import type {Mem} from '../../operations/mem.js';
import {KeptIndex, prepareIndex} from '../../operations/search/kept-index.js';
import type {BrowserReader, FailedSearch, NeighbourWanted} from '../../ui/ports.js';
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
  const first = reader.read([{kind: 'path', to: 'today'}], true, undefined);
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
  return (wants, isReadAgain, project) => {
    if (!isFirst) return reader.read(wants, isReadAgain, project);
    isFirst = false;
    return first;
  };
}

function tocReader(opened: Mem): BrowserReader {
  const {mem, hasChanged} = watchHome(opened);
  const parts = new PartCache();
  const kept = new KeptIndex();
  return {
    hasChanged,
    async read(wants: readonly Want[], drain: boolean, project: string | undefined): ReturnType<BrowserReader['read']> {
      try {
        return (await readScreen(mem, wants, {drain, patienceMs: PATIENCE_MS, project, parts})) satisfies ScreenReading;
      } catch (error) {
        if (!(error instanceof MemError)) throw error;
        if (error.code === 'STORE_BUSY') return {kind: 'busy'};
        if (error.code === 'NO_STORE') return {kind: 'empty'};
        return {kind: 'failed', message: sentence(error)};
      }
    },
    async prepareSearch(): Promise<void> {
      try {
        await prepareIndex(mem, kept, PATIENCE_MS);
      } catch (error) {
        if (!(error instanceof MemError)) throw error;
      }
    },
    async search(text: string, project: string | undefined, signal: AbortSignal): ReturnType<BrowserReader['search']> {
      try {
        return await searchScreen(mem, {text, project}, {patienceMs: PATIENCE_MS, signal, kept});
      } catch (error) {
        if (!(error instanceof MemError)) throw error;
        return error.code === 'STORE_BUSY' ? 'busy' : {problem: sentence(error)};
      }
    },
    async *findNeighbour({
      tocLevel,
      from,
      direction,
      project,
    }: NeighbourWanted): AsyncGenerator<LocalDate, Found | FailedSearch | undefined> {
      try {
        return yield* findNeighbour(mem, tocLevel, from, {direction, project, parts});
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
