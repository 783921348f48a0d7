import {JOB_NAMES} from '../../../src/domain/jobs/job.js';
import {location} from './care-schemas.js';
import {tocLevel} from './node-schemas.js';
import {spending} from './rollup-schemas.js';
import {jobInStatus, trigger} from './schedule-schemas.js';
import {about, amount, bool, bytes, count, date, instant, list, object, oneWordOf, orNull, text, texts} from './schema.js';

const inbox = object({
  waiting_files: count,
  waiting_bytes: bytes,
  oldest_at: orNull(instant),
  newer_format_files: count,
  bad_lines: count,
  bad_bytes: bytes,
  newest_bad_at: orNull(instant),
  bad_lines_dropped: count,
  other_hosts: texts,
  ignored_calls: count,
});

const lastRollup = object({
  run_id: text,
  started_at: instant,
  made: count,
  retracted: count,
  last_node: orNull(text),
  finished_at: about('null while it runs, and where it was cut short', orNull(instant)),
});

const storeInStatus = object({
  store_id: text,
  format_version: count,
  rules_version: count,
  time_zone: text,
  created_at: orNull(instant),
  events: count,
  duplicates: count,
  last_commit: count,
  last_ingest_at: orNull(instant),
  first_date: orNull(date),
  last_date: orNull(date),
  marked: about('what is due or will be, by TOC level', {type: 'object', propertyNames: tocLevel, additionalProperties: count}),
  last_rollup: orNull(lastRollup),
  jobs: list(jobInStatus),
});

const limits = object({
  calls_per_run: count,
  tokens_per_run: count,
  calls_per_day: count,
  tokens_per_day: count,
  usd_per_day: orNull(amount),
});

export const status = object({
  home: text,
  location,
  now: instant,
  alarms: about('what a person should look at, most pressing first', texts),
  inbox,
  journal: object({
    files: count,
    bytes,
    backfill: about(
      'how many of the events stored before there was a journal stand in it; null when all do',
      orNull(object({written: count, of: count})),
    ),
    short_since: about('since when it lacks events that it had', orNull(instant)),
    refused: about('what stands among its files and is none', list(object({path: text, reason: text}))),
    old_inbox_files: about('drained files that an older mem kept', count),
  }),
  store: orNull(storeInStatus),
  store_fault: about('why the store cannot be read; null where it can', orNull(object({code: text, message: text, hint: orNull(text)}))),
  budget: orNull(object({spent_today: spending, limits: about('null where no model is set', orNull(limits))})),
  retries: orNull(object({waiting: count, next_at: orNull(instant)})),
  running_rollup: orNull(object({pid: count, host: text, trigger, started_at: instant})),
  holders: about(
    'who holds a lock now; where the pid means nothing here, two minutes after alive_at the lock is taken over',
    list(
      object({
        lock: oneWordOf(['rollup', 'compact']),
        pid: count,
        host: text,
        is_here: bool,
        trigger,
        job_name: orNull(oneWordOf(JOB_NAMES)),
        started_at: instant,
        alive_at: instant,
      }),
    ),
  ),
  syncs: about(
    'what became of the exchanges with each memory in sync.peers, and with others of the last 30 days',
    list(
      object({
        peer: text,
        last: orNull(
          object({at: instant, new_events: count, received_bytes: count, sent_bytes: count, refused: count, left: orNull(text)}),
        ),
        failure: about('of a try after that', orNull(object({at: instant, code: text, message: text}))),
      }),
    ),
  ),
});
