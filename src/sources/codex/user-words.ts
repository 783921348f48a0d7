/** A part of a message of the role `user`: most of a session's first ones are not what the user typed. */
export interface Words {
  readonly role: 'user' | 'system';
  readonly text: string;
}

/** What Codex tells the model in the user's place. */
const INJECTED = [
  '# AGENTS.md',
  '<environment_context',
  '<INSTRUCTIONS>',
  '<user_instructions>',
  '<skill>',
  '<goal_context>',
  '<codex_internal_context',
  '<turn_aborted>',
  '<permissions instructions>',
  '<collaboration_mode>',
];
/** What happened, told by a machine. */
const OF_MACHINE = ['<user_shell_command>', '<subagent_notification>'];
const REQUEST = '\n## My request for Codex:';
/** What stands around an image. */
const IMAGE_TAG = /^<\/?image\b[^>]{0,200}>$/;

/** Undefined where nothing is left. */
export function wordsOf(given: string): Words | undefined {
  const text = given.trimStart();
  if (text.trimEnd() === '' || IMAGE_TAG.test(text.trimEnd()) || INJECTED.some((start) => text.startsWith(start))) return undefined;
  if (OF_MACHINE.some((start) => text.startsWith(start))) return {role: 'system', text: given};
  // An editor puts its open files before the request, as sections of their own.
  const at = text.startsWith('# ') ? text.indexOf(REQUEST) : -1;
  if (at < 0) return {role: 'user', text: given};
  const request = text.slice(at + REQUEST.length).trim();
  return request === '' ? undefined : {role: 'user', text: request};
}
