import {ROLES} from '../../../src/domain/event/event.js';
import {FACT_KINDS} from '../../../src/domain/facts/fact.js';
import {eventId, nodeId} from './node-schemas.js';
import {about, amount, count, date, instant, list, object, oneWordOf, orNull, text, texts} from './schema.js';

/** A hit of `mem search`: an event, or with `--by` the best one of what it stands for. */
export const hit = object(
  {
    rank: about('from 1', count),
    score: amount,
    event_id: eventId,
    timestamp: instant,
    session_id: text,
    role: oneWordOf(ROLES),
    snippet: about('the lines that match, at most two', texts),
    terms: about('those of the query that stand in the event, as the index has them', texts),
    day: about("in the store's zone", date),
  },
  {
    agent: text,
    project: text,
    branch: text,
    speaker: text,
    segment: about('the one that has the event, where one is stored', nodeId),
    segment_title: text,
  },
);

export const recalled = object({
  project: about('empty for all', text),
  query: text,
  text: about('Markdown; empty where nothing fits', text),
  event_ids: about('the events that the text cites', list(eventId)),
  left: about('lines that the budget left no room for', count),
});

/** A line of `mem recall --log`. */
export const recallEntry = object({
  at: instant,
  by: about('what asked: recall, hook or mcp', text),
  project: text,
  query: text,
  event_ids: list(eventId),
});

/** An event behind a file or a commit. */
export const cause = object(
  {
    event_id: eventId,
    timestamp: instant,
    session_id: text,
    facts: about('what it did to the file, or the commit that it made', list(object({kind: oneWordOf(FACT_KINDS), text}, {ref: text}))),
  },
  {
    agent: text,
    project: text,
    asked: about('what the user had said last before it on that day', object({event_id: eventId, timestamp: instant, text})),
  },
);

export const resumption = object({
  agent: text,
  session_id: text,
  project: text,
  cwd: about('where the session began', orNull(text)),
  last: about('its last event', instant),
  command: about('the words of the command', texts),
  shell: about('the same for a POSIX shell', text),
});
