export type Agent = 'claude-code' | 'codex';

export interface ExpectedEvent {
  readonly event_type: string;
  readonly event_id?: string;
  readonly text?: string;
  readonly metadata?: object;
}

export const CWD = '/home/ines/src/tidewatch';

export const COMMON = {
  'claude-code': {session_id: '7c9a2f4e-51d0-4b8e-9a37-0e6d8f1b2c35', agent: 'claude-code', project: 'tidewatch', source: 'hook'},
  codex: {session_id: '019cadf0-51c2-7b03-8f5e-6f2f0ad1c9e4', agent: 'codex', project: 'tidewatch', source: 'hook'},
};

const NOTHING: readonly ExpectedEvent[] = [];

/** The events of each fixture, without the fields of COMMON; `metadata` without `cwd`. */
export const EXPECTED: Readonly<Record<Agent, Readonly<Record<string, readonly ExpectedEvent[]>>>> = {
  'claude-code': {
    notification: NOTHING,
    'post-tool-use-bash': [
      {
        event_type: 'tool_result',
        event_id: 'toolu_01A',
        text: '3 failed, 1 passed\nnpm warn old lockfile',
        metadata: {tool_name: 'Bash', tool_input: {command: 'npm test', description: 'Run the tests'}},
      },
    ],
    'post-tool-use-edit': [
      {
        event_type: 'tool_result',
        event_id: 'toolu_01C',
        text: 'day-rows.ts\n-const offset = 1;\n+const instant = 1;',
        metadata: {tool_name: 'Edit', tool_input: {file_path: 'day-rows.ts'}},
      },
    ],
    'post-tool-use-failure': [
      {
        event_type: 'tool_result',
        event_id: 'toolu_01E',
        text: "Exit code 2\nmake: *** No rule to make target 'tables'.",
        metadata: {tool_name: 'Bash', tool_input: {command: 'make tables'}, is_error: true},
      },
    ],
    'post-tool-use-mcp': [
      {
        event_type: 'tool_result',
        event_id: 'toolu_01D',
        text: 'HW 05:47\nHW 18:20',
        metadata: {agent_id: 'a3f1', agent_type: 'Explore', tool_name: 'mcp__tides__predict'},
      },
    ],
    'post-tool-use-read': [
      {
        event_type: 'tool_result',
        event_id: 'toolu_01B',
        text: 'export function dayRows() {}\n',
        metadata: {tool_name: 'Read', tool_input: {file_path: `${CWD}/api/src/tables/day-rows.ts`}},
      },
    ],
    'pre-compact': NOTHING,
    'pre-tool-use': NOTHING,
    'session-end': [{event_type: 'session_end', metadata: {reason: 'prompt_input_exit'}}],
    'session-start': [{event_type: 'session_start', metadata: {source: 'startup', model: 'claude-sonnet-4-5'}}],
    stop: [{event_type: 'assistant_message', text: 'The offset was read once per day. Each instant is now converted on its own.'}],
    'stop-failure': [{event_type: 'assistant_stop', text: 'rate_limit\n429 Too Many Requests', metadata: {is_error: true}}],
    'stop-without-message': [{event_type: 'assistant_stop'}],
    'subagent-start': [{event_type: 'subagent_start', metadata: {agent_id: 'a3f1', agent_type: 'Explore'}}],
    'subagent-stop': [
      {
        event_type: 'subagent_stop',
        text: 'Three places assume that a day has 24 hours.',
        metadata: {agent_id: 'a3f1', agent_type: 'Explore'},
      },
    ],
    unknown: NOTHING,
    'user-prompt-submit': [
      {event_type: 'user_message', event_id: 'prm_01J8Z0', text: 'Why is high water an hour early on 29 March?\nLook at Büsum, too.'},
    ],
  },
  codex: {
    notify: [
      {event_type: 'user_message', event_id: '4:user', text: 'Can you prove it with a test?'},
      {event_type: 'assistant_message', event_id: '4:assistant', text: 'Proved: 40 readings instead of 20.'},
    ],
    'notify-unknown': NOTHING,
    'permission-request': NOTHING,
    'post-compact': NOTHING,
    'post-tool-use': [
      {
        event_type: 'tool_result',
        event_id: 'call_7Kd',
        text: 'ok  \ttidewatch/collector/internal/queue\t0.611s\n',
        metadata: {tool_name: 'Bash', tool_input: {command: 'go test ./...'}},
      },
    ],
    'post-tool-use-mcp': [
      {event_type: 'tool_result', event_id: 'call_9Mf', text: 'HW 05:47', metadata: {tool_name: 'mcp__tides__predict'}},
    ],
    'post-tool-use-wrapped': [
      {
        event_type: 'tool_result',
        event_id: 'call_8Le',
        text: 'queue.go:97: possible misuse',
        metadata: {tool_name: 'shell', tool_input: {command: 'bash -lc go vet ./...'}},
      },
    ],
    'pre-tool-use': NOTHING,
    'session-start': [{event_type: 'session_start', metadata: {source: 'startup', model: 'gpt-5-codex'}}],
    stop: [{event_type: 'assistant_message', text: 'The retry queue treats a timeout as "not delivered".'}],
    'stop-without-message': [{event_type: 'assistant_stop'}],
    'subagent-start': [{event_type: 'subagent_start', metadata: {agent_id: '019cae01', agent_type: 'explorer'}}],
    'subagent-stop': [
      {event_type: 'subagent_stop', text: 'Only queue.go retries.', metadata: {agent_id: '019cae01', agent_type: 'explorer'}},
    ],
    'user-prompt-submit': [{event_type: 'user_message', text: 'Tell me how readings can end up twice. Do not change anything yet.'}],
  },
};
