import {basename, dirname, join} from 'node:path';
import type {JsonValue} from '../domain/event/event.js';
import {asList, asObject, asText, type Fields, hashId, metadataOf} from './reading/fields.js';
import {filesBelow} from './reading/files-below.js';
import {readLines} from './reading/lines.js';
import {boundInput} from './reading/open-calls.js';
import {SessionMapper} from './reading/session-mapper.js';
import {startLines} from './reading/start-lines.js';
import type {ReadCall, Source, SourceEvent, SourceFile, SourceItem, SourcePlaces} from './source.js';

const DEPTH = 2;
const CONTENTS = new Set(['content']);
const TYPES = new Set(['user', 'assistant', 'tool_result']);

/** Qwen Code: a chat for each session, in lines with ids like those of Claude Code and messages like those of Gemini CLI. */
export const qwenCode: Source = {
  agent: 'qwen-code',
  holds: 'all',

  async find({env, accountHome}: SourcePlaces): Promise<readonly SourceFile[]> {
    const folder = join(env['QWEN_HOME'] || join(accountHome, '.qwen'), 'projects');
    const wants = (name: string, path: string) => name.endsWith('.jsonl') && basename(dirname(path)) === 'chats';
    return filesBelow(folder, {depth: DEPTH, wants});
  },

  read(file: SourceFile, call: ReadCall): AsyncGenerator<SourceItem> {
    return readLines(file, call, (state) => new QwenMapper(basename(file.path, '.jsonl'), state));
  },

  recognizes(start: Buffer): boolean {
    return startLines(start).some((line) => TYPES.has(String(line['type'])) && Array.isArray(asObject(line['message'])?.['parts']));
  },
};

class QwenMapper extends SessionMapper {
  protected record(record: Fields): readonly SourceEvent[] {
    this.set({
      id: asText(record['sessionId']),
      cwd: asText(record['cwd']),
      gitBranch: asText(record['gitBranch']),
      version: asText(record['version']),
    });
    const parts = asList(asObject(record['message'])?.['parts']).map((part) => asObject(part) ?? {});
    const texts = parts.filter((part) => part['thought'] !== true).flatMap((part) => asText(part['text']) ?? []);
    const text = texts.join('\n');
    const id = asText(record['uuid']) ?? hashId(String(record['timestamp']), String(record['type']), text);
    switch (record['type']) {
      case 'user':
        return text.trim() === '' ? [] : [this.prompt(text, id)];
      case 'assistant':
        this.set({model: asText(record['model'])});
        return this.#assistant(parts, text, id);
      case 'tool_result':
        return parts.flatMap((part, at) => this.#result(part, asObject(record['toolCallResult']), `${id}#${at}`));
      default:
        return [];
    }
  }

  #assistant(parts: readonly Fields[], text: string, id: string): readonly SourceEvent[] {
    const thoughts = parts.filter((part) => part['thought'] === true).flatMap((part) => asText(part['text']) ?? []);
    const thought = thoughts.join('\n');
    const events = thought.trim() === '' ? [] : [this.thought(thought, `${id}#thought`)];
    if (text.trim() !== '') events.push(this.answer(text, id));
    for (const [at, part] of parts.entries()) {
      const call = asObject(part['functionCall']);
      const name = asText(call?.['name']);
      if (name === undefined) continue;
      const input: JsonValue | undefined = boundInput(call?.['args'], name === 'write_file' ? CONTENTS : new Set());
      events.push(...this.call(asText(call?.['id']) ?? `${id}#${at}`, name, input, at + 1));
    }
    return events;
  }

  #result(part: Fields, facts: Fields | undefined, fallback: string): readonly SourceEvent[] {
    const response = asObject(part['functionResponse']);
    if (response === undefined) return [];
    const id = asText(response['id']) ?? asText(facts?.['callId']) ?? fallback;
    const said = asObject(response['response']);
    const error = asText(said?.['error']);
    const text = asText(said?.['output']) ?? error ?? asText(facts?.['resultDisplay']) ?? '';
    const status = facts?.['status'];
    const metadata = metadataOf({
      tool_name: asText(response['name']),
      ...this.calls.close(id),
      is_error: status === 'error' || error !== undefined ? true : undefined,
      interrupted: status === 'cancelled' ? true : undefined,
    });
    return [this.toolResult(text, id, metadata)];
  }
}
