import {ANSWER_FORMATS} from '../../../src/domain/model/model-check.js';
import {EXIT_STATUS} from '../../../src/errors.js';
import {PARTS} from '../../../src/operations/care/finding.js';
import {
  about,
  anyOf,
  bool,
  bytes,
  count,
  DRY_RUN,
  exactly,
  instant,
  list,
  ms,
  object,
  oneWordOf,
  orNull,
  type Schema,
  text,
  texts,
} from './schema.js';

/** What goes to stderr with `--json`, one object on a line. */
export const error = anyOf(
  object(
    {code: oneWordOf(Object.keys(EXIT_STATUS)), message: text, exit_status: oneOfNumbers(Object.values(EXIT_STATUS))},
    {hint: about('what to do', text)},
  ),
  object({code: exactly('BUG'), message: text, stack: text, exit_status: exactly(EXIT_STATUS.BUG)}),
);

function oneOfNumbers(numbers: readonly number[]): Schema {
  return {enum: [...new Set(numbers)]};
}

export const ingestion = object(
  {
    accepted: about('events that are on disk', count),
    stored: count,
    duplicates: count,
    queued: about('events that lie in the inbox until the next command moves them', count),
    rejected: list(
      object({file: about('a path, or - for stdin', text), line: count, code: {type: 'string', pattern: '^[A-Z_0-9]+$'}, reason: text}),
    ),
  },
  {drained_elsewhere: about('events that another process has moved out of the inbox', count)},
);

const importedSource = {
  agent: text,
  files: about('that were found', count),
  files_read: about('that had something new', count),
  sessions: count,
  events: about('that were read, known ones too', count),
  stored: about('that were new', count),
  duplicates: count,
  broken_lines: about('that are not JSON: counted, kept nowhere', count),
  kept_out: about('events of projects that are excluded', count),
  first: orNull(instant),
  last: orNull(instant),
  files_leaving: about('files with something new that the agent deletes within 14 days', count),
  first_leaves: orNull(instant),
};
export const importation = object({sources: list(object(importedSource)), problems: about('files that could not be read', texts)}, DRY_RUN);

const foundAgent = {
  agent: text,
  connected: bool,
  mcp: about('it has the server of mem', bool),
  recall: about('it is told where its project stands', bool),
  files: count,
  bytes,
  oldest: about('when the oldest file was changed', orNull(instant)),
  newest: orNull(instant),
  files_leaving: about('files that the agent deletes within 14 days', count),
  first_leaves: orNull(instant),
};
const extra = {
  path: about('the file that has it', text),
  by: about('who put it there', oneWordOf(['mem', 'user', 'plugin'])),
  answers: about('what came of it, tried without any environment; null where it was not tried', orNull(bool)),
  reason: about('what was wrong', text),
};
const wiring = {
  agent: text,
  via: oneWordOf(['import-only', 'plugin', 'hooks']),
  plugin: orNull(text),
  changed_files: texts,
  mcp: about('null where it does not have the server of mem', orNull(object(extra))),
  recall: about('null where it is not told where its project stands', orNull(object(extra))),
  backup: about('the settings as they were', orNull(text)),
  backups: about('the same, of all files', texts),
  proofs: about('what came of each hook, tried without any environment', list(object({hook: text, captured: bool, reason: text}))),
  notes: texts,
};
export const disconnection = object({wirings: list(object(wiring))}, DRY_RUN);
export const connection = anyOf(about('without an agent', object({agents: list(object(foundAgent))})), disconnection);

const finding = {
  part: oneWordOf(PARTS),
  well: bool,
  message: text,
  cure: about('what to do', orNull(text)),
  status: about('0 where all is well; else it counts for the exit status', count),
};
export const diagnosis = object({
  findings: list(object(finding)),
  last_week: about(
    'what came in during the last seven days; null without a store',
    orNull(object({sessions: count, agents: texts, projects: texts})),
  ),
});

export const note = object({event_id: text, session_id: text, project: text});

export const location = about('where the memory is: a folder, or the address of a database', text);

export const store = object({home: text, location, time_zone: text, created: about('false where it was there already', bool)});

const setting = {
  key: text,
  value: about('as it is written; null where there is none', orNull(text)),
  origin: oneWordOf(['flag', 'environment', 'config.toml', 'default', 'store', 'no store yet']),
  about: text,
};
export const oneSetting = object(setting);
export const settings = object({config_file: text, home: text, settings: list(oneSetting)});

const written: Schema = {anyOf: [text, {type: 'number'}, bool, texts]};
export const settingChange = anyOf(
  object({key: text, value: written, config_file: text}, DRY_RUN),
  object(
    {
      key: exactly('summarizer'),
      value: exactly('openai'),
      values: {type: 'object', additionalProperties: written},
      config_file: text,
    },
    DRY_RUN,
  ),
  object({key: exactly('time_zone'), value: text, from: text, events: count, session_days: count, nodes: count}, DRY_RUN),
);

export const modelCheck = anyOf(
  object({summarizer: exactly('extractive')}),
  object({
    summarizer: exactly('openai'),
    base_url: text,
    host: text,
    model: text,
    structured_output: oneWordOf(ANSWER_FORMATS),
    requests: count,
    took_ms: ms,
  }),
);

export const compaction = object(
  {
    bytes_before: about('null of a database', orNull(bytes)),
    bytes_after: orNull(bytes),
    versions: object({removed: count, kept: count, keep_versions: anyOf(exactly('all'), count)}),
    journal: object({sealed_files: count, saved_bytes: {type: 'integer'}, damaged_files: count}),
    inbox_files: about('that an older mem kept', object({removed: count, removed_bytes: bytes})),
    commit_records: object({removed: count, kept: count}),
  },
  DRY_RUN,
);
