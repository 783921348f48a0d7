import type {AgentEvent} from '../event/event.js';
import {factText, linesOf, type ToolUse, textIn} from './tool-use.js';

const STARTED = 'Implement the following plan:';
/** How far into a text a plan's heading is looked for. */
const HEADING_CHARACTERS = 2_000;

/** The heading of a plan that the user approved: by leaving the agent's plan mode, or by starting a session with it. */
export function planOf({type, text}: AgentEvent, use: ToolUse | undefined): string {
  if (use?.name === 'exitplanmode' && !use.hasFailed) return planHeading(textIn(use.input, 'plan'));
  if (type === 'user_message' && text.startsWith(STARTED)) return planHeading(text.slice(STARTED.length));
  return '';
}

/** The first heading of a Markdown text, otherwise its first line; "Plan:" before it says nothing. */
export function planHeading(plan: string): string {
  const lines = [...linesOf(plan.slice(0, HEADING_CHARACTERS))].filter((line) => line.trim() !== '');
  const line = lines.find((candidate) => /^#{1,6} +\S/.test(candidate)) ?? lines[0] ?? '';
  const heading = line.replace(/^#+ +/, '').replace(/^(?:\w+ )?plan *[:–—-] +/i, '');
  return factText(heading);
}
