import {readFileSync} from 'node:fs';
import {basename, join} from 'node:path';
import {HistoryMapper} from './claude-code/history.js';
import {TranscriptMapper} from './claude-code/mapper.js';
import {asObject, asText, type Fields} from './reading/fields.js';
import {filesBelow, sourceFileAt} from './reading/files-below.js';
import {readLines} from './reading/lines.js';
import {startLines} from './reading/start-lines.js';
import type {ReadCall, Source, SourceFile, SourceItem, SourcePlaces} from './source.js';

const DEFAULT_DAYS = 30;
const HISTORY = 'history.jsonl';
/** Projects, sessions, `subagents`, `workflows`, a workflow. */
const DEPTH = 5;
const NOT_TRANSCRIPTS = new Set(['tool-results', 'memory']);

/**
 * Claude Code: a transcript for each session, beside it a folder with those of its subagents, and a list of all prompts. It deletes
 * transcripts after `cleanupPeriodDays`, 30 by default; the list stays.
 */
export const claudeCode: Source = {
  agent: 'claude-code',
  holds: 'all',

  async find(places: SourcePlaces): Promise<readonly SourceFile[]> {
    const folder = folderOf(places);
    const wants = (name: string) => name.endsWith('.jsonl');
    const files = filesBelow(join(folder, 'projects'), {depth: DEPTH, wants, except: NOT_TRANSCRIPTS});
    const history = sourceFileAt(join(folder, HISTORY));
    return history === undefined ? files : [...files, history];
  },

  read(file: SourceFile, call: ReadCall): AsyncGenerator<SourceItem> {
    return readLines(file, call, (state) =>
      basename(file.path) === HISTORY ? new HistoryMapper(file.path) : new TranscriptMapper(file.path, state),
    );
  },

  keepsDays(places: SourcePlaces): number {
    return cleanupPeriodDays(folderOf(places)) ?? DEFAULT_DAYS;
  },

  recognizes(start: Buffer, path: string): boolean {
    if (basename(path) === HISTORY) return startLines(start).some((line) => 'display' in line && 'timestamp' in line && 'project' in line);
    return startLines(start).some(isOfTranscript);
  },
};

function folderOf({env, accountHome}: SourcePlaces): string {
  return env['CLAUDE_CONFIG_DIR'] || join(accountHome, '.claude');
}

/** As its user set it. Settings that cannot be read say nothing: this is for a warning only. */
function cleanupPeriodDays(folder: string): number | undefined {
  try {
    const days = asObject(JSON.parse(readFileSync(join(folder, 'settings.json'), 'utf8')))?.['cleanupPeriodDays'];
    return typeof days === 'number' && days >= 0 ? days : undefined;
  } catch {
    return undefined;
  }
}

function isOfTranscript(line: Fields): boolean {
  switch (line['type']) {
    case 'user':
    case 'assistant':
      // Qwen Code's lines look the same but for the message.
      return asObject(line['message'])?.['content'] !== undefined && ('sessionId' in line || 'uuid' in line);
    case 'file-history-snapshot':
      return 'snapshot' in line;
    case 'summary':
      return 'leafUuid' in line;
    case 'queue-operation':
      return 'operation' in line && 'sessionId' in line;
    case 'attachment':
      return asObject(line['attachment']) !== undefined && 'sessionId' in line;
    case 'progress':
    case 'system':
      return 'parentUuid' in line && asText(line['sessionId']) !== undefined;
    default:
      return false;
  }
}
