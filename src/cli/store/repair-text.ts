import type {MadeStore} from '../../operations/care/repair/make-store.js';
import type {RebuildReport} from '../../operations/care/repair/rebuild.js';
import type {RepairReport} from '../../operations/care/repair/repair.js';
import {type Line, styled} from '../../text/line.js';
import {count, thousands} from '../../text/node-text.js';
import {checkLines} from './check-text.js';

/** What was wrong, what was done about it, and what is lost, if anything. */
export function repairLines({dryRun, before, copies, store, journal, after}: RepairReport): readonly Line[] {
  if (copies.length === 0) return [...checkLines(before), ['Nothing is to be repaired.']];
  const lines = [...checkLines({...before, cure: undefined, isWhole: true}).slice(0, -1)];
  if (dryRun) return [...lines, [`Would be made again: ${copies.map((copy) => `the ${copy}`).join(' and ')}`]];
  if (store !== undefined) lines.push(...storeLines(store));
  if (journal !== undefined) {
    const {files, events, versions, keptAt} = journal;
    lines.push([`Journal: ${count(files, 'file')} written again, ${count(events, 'event')} and ${versionsText(versions)} added`]);
    if (keptAt !== undefined) lines.push([`The damaged files are kept in ${keptAt}; remove it when you miss nothing.`]);
  }
  if (after === undefined) lines.push([styled('red', 'It was ended before it was done; run: mem repair')]);
  else lines.push(...(after.cure === undefined ? [['All is well now.']] : checkLines(after)));
  return lines;
}

export function rebuildLines({dryRun, files, lines, damaged, store}: RebuildReport): readonly Line[] {
  const head: Line[] = [[`Journal: ${count(files, 'file')} with ${count(lines.events, 'event')} and ${versionsText(lines.versions)}`]];
  if (damaged > 0) head.push([styled('red', `${count(damaged, 'place')} in it cannot be read`)]);
  if (dryRun) return [...head, ['The store would be made again from it.']];
  return store === undefined ? [...head, ['It was ended before it was done; everything is as before.']] : [...head, ...storeLines(store)];
}

function storeLines({salvage, events, eventsFromJournal, versionsFromJournal, lostEvents, keptAt, timeZone}: MadeStore): Line[] {
  const lines: Line[] = (salvage?.damage ?? []).map((what): Line => [`Damaged: ${what}`]);
  lines.push([
    `Store: ${count(events, 'event')}, ${thousands(eventsFromJournal)} of them and ${versionsText(versionsFromJournal)} from the journal; time zone ${timeZone}`,
  ]);
  if (lostEvents > 0)
    lines.push([styled('red', `Lost: ${count(lostEvents, 'event')}, which stand nowhere; mem import may find them in the agents' files`)]);
  if (keptAt !== undefined) lines.push([`The old store is kept at ${keptAt}; remove it when you miss nothing.`]);
  return lines;
}

const versionsText = (versions: number): string => (versions === 1 ? '1 version of a node' : `${thousands(versions)} versions of nodes`);
