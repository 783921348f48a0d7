import {EVENT_TYPES} from '../../../src/domain/event/event.js';
import {about, anyOf, bool, bytes, count, exactly, instant, list, object, oneWordOf, orNull, text, texts} from './schema.js';

const found = {
  scanned: about('events', count),
  events: about('that hold a secret', count),
  secrets: list(object({rule: text, count, event_ids: texts})),
};

/** `mem doctor --secrets`. */
export const storedSecrets = object(found);

const done = {
  dry_run: bool,
  finished: about('forgettings that were cut short before, and were finished first', count),
  done: about(
    'null where nothing was done',
    orNull(
      object({
        events: count,
        nodes: about('that lost all versions', count),
        files_left: about('of the inbox that only a newer mem can read', count),
      }),
    ),
  ),
};

const sample = object({event_id: text, timestamp: instant, session_id: text, event_type: oneWordOf(EVENT_TYPES), text});

export const forgetting = anyOf(
  object({
    kind: exactly('events'),
    ...done,
    events: count,
    copies: about('of them that were not asked for, but say the same', count),
    sessions: count,
    nodes: about('that lose all versions', count),
    bytes,
    samples: about('the first ten that have a text', list(sample)),
    unreachable: about(
      'what mem cannot take them out of',
      list(object({kind: oneWordOf(['agent', 'model', 'copies']), name: text, what: text})),
    ),
  }),
  object({kind: exactly('secrets'), ...done, ...found}),
  object({
    kind: exactly('retention'),
    ...done,
    before: instant,
    events: about('tool results that lose their text', count),
    bytes,
    waiting: about('session-days that no rollup has read yet', count),
  }),
  object({kind: exactly('finish'), ...done}),
);
