import {CHECK_DEPTHS} from '../../../src/operations/care/check/check-scope.js';
import {CHECK_PARTS} from '../../../src/operations/care/check/verdict.js';
import {about, bool, count, DRY_RUN, instant, list, object, oneWordOf, orNull, text, texts} from './schema.js';

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

const amountOfFiles = object({files: count, bytes: count});

export const backupReport = object(
  {
    folder: text,
    at: instant,
    manifest: about('its name; null with --dry-run, and where a signal ended it', orNull(text)),
    files: about('in the backup', amountOfFiles),
    added: about('that were not there before', amountOfFiles),
    removed_files: count,
    problems: about('what keeps it from being a backup of everything', texts),
  },
  DRY_RUN,
);

export const restoreReport = object(
  {
    folder: text,
    home: text,
    manifest: text,
    at: instant,
    time_zone: text,
    files: count,
    bytes: count,
    manifests: about('all that are whole, the newest last', texts),
    refused: about('manifests that are not whole, or of a newer mem', texts),
    store: about('null with --dry-run, and where a signal ended it', orNull(madeStore)),
    forgotten_again: about('events that were forgotten after the backup', count),
    tombstones: about('forgotten events that the memory knows of', count),
    has_settings: bool,
  },
  DRY_RUN,
);
