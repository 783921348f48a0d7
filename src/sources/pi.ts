import {basename, join} from 'node:path';
import {asList, asObject, asText, asTime, type Fields, hashId, metadataOf} from './reading/fields.js';
import {filesBelow} from './reading/files-below.js';
import {readLines} from './reading/lines.js';
import {boundInput} from './reading/open-calls.js';
import {SessionMapper} from './reading/session-mapper.js';
import {startLines} from './reading/start-lines.js';
import type {ReadCall, Source, SourceEvent, SourceFile, SourceItem, SourcePlaces} from './source.js';

const DEPTH = 1;
const CONTENTS = new Set(['content']);
const IMAGE = '[image]';

/** pi: a tree of entries for each session. All branches of it are taken: what was said stays said. */
export const pi: Source = {
  agent: 'pi',
  holds: 'all',

  async find({env, accountHome}: SourcePlaces): Promise<readonly SourceFile[]> {
    const folders = [env['PI_CODING_AGENT_DIR'] || join(accountHome, '.pi', 'agent'), join(accountHome, '.omp', 'agent')];
    const wants = (name: string) => name.endsWith('.jsonl');
    return folders.flatMap((folder) => filesBelow(join(folder, 'sessions'), {depth: DEPTH, wants}));
  },

  read(file: SourceFile, call: ReadCall): AsyncGenerator<SourceItem> {
    return readLines(file, call, (state) => new PiMapper(basename(file.path, '.jsonl').replace(/^.*_/, ''), state));
  },

  recognizes(start: Buffer): boolean {
    const [first] = startLines(start);
    return first?.['type'] === 'session' && 'id' in first && 'timestamp' in first && 'cwd' in first;
  },
};

class PiMapper extends SessionMapper {
  protected record(record: Fields): readonly SourceEvent[] {
    switch (record['type']) {
      case 'session':
        this.set({id: asText(record['id']), cwd: asText(record['cwd']), model: asText(record['modelId'])});
        return [this.event({type: 'session_start', role: 'system', text: '', eventId: asText(record['id']) ?? this.setting.id})];
      case 'model_change':
        this.set({model: asText(record['modelId'])});
        return [];
      case 'compaction':
      case 'branch_summary': {
        const text = asText(record['summary']) ?? '';
        return text === '' ? [] : [this.event({type: 'summary', role: 'system', text, eventId: idOf(record, text)})];
      }
      case 'message':
        return this.#message(record, asObject(record['message']) ?? {});
      default:
        return [];
    }
  }

  /** The message's own time is that of its making, in a copy of it too. */
  protected override timeOf(record: Fields): unknown {
    const messageTime = asObject(record['message'])?.['timestamp'];
    return asTime(messageTime) === undefined ? record['timestamp'] : messageTime;
  }

  #message(record: Fields, message: Fields): readonly SourceEvent[] {
    const {content} = message;
    const blocks = typeof content === 'string' ? [{type: 'text', text: content}] : asList(content).map((block) => asObject(block) ?? {});
    const text = blocks.flatMap((block: Fields) => (block['type'] === 'text' ? (asText(block['text']) ?? []) : [])).join('\n');
    const images = blocks.filter(({type}) => type === 'image').length;
    const id = idOf(record, JSON.stringify(message));
    const facts = metadataOf({images: images > 0 ? images : undefined});
    switch (message['role']) {
      case 'user':
        return text.trim() === '' && images === 0 ? [] : [this.prompt(text.trim() === '' ? IMAGE : text, id, facts)];
      case 'assistant':
        return this.#assistant(message, blocks, id);
      case 'toolResult': {
        const callId = asText(message['toolCallId']) ?? id;
        const isError = message['isError'] === true ? true : undefined;
        const metadata = metadataOf({tool_name: asText(message['toolName']), ...this.calls.close(callId), ...facts, is_error: isError});
        return [this.toolResult(text === '' && images > 0 ? IMAGE : text, callId, metadata)];
      }
      case 'bashExecution':
        return [this.#bash(message, id)];
      default:
        return [];
    }
  }

  #assistant(message: Fields, blocks: readonly Fields[], id: string): readonly SourceEvent[] {
    this.set({model: asText(message['model'])});
    const events: SourceEvent[] = [];
    for (const [at, block] of blocks.entries()) {
      const text = block['type'] === 'text' ? (asText(block['text']) ?? '') : '';
      if (text.trim() !== '') events.push(this.answer(text, `${id}#${at}`, {}, at));
      const thought = block['type'] === 'thinking' ? (asText(block['thinking']) ?? '') : '';
      if (thought.trim() !== '') events.push(this.thought(thought, `${id}#${at}`, {}, at));
      if (block['type'] !== 'toolCall') continue;
      const name = asText(block['name']) ?? '';
      const input = boundInput(block['arguments'], name === 'write' ? CONTENTS : new Set());
      events.push(...this.call(asText(block['id']) ?? `${id}#${at}`, name, input, at));
    }
    const reason = message['stopReason'];
    if (reason !== 'aborted' && reason !== 'error') return events;
    const facts = metadataOf({
      reason,
      interrupted: reason === 'aborted' ? true : undefined,
      is_error: reason === 'error' ? true : undefined,
    });
    const text = asText(message['errorMessage']) ?? '';
    return [
      ...events,
      this.event({type: 'assistant_stop', role: 'system', text, eventId: `${id}#stop`, part: blocks.length, metadata: facts}),
    ];
  }

  /** A command that the user ran himself. */
  #bash(message: Fields, id: string): SourceEvent {
    const code = message['exitCode'];
    const metadata = metadataOf({
      tool_name: 'bash',
      tool_input: boundInput({command: message['command']}, CONTENTS),
      exit_code: typeof code === 'number' ? code : undefined,
      is_error: typeof code === 'number' && code !== 0 ? true : undefined,
      interrupted: message['cancelled'] === true ? true : undefined,
    });
    return this.toolResult(asText(message['output']) ?? '', id, metadata);
  }
}

/** Entries' ids are short, and unique in their session only; the oldest ones have none. The time in the identity tells them apart. */
function idOf(record: Fields, said: string): string {
  return asText(record['id']) ?? hashId(said);
}
