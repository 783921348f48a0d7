import {Calendar} from '../../../domain/time/period.js';
import {isNodeId} from '../../../domain/toc/node-id.js';
import {MemError} from '../../../errors.js';
import type {Journal} from '../../../journal/journal.js';
import {linesOf} from '../journal-lines.js';

/** So many days tell a zone well enough. */
const DAYS = 200;

/**
 * The journal does not name the memory's time zone; its days began when days begin there.
 * @throws MemError USAGE where they begin at other times in `timeZone`
 */
export function assertZoneFits(journal: Pick<Journal, 'list' | 'read'>, timeZone: string): void {
  const calendar = new Calendar(timeZone);
  let days = 0;
  for (const {id, start} of dayNodes(journal)) {
    if (calendar.boundsOf(id).start !== start) {
      throw new MemError('USAGE', `the days in the journal do not begin when days begin in ${timeZone}`, {
        hint: "give the memory's own time zone: --time-zone ZONE",
      });
    }
    if (++days === DAYS) return;
  }
}

function* dayNodes(journal: Pick<Journal, 'list' | 'read'>) {
  for (const file of journal
    .list()
    .files.filter(({kind}) => kind === 'node')
    .reverse()) {
    for (const part of journal.read(file)) {
      if (part.kind === 'damage') continue;
      for (const line of linesOf(part.lines)) {
        if (!line.includes('"toc:day:')) continue;
        const {id, start} = parsed(line);
        if (typeof id === 'string' && id.startsWith('toc:day:') && isNodeId(id) && typeof start === 'number') yield {id, start};
      }
    }
  }
}

function parsed(line: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(line));
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}
