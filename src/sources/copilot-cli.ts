import {basename, dirname, join} from 'node:path';
import {asObject, asText, type Fields, hashId, metadataOf} from './reading/fields.js';
import {filesBelow} from './reading/files-below.js';
import {readLines} from './reading/lines.js';
import {boundInput} from './reading/open-calls.js';
import {SessionMapper} from './reading/session-mapper.js';
import {startLines} from './reading/start-lines.js';
import type {ReadCall, Source, SourceEvent, SourceFile, SourceItem, SourcePlaces} from './source.js';

const DEPTH = 1;
const CONTENTS = new Set(['file_text']);
const TYPE = /^(session|user|assistant|tool|system|abort|hook|skill|subagent)(\.[a-z_.]+)?$/;

/** GitHub Copilot CLI: a folder for each session, with all that happened as lines. */
export const copilotCli: Source = {
  agent: 'copilot-cli',
  holds: 'all',

  async find({env, accountHome}: SourcePlaces): Promise<readonly SourceFile[]> {
    const folder = join(env['COPILOT_HOME'] || join(accountHome, '.copilot'), 'session-state');
    // Older ones lie in the folder itself, named by their session.
    const wants = (name: string, path: string) => name === 'events.jsonl' || (name.endsWith('.jsonl') && dirname(path) === folder);
    return filesBelow(folder, {depth: DEPTH, wants});
  },

  read(file: SourceFile, call: ReadCall): AsyncGenerator<SourceItem> {
    const name = basename(file.path, '.jsonl');
    return readLines(file, call, (state) => new CopilotMapper(name === 'events' ? basename(dirname(file.path)) : name, state));
  },

  recognizes(start: Buffer): boolean {
    return startLines(start).some(
      (line) => TYPE.test(String(line['type'])) && 'parentId' in line && 'id' in line && asObject(line['data']) !== undefined,
    );
  },
};

class CopilotMapper extends SessionMapper {
  protected record(record: Fields): readonly SourceEvent[] {
    const data = asObject(record['data']) ?? {};
    const id = asText(record['id']) ?? hashId(String(record['timestamp']), JSON.stringify(data));
    switch (record['type']) {
      case 'session.start':
      case 'session.resume':
        return this.#start(data, id, record['type'] === 'session.start');
      case 'session.model_change':
        this.set({model: asText(data['newModel'])});
        return [];
      case 'user.message':
        return this.#user(data, id);
      case 'assistant.message': {
        const text = asText(data['content']) ?? '';
        return text.trim() === '' ? [] : [this.answer(text, id, metadataOf({agent_id: asText(data['parentToolCallId'])}))];
      }
      case 'assistant.reasoning': {
        const text = asText(data['content']) ?? '';
        return text.trim() === '' ? [] : [this.thought(text, id, metadataOf({agent_id: asText(data['parentToolCallId'])}))];
      }
      case 'tool.execution_start': {
        const name = asText(data['toolName']) ?? '';
        const input = boundInput(data['arguments'], name === 'create' ? CONTENTS : new Set());
        return this.call(asText(data['toolCallId']) ?? id, name, input);
      }
      case 'tool.execution_complete':
        return [this.#result(data, id)];
      case 'session.error':
        return [this.#stop(asText(data['message']) ?? '', id, {is_error: true})];
      case 'abort':
        return [this.#stop('', id, metadataOf({reason: asText(data['reason']), interrupted: true}))];
      case 'session.compaction_complete': {
        const text = asText(data['summaryContent']) ?? '';
        return text === '' ? [] : [this.event({type: 'summary', role: 'system', text, eventId: id})];
      }
      default:
        return [];
    }
  }

  #start(data: Fields, id: string, isNew: boolean): readonly SourceEvent[] {
    const context = asObject(data['context']);
    this.set({
      id: asText(data['sessionId']),
      cwd: asText(context?.['cwd']),
      gitBranch: asText(context?.['branch']),
      version: asText(data['copilotVersion']),
      model: asText(data['selectedModel']),
    });
    return isNew ? [this.event({type: 'session_start', role: 'system', text: '', eventId: id})] : [];
  }

  #user(data: Fields, id: string): readonly SourceEvent[] {
    const text = asText(data['content']) ?? '';
    const source = asText(data['source']) ?? 'user';
    if (text.trim() === '' || source.startsWith('skill-') || text.trimStart().startsWith('<skill-context')) return [];
    // What another source says is not the user.
    if (source !== 'user') return [this.event({type: 'user_message', role: 'system', text, eventId: id})];
    return [this.prompt(text, id)];
  }

  #result(data: Fields, fallback: string): SourceEvent {
    const id = asText(data['toolCallId']) ?? fallback;
    const error = asObject(data['error']);
    const result = asObject(data['result']);
    const text =
      asText(result?.['content']) ?? asText(result?.['detailedContent']) ?? asText(error?.['message']) ?? asText(data['result']) ?? '';
    const isRefused = error?.['code'] === 'rejected' || error?.['code'] === 'denied';
    const metadata = metadataOf({
      ...this.calls.close(id),
      is_error: data['success'] === false ? true : undefined,
      refused: isRefused ? true : undefined,
      agent_id: asText(data['parentToolCallId']),
    });
    return this.toolResult(text, id, metadata);
  }

  #stop(text: string, eventId: string, metadata: SourceEvent['metadata']): SourceEvent {
    return this.event({type: 'assistant_stop', role: 'system', text, eventId, metadata});
  }
}
