import {EVENT_TYPES, ROLES} from '../../../src/domain/event/event.js';
import {FACT_KINDS, FACT_STATES} from '../../../src/domain/facts/fact.js';
import {TOC_LEVELS} from '../../../src/domain/toc/node-id.js';
import {about, bool, count, exactly, instant, list, object, oneWordOf, orNull, reference, type Schema, text, texts} from './schema.js';

export const tocLevel = oneWordOf(TOC_LEVELS);
export const nodeId: Schema = {type: 'string', pattern: '^toc:(year|month|week|day|segment):'};
export const eventId: Schema = {type: 'string', pattern: '^[0-9A-HJKMNP-TV-Z]{26}$'};

const workstreamId = about('of a workstream in `workstreams`, the same in every node', text);
const fact = object(
  {kind: oneWordOf(FACT_KINDS), text, event_ids: about('the events that it was read off', list(eventId))},
  {
    ref: about("a commit's hash, a pull request's address, a task's number in its session", text),
    state: about('of a task: where it stands; of a test run: how it ended', oneWordOf(FACT_STATES)),
    lines: about('of a commit: how many lines it added and removed', count),
    workstream: workstreamId,
  },
);
const workstream = object({
  id: text,
  project: text,
  branch: about('empty where the session stands for it: a branch that all work shares, or none', text),
  events: about('below the node', count),
  commits: count,
  days: about('with events of it', count),
});

const COMMON = {
  node_id: nodeId,
  toc_level: tocLevel,
  parent_node_id: orNull(nodeId),
  label: text,
  title: text,
  start: about('inclusive', instant),
  end: about('exclusive', instant),
  bullets: list(
    object(
      {text, event_ids: about('the events that the bullet comes from', list(eventId))},
      {
        workstream: about('the one that it speaks of; missing where it speaks of several', text),
      },
    ),
  ),
  keywords: texts,
  facts: about('what came out, each thing once, in the order of time; at most 48 of a segment, 96 of a period', list(fact)),
  workstreams: about('the heaviest first, at most 64; of a segment its one', list(workstream)),
  child_node_ids: about('its inputs in time order: node ids, or the event ids of a segment', texts),
  version: about('from 1; 0 for a provisional node, which is not stored', count),
  summarizer: text,
  input_fingerprint: text,
  status: oneWordOf(['current', 'retracted']),
};

const EXTRA = {
  fallback: about('why an extractive summary stands in for that of the model', text),
  session_id: text,
  event_count: count,
  token_count: count,
  agents: texts,
  projects: texts,
  replaced_by: about('of a retracted segment: the segments that hold its events now', list(nodeId)),
  replaces: about('the retracted segments whose events it took over', list(nodeId)),
};

const SHOWN = {
  ...COMMON,
  created_at: orNull(instant),
  provisional: bool,
  stale: about('events or nodes below it changed since it was made', bool),
  clipped: about('a week of which only the part in the month is shown', bool),
  open: about('the period holds the present moment', bool),
};
const WAITING = {waiting_events: about('events below it that are in no summary yet', count)};

export const listedNode = object(SHOWN, {...EXTRA, ...WAITING});

/** To stand in `$defs` as `node`: it holds itself. */
export const nodeWithChildren = object(SHOWN, {...EXTRA, ...WAITING, children: list(reference('node'))});

/** A period in which nothing was recorded, or no text. */
export const emptyNode = object({
  node_id: nodeId,
  toc_level: tocLevel,
  label: text,
  title: exactly(''),
  start: instant,
  end: instant,
  bullets: {type: 'array', maxItems: 0},
  keywords: {type: 'array', maxItems: 0},
  facts: {type: 'array', maxItems: 0},
  workstreams: {type: 'array', maxItems: 0},
  child_node_ids: {type: 'array', maxItems: 0},
  version: exactly(0),
  event_count: about('events without text', count),
  children: {type: 'array', maxItems: 0},
});

export const nodeVersion = object({...COMMON, created_at: instant}, EXTRA);

/** An event, as `mem ingest` reads it too. */
export const event = object(
  {
    event_id: eventId,
    timestamp: instant,
    session_id: text,
    event_type: oneWordOf(EVENT_TYPES),
    role: oneWordOf(ROLES),
    seq: {type: 'integer'},
    text,
    metadata: {type: 'object'},
  },
  {
    agent: text,
    project: text,
    source: text,
    source_event_id: text,
    not_unicode: about('the fields whose text was no Unicode: a lone surrogate is U+FFFD here', {type: 'array', items: text, minItems: 1}),
    text_bytes: about("the text's size as it was received, where it was cut", count),
  },
);
