import type {AgentName} from './agents.js';

/** How each agent takes up a session again, in the folder in which it began. Those that cannot from a terminal are missing. */
const RESUMES: Partial<Record<AgentName, (id: string) => readonly string[]>> = {
  'claude-code': (id) => ['claude', '--resume', id],
  codex: (id) => ['codex', 'resume', id],
  'gemini-cli': (id) => ['gemini', '--resume', id],
  'qwen-code': (id) => ['qwen', '--resume', id],
  opencode: (id) => ['opencode', '-s', id],
  'copilot-cli': (id) => ['copilot', '--resume', id],
  pi: (id) => ['pi', '--session', id],
  goose: (id) => ['goose', 'session', '--resume', '--session-id', id],
  // It keeps one history per folder.
  aider: () => ['aider', '--restore-chat-history'],
};

/** The words of an agent's own command; undefined for an agent that has none. */
export function resumeCommand(agent: string, sessionId: string): readonly string[] | undefined {
  return new Map(Object.entries(RESUMES)).get(agent)?.(sessionId);
}
