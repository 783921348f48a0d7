import {basename, join} from 'node:path';
import {databaseAt} from './opencode/database.js';
import {asList, asObject, asText, asTime, type Fields, metadataOf, parseKept} from './reading/fields.js';
import {filesBelow} from './reading/files-below.js';
import {boundInput, OpenCalls} from './reading/open-calls.js';
import {readWhole} from './reading/whole-files.js';
import type {ReadCall, Source, SourceEvent, SourceFile, SourceItem, SourcePlaces} from './source.js';
import {jsonRows} from './sqlite/json-rows.js';

const PARTS = 64;
const MAGIC = 'SQLite format 3\0';
const CONTENTS = new Set(['file_text', 'content']);
const QUERY = [
  "SELECT json_object('id', m.id, 'message', m.message_id, 'session', m.session_id, 'role', m.role, 'content', m.content_json,",
  "'time', m.created_timestamp, 'cwd', s.working_dir) FROM messages m LEFT JOIN sessions s ON s.id = m.session_id ORDER BY m.id",
].join(' ');

/** Goose, from 1.10 on: one database of messages, whose times are in seconds. */
export const goose: Source = {
  agent: 'goose',
  holds: 'all',

  async find({env, accountHome}: SourcePlaces): Promise<readonly SourceFile[]> {
    const folder = join(env['XDG_DATA_HOME'] || join(accountHome, '.local', 'share'), 'goose', 'sessions');
    return filesBelow(folder, {depth: 0, wants: (name) => name === 'sessions.db'}).map((file) => databaseAt(file.path) ?? file);
  },

  read(file: SourceFile, call: ReadCall): AsyncGenerator<SourceItem> {
    return readWhole(
      file,
      call,
      () => eventsIn(file.path, call.isAtRest),
      () => databaseAt(file.path),
    );
  },

  recognizes(start: Buffer, path: string): boolean {
    return basename(path) === 'sessions.db' && start.toString('latin1', 0, MAGIC.length) === MAGIC;
  },
};

async function* eventsIn(path: string, isAtRest: boolean): AsyncGenerator<SourceEvent> {
  const calls = new OpenCalls();
  for await (const row of jsonRows(path, QUERY)) {
    for (const [at, value] of blocksOf(row['content']).entries()) yield* eventsOf(row, asObject(value) ?? {}, at, calls);
  }
  if (isAtRest) yield* calls.interruptAll();
}

function eventsOf(row: Fields, block: Fields, at: number, calls: OpenCalls): readonly SourceEvent[] {
  const seconds = row['time'];
  const time = typeof seconds === 'number' ? asTime(seconds < 1e11 ? seconds * 1000 : seconds) : undefined;
  const id = `${asText(row['message']) ?? `${String(row['session'])}-${String(row['id'])}`}#${at}`;
  const common = {
    sessionId: String(row['session']),
    eventId: id,
    time,
    isTimeGuessed: time === undefined,
    seq: Number(row['id']) * PARTS + Math.min(at, PARTS - 1),
    cwd: asText(row['cwd']),
    gitBranch: undefined,
    metadata: {},
  } as const;
  const callId = asText(block['id']) ?? id;
  switch (block['type']) {
    case 'text': {
      const text = asText(block['text']) ?? '';
      if (text.trim() === '') return [];
      if (row['role'] === 'user') return [{...common, type: 'user_message', role: 'user', text}];
      return [{...common, type: 'assistant_message', role: 'assistant', text}];
    }
    case 'toolRequest': {
      const call = asObject(asObject(block['toolCall'])?.['value']);
      const metadata = metadataOf({tool_name: asText(call?.['name']), tool_input: boundInput(call?.['arguments'], CONTENTS)});
      return calls.open(callId, {...common, type: 'tool_result', role: 'tool', text: '', eventId: callId, metadata});
    }
    case 'toolResponse': {
      const result = asObject(block['toolResult']);
      const value = asObject(result?.['value']);
      const content = Array.isArray(result?.['value']) ? result['value'] : value?.['content'];
      const texts = asList(content).flatMap((part) => asText(asObject(part)?.['text']) ?? []);
      const isError = result?.['status'] === 'error' || value?.['isError'] === true;
      const text = texts.join('\n') || (asText(result?.['error']) ?? '');
      const metadata = metadataOf({...calls.close(callId), is_error: isError ? true : undefined});
      return [{...common, type: 'tool_result', role: 'tool', text, eventId: callId, metadata}];
    }
    default:
      return [];
  }
}

function blocksOf(json: unknown): readonly unknown[] {
  try {
    return asList(parseKept(String(json)));
  } catch {
    return [];
  }
}
