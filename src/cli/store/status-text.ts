import type {PeerSyncs} from '../../domain/care/last-syncs.js';
import type {EpochMs} from '../../domain/event/event.js';
import {DAY_MS, HOUR_MS, MINUTE_MS} from '../../domain/time/durations.js';
import {Calendar} from '../../domain/time/period.js';
import type {LockHolder} from '../../locks/locks.js';
import type {Status, StoreStatus} from '../../operations/care/read-status.js';
import {type Line, styled} from '../../text/line.js';
import {bytesText, count, thousands} from '../../text/node-text.js';
import {spentText} from '../rollup/budget-text.js';
import {durationText, jobsText} from '../schedule/job-text.js';

const COLUMN = 14;

/** Alarms, then one block for each part of mem. */
export function statusLines(status: Status): readonly Line[] {
  const {alarms, inbox, journal, store, storeFault, now} = status;
  const lines: Line[] = alarms.map((alarm): Line => [styled('red', 'Alarm'.padEnd(COLUMN)), alarm]);
  if (alarms.length > 0) lines.push([]);
  lines.push(row('Home', status.home));
  if (status.isDatabase) lines.push(row('Database', status.location));
  if (store !== undefined) lines.push(...storeLines(store, status));
  else if (storeFault !== undefined) lines.push(row('Store', `cannot be read: ${storeFault.message} [${storeFault.code}]`));
  else lines.push(row('Store', 'does not exist yet; the first event makes it: mem ingest'));
  lines.push(
    row(
      'Inbox',
      inbox.waitingFiles === 0
        ? 'empty'
        : `${count(inbox.waitingFiles, 'file')} waiting (${bytesText(inbox.waitingBytes)}), the oldest ${agoText(inbox.oldestAt ?? now, now)}`,
    ),
  );
  if (inbox.newerFormatFiles > 0) lines.push(row('', `${count(inbox.newerFormatFiles, 'file')} of a newer mem: update mem to read them`));
  if (inbox.badLines + inbox.badLinesDropped > 0) {
    const dropped = inbox.badLinesDropped > 0 ? `, ${thousands(inbox.badLinesDropped)} older ones were dropped` : '';
    const newest = inbox.newestBadAt === undefined ? '' : `, the newest ${agoText(inbox.newestBadAt, now)}`;
    lines.push(row('Bad lines', `${thousands(inbox.badLines)} kept in inbox/bad (${bytesText(inbox.badBytes)}${newest})${dropped}`));
  }
  lines.push(...journalLines(journal));
  for (const [at, peer] of status.syncs.entries()) lines.push(row(at === 0 ? 'Sync' : '', syncText(peer, now)));
  if (inbox.ignoredCalls > 0) lines.push(row('Ignored', `${count(inbox.ignoredCalls, 'call')} of mem ingest while mem was summarizing`));
  return lines;
}

function journalLines({files, bytes, backfill, oldFiles, refused}: Status['journal']): readonly Line[] {
  const lines = [row('Journal', `${count(files, 'file')} (${bytesText(bytes)})`)];
  if (backfill !== undefined) {
    const share = Math.floor((100 * backfill.written) / Math.max(backfill.of, 1));
    lines.push(row('', `${share} % of what was stored before is written to it; rollups go on with it`));
  }
  if (oldFiles.files > 0)
    lines.push(row('', `until then ${count(oldFiles.files, 'file')} stay in inbox/done (${bytesText(oldFiles.bytes)})`));
  for (const {path, reason} of refused.slice(0, REFUSED_SHOWN)) lines.push(row('', `not read: ${path}, ${reason}`));
  if (refused.length > REFUSED_SHOWN)
    lines.push(row('', `and ${count(refused.length - REFUSED_SHOWN, 'more thing')} that it does not read`));
  return lines;
}

const REFUSED_SHOWN = 3;

