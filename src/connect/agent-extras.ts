import {existsSync} from 'node:fs';
import {join} from 'node:path';
import type {HookWish} from './hook-entries.js';
import type {AgentPlaces} from './hooked-agents.js';
import {memberOf, parseObject} from './json/json-tree.js';

/** Where an agent keeps its servers of the Model Context Protocol, for all projects of its user. */
export interface ServerPlace {
  /** A folder that is there when the agent is. */
  folder(places: AgentPlaces): string;
  path(places: AgentPlaces): string;
  /** By which keys of a JSON text the servers are found. */
  keys(text: string, path: string): readonly string[];
  value(starter: string): object;
}

/** What an agent asks at the start of a session, and takes the answer of into its context. */
export interface RecallPlace {
  folder(places: AgentPlaces): string;
  path(places: AgentPlaces): string;
  /** What the file is to hold where it is missing or empty. */
  readonly blank: string;
  wish(command: string): HookWish;
  readonly notes: readonly string[];
}

export const EMPTY = '{}\n';
export const VERSIONED = '{\n  "version": 1\n}\n';
const SECONDS = 10;

const claude = ({env, accountHome}: AgentPlaces) => env['CLAUDE_CONFIG_DIR'] || join(accountHome, '.claude');
const codex = ({env, accountHome}: AgentPlaces) => env['CODEX_HOME'] || join(accountHome, '.codex');
const gemini = ({env, accountHome}: AgentPlaces) => join(env['GEMINI_CLI_HOME'] || accountHome, '.gemini');
const qwen = ({env, accountHome}: AgentPlaces) => env['QWEN_HOME'] || join(accountHome, '.qwen');
const copilot = ({env, accountHome}: AgentPlaces) => env['COPILOT_HOME'] || join(accountHome, '.copilot');
const cursor = ({accountHome}: AgentPlaces) => join(accountHome, '.cursor');
const opencode = ({env, accountHome}: AgentPlaces) => join(env['XDG_CONFIG_HOME'] || join(accountHome, '.config'), 'opencode');
const opencodeData = ({env, accountHome}: AgentPlaces) => join(env['XDG_DATA_HOME'] || join(accountHome, '.local', 'share'), 'opencode');

const started = (starter: string) => ({command: starter, args: ['mcp']});
const mcpServers = () => ['mcpServers'];
const server = (folder: ServerPlace['folder'], file: string, value: ServerPlace['value'] = started): ServerPlace => ({
  folder,
  path: (places) => join(folder(places), file),
  keys: mcpServers,
  value,
});

/** Every agent that takes servers from a file. Goose has YAML, pi and aider have no servers. */
export const SERVER_PLACES: Readonly<Record<string, ServerPlace>> = {
  'claude-code': {
    folder: claude,
    // Beside its folder, unless that was moved.
    path: ({env, accountHome}) => join(env['CLAUDE_CONFIG_DIR'] || accountHome, '.claude.json'),
    keys: mcpServers,
    value: (starter) => ({type: 'stdio', ...started(starter)}),
  },
  codex: server(codex, 'config.toml'),
  'gemini-cli': server(gemini, 'settings.json'),
  'qwen-code': server(qwen, 'settings.json'),
  'copilot-cli': server(copilot, 'mcp-config.json', (starter) => ({type: 'local', ...started(starter), tools: ['*']})),
  cursor: server(cursor, 'mcp.json'),
  opencode: {
    folder: (places) => [opencode(places), opencodeData(places)].find((folder) => existsSync(folder)) ?? opencode(places),
    path(places) {
      const paths = ['opencode.jsonc', 'opencode.json'].map((name) => join(opencode(places), name));
      return paths.find((path) => existsSync(path)) ?? join(opencode(places), 'opencode.json');
    },
    keys: (text, path) => (hasServerList(text, path) ? ['mcp', 'servers'] : ['mcp']),
    value: (starter) => ({type: 'local', command: [starter, 'mcp'], enabled: true}),
  },
};

/** OpenCode 2 keeps its servers one object deeper than 1, and reads both; `servers` may be a server of version 1, too. */
function hasServerList(text: string, path: string): boolean {
  const mcp = memberOf(parseObject(text, path), 'mcp')?.value;
  const servers = mcp?.type === 'object' ? memberOf(mcp, 'servers')?.value : undefined;
  return servers?.type === 'object' && typeof memberOf(servers, 'type')?.value.value !== 'string';
}

/** Read by both as milliseconds; Qwen Code reads what is below 1,000 as seconds. */
const MILLISECONDS = SECONDS * 1000;

/** What is resumed is in the conversation already: an agent that can tell why it starts is not even asked then. */
const SOURCES = {matcher: 'startup|clear|compact'};
const grouped =
  (timeout: number, filter: {readonly matcher?: string} = {}) =>
  (command: string): HookWish => ({
    event: 'SessionStart',
    command,
    entry: {...filter, hooks: [{type: 'command', command, timeout}]},
  });

/** Every agent whose start of a session takes what a program says. */
export const RECALL_PLACES: Readonly<Record<string, RecallPlace>> = {
  'claude-code': {
    folder: claude,
    path: (places) => join(claude(places), 'settings.json'),
    blank: EMPTY,
    wish: grouped(SECONDS, SOURCES),
    notes: [],
  },
  codex: {folder: codex, path: (places) => join(codex(places), 'hooks.json'), blank: EMPTY, wish: grouped(SECONDS, SOURCES), notes: []},
  'gemini-cli': {
    folder: gemini,
    path: (places) => join(gemini(places), 'settings.json'),
    blank: EMPTY,
    wish: grouped(MILLISECONDS),
    notes: ['Gemini CLI runs hooks from version 0.26 on'],
  },
  'qwen-code': {
    folder: qwen,
    path: (places) => join(qwen(places), 'settings.json'),
    blank: EMPTY,
    wish: grouped(MILLISECONDS),
    notes: [],
  },
  'copilot-cli': {
    folder: copilot,
    path: (places) => join(copilot(places), 'hooks', 'mem.json'),
    blank: VERSIONED,
    wish: (command) => ({event: 'sessionStart', command, entry: {type: 'command', bash: command, timeoutSec: SECONDS}}),
    notes: ['where several such hooks answer, Copilot CLI takes the answer of one'],
  },
  cursor: {
    folder: cursor,
    path: (places) => join(cursor(places), 'hooks.json'),
    blank: VERSIONED,
    wish: (command) => ({event: 'sessionStart', command, entry: {command, timeout: SECONDS}}),
    notes: ['Cursor does not wait for the hook: what it says may come after the first prompt, and versions before 3.8 may leave it out'],
  },
};
