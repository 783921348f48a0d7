/** The agents whose hook at the start of a session takes an answer. */
export const ANSWERED_AGENTS = ['claude-code', 'codex', 'gemini-cli', 'qwen-code', 'copilot-cli', 'cursor'] as const;
export type AnsweredAgent = (typeof ANSWERED_AGENTS)[number];

/**
 * What a hook prints so that an agent takes a text into its context, after the agents' own documents. Claude Code and Codex take plain text;
 * to the others it is no answer, or one for the user alone.
 */
export function hookAnswer(agent: AnsweredAgent, text: string): string {
  switch (agent) {
    case 'claude-code':
    case 'codex':
      return text;
    case 'gemini-cli':
    case 'qwen-code':
      return lineOf({hookSpecificOutput: {hookEventName: 'SessionStart', additionalContext: text}});
    case 'copilot-cli':
      return lineOf({additionalContext: text});
    case 'cursor':
      return lineOf({additional_context: text});
  }
}

function lineOf(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}
