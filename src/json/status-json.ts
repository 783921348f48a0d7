import type {PeerSyncs} from '../domain/care/last-syncs.js';
import type {EpochMs} from '../domain/event/event.js';
import {instant as toInstant} from '../domain/time/instant.js';
import {Calendar} from '../domain/time/period.js';
import type {LockHolder} from '../locks/locks.js';
import type {Status, StoreStatus} from '../operations/care/read-status.js';
import {budgetJson} from './spending-json.js';

/** The status for programs. Instants are RFC 3339 in the store's zone, if there is a store. */
export function statusJson({
  home,
  location,
  now,
  alarms,
  inbox,
  journal,
  store,
  storeFault,
  budget,
  runningRollup,
  runningCompaction,
  syncs,
}: Status): Record<string, unknown> {
  const calendar = new Calendar(store?.header.timeZone ?? 'UTC');
  const at = (instant: number | undefined): string | null =>
    instant === undefined || instant === 0 ? null : calendar.format(toInstant(instant));
  return {
    home,
    location,
    now: at(now),
    alarms,
    inbox: {
      waiting_files: inbox.waitingFiles,
      waiting_bytes: inbox.waitingBytes,
      oldest_at: at(inbox.oldestAt),
      newer_format_files: inbox.newerFormatFiles,
      bad_lines: inbox.badLines,
      bad_bytes: inbox.badBytes,
      newest_bad_at: at(inbox.newestBadAt),
      bad_lines_dropped: inbox.badLinesDropped,
      other_hosts: inbox.otherHosts,
      ignored_calls: inbox.ignoredCalls,
    },
    journal: {
      files: journal.files,
      bytes: journal.bytes,
      backfill: journal.backfill ?? null,
      short_since: at(journal.shortSince),
      refused: journal.refused.map(({path, reason}) => ({path, reason})),
      old_inbox_files: journal.oldFiles.files,
    },
    store: store === undefined ? null : storeJson(store, at),
    store_fault: storeFault === undefined ? null : {code: storeFault.code, message: storeFault.message, hint: storeFault.hint ?? null},
    budget: store === undefined ? null : budgetJson(store.spentToday, budget),
    retries: store === undefined ? null : {waiting: store.retries.waiting, next_at: at(store.retries.nextAt)},
    running_rollup:
      runningRollup === undefined
        ? null
        : {pid: runningRollup.pid, host: runningRollup.host, trigger: runningRollup.trigger, started_at: at(runningRollup.startedAt)},
    holders: [...holderJson('rollup', runningRollup, at), ...holderJson('compact', runningCompaction, at)],
    syncs: syncs.map((peer) => syncJson(peer, at)),
  };
}

function syncJson({peer, last, failure}: PeerSyncs, at: (instant: number) => string | null) {
  return {
    peer,
    last:
      last === undefined
        ? null
        : {
            at: at(last.at),
            new_events: last.received.events,
            received_bytes: last.received.bytes,
            sent_bytes: last.sent.bytes,
            refused: last.refused,
            left: last.left ?? null,
          },
    failure: failure === undefined ? null : {at: at(failure.at), code: failure.code, message: failure.message},
  };
}

function holderJson(lock: string, holder: LockHolder | undefined, at: (instant: number) => string | null) {
  if (holder === undefined) return [];
  const {pid, host, isHere, trigger, job, startedAt, aliveAt} = holder;
  return [{lock, pid, host, is_here: isHere, trigger, job_name: job ?? null, started_at: at(startedAt), alive_at: at(aliveAt)}];
}

function storeJson(
  {header, counters, span, marked, lastRollup, jobs}: StoreStatus,
  at: (instant: EpochMs | undefined) => string | null,
): Record<string, unknown> {
  return {
    store_id: header.storeId,
    format_version: header.formatVersion,
    rules_version: header.rulesVersion,
    time_zone: header.timeZone,
    created_at: at(header.createdAt),
    events: counters.events,
    duplicates: counters.duplicates,
    last_commit: counters.lastCommit,
    last_ingest_at: at(counters.lastIngestAt),
    first_date: span?.first ?? null,
    last_date: span?.last ?? null,
    marked,
    last_rollup:
      lastRollup === undefined
        ? null
        : {
            run_id: lastRollup.runId,
            made: lastRollup.made,
            retracted: lastRollup.retracted,
            started_at: at(lastRollup.startedAt),
            finished_at: at(lastRollup.finishedAt),
            last_node: lastRollup.lastNode ?? null,
          },
    jobs: jobs.map(({job, condition, state, next}) => ({
      job_name: job.name,
      state: condition,
      last_run: at(state.lastRun?.startedAt),
      last_result: state.lastRun?.result ?? null,
      next_run: at(next),
    })),
  };
}

/** A store that was made now, or already existed. */
export function initJson(home: string, location: string, timeZone: string, created: boolean): Record<string, unknown> {
  return {home, location, time_zone: timeZone, created};
}
