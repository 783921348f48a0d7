type Json = Readonly<Record<string, unknown>>;

export const THREAD = '0199aaaa-1111-7222-8333-444444444444';
export const FOLDER = '.codex/sessions/2025/09/24';
export const ROLLOUT = `${FOLDER}/rollout-2025-09-24T10-00-00-${THREAD}.jsonl`;

/** The time of the n-th line. */
export const timeOf = (n: number): string => new Date(Date.UTC(2025, 8, 24, 10, 0, n)).toISOString();

export const aLine = (n: number, type: string, payload: Json): string => JSON.stringify({timestamp: timeOf(n), type, payload});

export const aMeta = (n: number, members: Json = {}): string =>
  aLine(n, 'session_meta', {
    id: THREAD,
    timestamp: timeOf(n),
    cwd: '/srv/kitchen',
    originator: 'codex_cli',
    cli_version: '0.104.0',
    git: {branch: 'soup', repository_url: 'git@example.org:kitchen.git'},
    ...members,
  });
export const aTurn = (n: number, id: string): string => aLine(n, 'turn_context', {turn_id: id, cwd: '/srv/kitchen', model: 'test-model'});
export const aPrompt = (n: number, text: string): string =>
  aLine(n, 'response_item', {type: 'message', role: 'user', content: [{type: 'input_text', text}]});
export const anAnswer = (n: number, text: string, members: Json = {}): string =>
  aLine(n, 'response_item', {type: 'message', role: 'assistant', content: [{type: 'output_text', text}], ...members});
export const aCall = (n: number, id: string, name: string, input: unknown): string =>
  aLine(n, 'response_item', {type: 'function_call', name, arguments: JSON.stringify(input), call_id: id});
export const anOutput = (n: number, id: string, output: unknown): string =>
  aLine(n, 'response_item', {type: 'function_call_output', call_id: id, output});
export const aNote = (n: number, type: string, members: Json): string => aLine(n, 'event_msg', {type, ...members});

export const linesOf = (...lines: readonly string[]): string => `${lines.join('\n')}\n`;
