import {type Rejection, rejected} from './rejection.js';

/** The fields that identify a hook's payload; each may be missing. */
interface MaybePayload {
  readonly hook_event_name?: unknown;
  readonly type?: unknown;
}

/** What `mem connect` calls them. */
const AGENT_NAMES = {'Claude Code': 'claude-code', Codex: 'codex', 'Gemini CLI': 'gemini-cli'} as const;
type HookAgent = keyof typeof AGENT_NAMES;

/**
 * Recognizes what an agent's hook sends to the command that it starts. It is not an event: it names no type and no text in our words, and
 * its fields differ from hook to hook.
 * @param line the object of a line that is not an event
 */
export function recognizeHookPayload(line: MaybePayload): Rejection | undefined {
  const name = line.hook_event_name;
  if (typeof name === 'string') return payload(agentOf(name, line), `hook ${name.slice(0, 60)}`);
  if (line.type === 'agent-turn-complete' && 'thread-id' in line) return payload('Codex', 'notification');
  return undefined;
}

function agentOf(name: string, line: MaybePayload): HookAgent {
  if (/^(Before|After)(Agent|Tool|Model)|^PreCompress$/.test(name)) return 'Gemini CLI';
  if ('timestamp' in line) return 'Gemini CLI';
  return 'turn_id' in line ? 'Codex' : 'Claude Code';
}

function payload(agent: HookAgent, what: string): Rejection {
  return rejected(
    'HOOK_PAYLOAD',
    `is the payload of a ${agent} ${what}, not an event`,
    `have mem read the agent's own files instead: mem connect ${AGENT_NAMES[agent]}`,
  );
}
