import {CHECK_DEPTHS} from '../../../src/operations/care/check/check-scope.js';
import {CHECK_PARTS} from '../../../src/operations/care/check/verdict.js';
import {about, anyOf, bool, bytes, count, DRY_RUN, instant, list, object, oneWordOf, orNull, text, texts} from './schema.js';

export const checkReport = object({
  depth: oneWordOf(CHECK_DEPTHS),
  at: instant,
  is_whole: about('false where a signal ended it', bool),
  is_well: bool,
  store_fault: about('why the store could not be opened, or not be read to its end', orNull(text)),
  parts: list(
    object({
      part: oneWordOf(CHECK_PARTS),
      looked_at: count,
      faults: count,
      examples: about('the first faults in words', texts),
      remarks: texts,
    }),
  ),
  cure: about('the command that may mend it', orNull(oneWordOf(['mem repair', 'mem rebuild']))),
});

const madeStore = object({
  time_zone: text,
  events: count,
  events_from_journal: count,
  versions_from_journal: count,
  lost_events: about('that were there, as far as is known, and are nowhere now', count),
  damage: about('what was wrong with the files of the old store', texts),
  fixed_session_days: count,
  fixed_nodes: count,
  kept_at: about('where the old store is now', orNull(text)),
});

export const repairReport = object(
  {
    before: checkReport,
    repaired: about('what was made again; with --dry-run what would be', list(oneWordOf(['store', 'journal']))),
    store: orNull(madeStore),
    journal: orNull(
      object({
        files: about('written again', count),
        events: about('added', count),
        versions: about('added', count),
        kept_at: about('where the damaged files are now', orNull(text)),
      }),
    ),
    after: about('what is found now; null where nothing was done', orNull(checkReport)),
  },
  DRY_RUN,
);

export const rebuildReport = object(
  {
    journal: object({files: count, events: count, versions: count, damaged_places: count}),
    store: about('null with --dry-run, and where a signal ended it', orNull(madeStore)),
  },
  DRY_RUN,
);

export const backupReport = object(
  {
    folder: text,
    is_whole: about('false where a signal ended it: the backup before still stands', bool),
    files: about('that the backup holds', count),
    bytes: count,
    copied_files: about('that were new; with --dry-run those that would be copied', count),
    copied_bytes: count,
  },
  DRY_RUN,
);

export const restoreReport = object(
  {
    folder: text,
    home: text,
    backup: object({created_at: instant, time_zone: text, events: count, files: count}),
    store: about('null with --dry-run, and where a signal ended it', orNull(madeStore)),
  },
  DRY_RUN,
);

const exchanged = object({
  files: count,
  bytes,
  new_events: about('events that the receiving side did not have', count),
  forgotten_events: about('events that it had, and that the other side had forgotten', count),
  left: about('why something waits for the next time', orNull(text)),
});

const oneSync = object(
  {
    peer: about('where the other side is', text),
    received: exchanged,
    sent: exchanged,
    zone_and_key_taken: about(
      'who took the time zone and the key of redaction marks from the other side',
      orNull(oneWordOf(['here', 'there'])),
    ),
    two_keys: about('both sides mark secrets by a key of their own', bool),
    refused: about('what is damaged or foreign, and was left alone', list(object({path: text, reason: text}))),
  },
  DRY_RUN,
);

export const syncReport = anyOf(
  oneSync,
  about(
    'without an address, of each memory in sync.peers',
    object({
      peers: list(
        object({
          peer: text,
          report: about('null where it failed', orNull(oneSync)),
          error: orNull(object({code: text, message: text, hint: orNull(text)})),
        }),
      ),
    }),
  ),
);
