import {wordsOf} from '../claude-code/user-words.js';
import type {HookPayload, SourceEvent} from '../source.js';
import {asObject, asText, type Fields, hashId} from './fields.js';

const STOPS = new Set(['Stop', 'SubagentStop', 'SessionEnd', 'StopFailure']);

/**
 * What a hook said, of the agents whose payloads look like Claude Code's: these words count only where the transcript does not show them.
 * @returns undefined for what is no payload
 */
export function readHookPayload(bytes: Buffer): HookPayload | undefined {
  const payload = parse(bytes);
  const name = asText(payload?.['hook_event_name']);
  const sessionId = asText(payload?.['session_id']);
  if (payload === undefined || name === undefined || sessionId === undefined) return undefined;
  const paths = ['transcript_path', 'agent_transcript_path'].map((key) => asText(payload[key])).filter((path) => path !== undefined);
  return {paths, isStop: STOPS.has(name), event: wordsIn(payload, name, sessionId)};
}

function parse(bytes: Buffer): Fields | undefined {
  try {
    return asObject(JSON.parse(bytes.toString('utf8')));
  } catch {
    return undefined;
  }
}

function wordsIn(payload: Fields, name: string, sessionId: string): SourceEvent | undefined {
  const agentId = asText(payload['agent_id']);
  const common = {
    sessionId,
    // The caller sets its time: it knows when the bell rang.
    time: undefined,
    isTimeGuessed: false,
    seq: 0,
    cwd: asText(payload['cwd']),
    gitBranch: undefined,
    metadata: agentId === undefined ? {} : {agent_id: agentId},
    origin: 'hook',
  } as const;
  switch (name) {
    case 'UserPromptSubmit': {
      const words = wordsOf(asText(payload['prompt']) ?? '', {isMeta: false, isCompactSummary: false, isOfMachine: false});
      if (words.kind !== 'user') return undefined;
      const eventId = asText(payload['prompt_id']) ?? hashId('prompt', sessionId, words.text);
      return {...common, type: 'user_message', role: 'user', text: words.text, eventId};
    }
    case 'Stop':
    case 'SubagentStop': {
      const text = asText(payload['last_assistant_message']) ?? '';
      if (text.trim() === '') return undefined;
      return {...common, type: 'assistant_message', role: 'assistant', text, eventId: hashId(name, sessionId, agentId, text)};
    }
    default:
      return undefined;
  }
}
