import {dirname, join} from 'node:path';
import {parse} from 'smol-toml';
import {memberOf, parseObject} from './json/json-tree.js';
import {readText} from './settings-text.js';

export interface AgentPlaces {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly accountHome: string;
}

/** An agent whose hooks can ring. */
export interface HookedAgent {
  readonly name: string;
  settings(places: AgentPlaces): string;
  /** As few as suffice: some agents show a line for each. */
  readonly events: readonly string[];
  /** The plugin that rings already, by the text of the settings. */
  plugin(text: string, path: string): string | undefined;
  notes(text: string, path: string): readonly string[];
}

const CLAUDE_DAYS = 30;

export const HOOKED_AGENTS: readonly HookedAgent[] = [
  {
    name: 'claude-code',
    settings: ({env, accountHome}) => join(env['CLAUDE_CONFIG_DIR'] || join(accountHome, '.claude'), 'settings.json'),
    events: ['SessionStart', 'UserPromptSubmit', 'Stop', 'SubagentStop', 'SessionEnd'],
    plugin(text, path) {
      const plugins = memberOf(parseObject(text, path), 'enabledPlugins')?.value;
      const enabled = plugins?.type === 'object' ? (plugins.children ?? []) : [];
      const plugin = enabled.find(({children}) => /^mem@/.test(String(children?.[0]?.value)) && children?.[1]?.value === true);
      return plugin && String(plugin.children?.[0]?.value);
    },
    notes(text, path) {
      const days = memberOf(parseObject(text, path), 'cleanupPeriodDays')?.value.value;
      const said = typeof days === 'number' ? `cleanupPeriodDays is ${days}` : `cleanupPeriodDays is not set, which means ${CLAUDE_DAYS}`;
      return [`Claude Code deletes transcripts that rest for long: ${said} days; mem does not change it`];
    },
  },
  {
    name: 'codex',
    settings: ({env, accountHome}) => join(env['CODEX_HOME'] || join(accountHome, '.codex'), 'hooks.json'),
    events: ['SessionStart', 'Stop', 'SubagentStop'],
    plugin: (_, path) => codexPlugin(join(dirname(path), 'config.toml')),
    notes: () => ['Codex runs a hook only once you trust it: it asks when it starts next'],
  },
];

/** Codex keeps its plugins beside its hooks. A file that it cannot read itself enables none. */
function codexPlugin(path: string): string | undefined {
  let plugins: unknown;
  try {
    plugins = parse(readText(path) ?? '')['plugins'];
  } catch {
    return undefined;
  }
  if (typeof plugins !== 'object' || plugins === null) return undefined;
  return Object.entries(plugins).find(([name, plugin]) => name.startsWith('mem@') && plugin?.enabled === true)?.[0];
}
