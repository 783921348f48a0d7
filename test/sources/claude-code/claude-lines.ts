type Json = Readonly<Record<string, unknown>>;

export const SESSION = '11111111-2222-4333-8444-555555555555';
export const PROJECT = '.claude/projects/-srv-kitchen';
export const TRANSCRIPT = `${PROJECT}/${SESSION}.jsonl`;

/** The time of the n-th record. */
export const timeOf = (n: number): string => new Date(Date.UTC(2024, 2, 5, 9, 0, n)).toISOString();

/** A line of a transcript, with what all of them have. @param n its place, which gives id and time */
export function aLine(n: number, members: Json): string {
  return JSON.stringify({
    parentUuid: n === 1 ? null : `u-${n - 1}`,
    isSidechain: false,
    userType: 'external',
    cwd: '/srv/kitchen',
    sessionId: SESSION,
    version: '2.1.40',
    gitBranch: 'soup',
    uuid: `u-${n}`,
    timestamp: timeOf(n),
    ...members,
  });
}

/** What the user typed, or what stands in its place. */
export function aUser(n: number, content: unknown, members: Json = {}): string {
  return aLine(n, {type: 'user', message: {role: 'user', content}, ...members});
}

/** A line of the agent's message. */
export function anAnswer(n: number, blocks: readonly Json[], {id = `m-${n}`, ...members}: Json = {}): string {
  return aLine(n, {type: 'assistant', message: {id, type: 'message', role: 'assistant', model: 'test-model', content: blocks}, ...members});
}

export const aText = (text: string): Json => ({type: 'text', text});
export const aCall = (id: string, name: string, input: Json): Json => ({type: 'tool_use', id, name, input});
export const aResult = (id: string, content: unknown, members: Json = {}): Json => ({
  tool_use_id: id,
  type: 'tool_result',
  content,
  ...members,
});

export const linesOf = (...lines: readonly string[]): string => `${lines.join('\n')}\n`;
