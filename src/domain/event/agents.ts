/** The agents whose conversations mem reads, by their names in events. */
export const AGENT_NAMES = [
  'claude-code',
  'codex',
  'gemini-cli',
  'qwen-code',
  'opencode',
  'copilot-cli',
  'pi',
  'cursor',
  'goose',
  'aider',
] as const;
export type AgentName = (typeof AGENT_NAMES)[number];
