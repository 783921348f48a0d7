import {basename, dirname, join, sep} from 'node:path';
import type {JsonValue} from '../domain/event/event.js';
import {asKept, asList, asObject, asText, type Fields, hashId, metadataOf} from './reading/fields.js';
import {filesBelow} from './reading/files-below.js';
import {readLines} from './reading/lines.js';
import {boundInput} from './reading/open-calls.js';
import {SessionMapper} from './reading/session-mapper.js';
import {startLines} from './reading/start-lines.js';
import type {ReadCall, Source, SourceEvent, SourceFile, SourceItem, SourcePlaces} from './source.js';

/** A project, `agent-transcripts`, a session, `subagents`. */
const DEPTH = 4;
const FOLDER = 'agent-transcripts';
const CONTENTS = new Set(['contents', 'content']);

/** Cursor's agent: transcripts without times, ids or what tools gave. Its editor keeps more, in a database that is not read. */
export const cursor: Source = {
  agent: 'cursor',
  holds: 'no-times',

  async find({accountHome}: SourcePlaces): Promise<readonly SourceFile[]> {
    const wants = (name: string, path: string) => name.endsWith('.jsonl') && path.split(sep).includes(FOLDER);
    return filesBelow(join(accountHome, '.cursor', 'projects'), {depth: DEPTH, wants});
  },

  read(file: SourceFile, call: ReadCall): AsyncGenerator<SourceItem> {
    return readLines(file, call, (state) => new CursorMapper(file.path, state));
  },

  recognizes(start: Buffer): boolean {
    return startLines(start).some(
      (line) =>
        (line['role'] === 'user' || line['role'] === 'assistant') &&
        !('type' in line) &&
        Array.isArray(asObject(line['message'])?.['content']),
    );
  },
};

class CursorMapper extends SessionMapper {
  #at: number;

  constructor(path: string, state: ConstructorParameters<typeof SessionMapper>[1]) {
    const name = basename(path, '.jsonl');
    const isSubagent = basename(dirname(path)) === 'subagents';
    const kept = asObject(state);
    super(isSubagent ? basename(dirname(dirname(path))) : name, asKept<JsonValue>(kept?.['session']));
    if (isSubagent) this.set({agentId: name});
    this.#at = typeof kept?.['at'] === 'number' ? kept['at'] : 0;
  }

  override state() {
    return {session: super.state() ?? null, at: this.#at};
  }

  protected record(record: Fields): readonly SourceEvent[] {
    const {role} = record;
    if (role !== 'user' && role !== 'assistant') return [];
    // Its place among the messages is all that it is known by.
    const at = ++this.#at;
    const blocks = asList(asObject(record['message'])?.['content']).map((block) => asObject(block) ?? {});
    return blocks.flatMap((block, part) => {
      const id = hashId(at, part, String(role));
      const text = block['type'] === 'text' ? (asText(block['text']) ?? '') : '';
      if (block['type'] === 'tool_use') {
        const metadata = metadataOf({tool_name: asText(block['name']), tool_input: boundInput(block['input'], CONTENTS)});
        return [this.toolResult('', asText(block['id']) ?? id, metadata, part)];
      }
      if (text.trim() === '') return [];
      if (role === 'assistant') return [this.answer(text, id, {}, part)];
      const said = typed(text);
      return said === '' ? [] : [this.prompt(said, id)];
    });
  }
}

/** What stands between the marks; around them stands what the editor adds. */
function typed(text: string): string {
  const from = text.indexOf('<user_query>');
  const to = text.lastIndexOf('</user_query>');
  if (from >= 0 && to > from) return text.slice(from + '<user_query>'.length, to).trim();
  return /^<[a-z_]+>/.test(text.trimStart()) ? '' : text;
}