/** The last exchange with a peer, and why a later one failed. */
function syncText({peer, last, failure}: PeerSyncs, now: EpochMs): string {
  const failed = failure === undefined ? '' : `, failed ${agoText(failure.at, now)}: ${failure.message}`;
  if (last === undefined) return `${peer}: never done${failed || '; the job sync does it, or: mem sync'}`;
  const {received, sent, left} = last;
  const went = `${count(received.events, 'new event')} came, ${bytesText(sent.bytes)} went`;
  return `${peer}: ${agoText(last.at, now)}, ${went}${left === undefined ? '' : `; left for the next time: ${left}`}${failed}`;
}

function storeLines(
  {header, counters, span, marked, lastRollup, jobs, spentToday, retries}: StoreStatus,
  {now, runningRollup, runningCompaction, budget}: Status,
): readonly Line[] {
  const calendar = new Calendar(header.timeZone);
  const at = (instant: EpochMs): string => `${calendar.formatMinute(instant)} (${agoText(instant, now)})`;
  const dates = span === undefined ? '' : `, ${span.first} to ${span.last}`;
  const duplicates = counters.duplicates > 0 ? `, ${count(counters.duplicates, 'duplicate')} dropped` : '';
  const due = Object.entries(marked).filter(([, number]) => number > 0);
  const lines = [
    row('Store', `${count(counters.events, 'event')}${dates}${duplicates}`),
    row('Time zone', header.timeZone),
    row('Last ingest', counters.lastIngestAt === 0 ? 'never' : at(counters.lastIngestAt)),
    row(
      'To roll up',
      due.length === 0
        ? 'nothing'
        : due.map(([tocLevel, number]) => count(number, tocLevel === 'segment' ? 'session-day' : tocLevel)).join(', '),
    ),
  ];
  if (budget !== undefined || spentToday.calls > 0) lines.push(row('Spent today', spentText(spentToday, budget)));
  if (budget !== undefined && retries.nextAt !== undefined) {
    const next = retries.nextAt <= now ? 'now' : `from ${at(retries.nextAt).replace(/ \(.*/, '')} on`;
    lines.push(row('Retries', `the model is asked again for ${count(retries.waiting, 'node')} made by the fallback, ${next}`));
  }
  for (const [name, holder] of [['Rollup', runningRollup] as const, ['Compaction', runningCompaction] as const]) {
    if (holder !== undefined) lines.push(row(name, holderText(holder, at(holder.startedAt), now)));
  }
  lines.push(row('Jobs', jobsText(jobs, calendar)));
  if (lastRollup === undefined) return runningRollup ? lines : [...lines, row('Last rollup', 'never; run: mem rollup')];
  const {made, retracted, startedAt, finishedAt} = lastRollup;
  const did = `${count(made, 'node')} made${retracted > 0 ? `, ${thousands(retracted)} retracted` : ''}`;
  const isThisOne = runningRollup !== undefined && runningRollup.startedAt <= startedAt;
  const ended = finishedAt !== undefined ? ` in ${durationText(finishedAt - startedAt)}` : isThisOne ? ' so far' : '; cut short';
  return [...lines, row('Last rollup', `${at(startedAt)}, ${did}${ended}`)];
}

function row(name: string, text: string): Line {
  return [styled('dim', name.padEnd(COLUMN)), text];
}

/** `5 min ago`, `3 h ago`, `2 days ago`. */
export function agoText(instant: EpochMs, now: EpochMs): string {
  const passed = now - instant;
  if (passed < MINUTE_MS) return passed < -MINUTE_MS ? 'in the future' : 'just now';
  if (passed < HOUR_MS) return `${Math.floor(passed / MINUTE_MS)} min ago`;
  if (passed < 2 * DAY_MS) return `${Math.floor(passed / HOUR_MS)} h ago`;
  return `${count(Math.floor(passed / DAY_MS), 'day')} ago`;
}

/** Of a holder whose pid means nothing here, its last sign of life is all that is known. */
function holderText({pid, host, isHere, aliveAt}: LockHolder, since: string, now: EpochMs): string {
  const where = isHere ? `pid ${pid}` : `pid ${pid} on ${host}, last sign of life ${agoText(aliveAt, now)}`;
  return `running now (${where}, since ${since})`;
}
