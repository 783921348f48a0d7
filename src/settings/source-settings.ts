import {AGENT_NAMES, type AgentName} from '../domain/event/agents.js';
import {kind, type SettingKind} from './setting-kind.js';

/** The settings of what is read of agents, by their keys. */
export type SourceSettingKinds = {readonly [Name in AgentName as `sources.${Name}.exclude`]: SettingKind<readonly string[]>} & {
  readonly 'sources.connected': SettingKind<readonly string[]>;
  readonly 'sources.thinking': SettingKind<boolean>;
};

export interface SourceSettings {
  /** Agents that are read without being named. */
  readonly connected: readonly string[];
  /** What agents think is taken in, too. */
  readonly takesThinking: boolean;
  /** By agent, the globs of projects that stay out. */
  readonly excluded: Readonly<Record<string, readonly string[]>>;
}

export const SOURCE_KINDS = {
  'sources.connected': kind<readonly string[]>(
    '[]',
    'the agents whose conversations are read by themselves, as a list: ["claude-code"]',
    (text) => {
      const list = parseList(text);
      return list?.every((name) => AGENT_NAMES.some((known) => known === name)) === true ? {value: list} : undefined;
    },
  ),
  'sources.thinking': kind('false', 'whether what agents think is imported, too: true or false; it stays out of summaries', (text) =>
    text === 'true' || text === 'false' ? {value: text === 'true'} : undefined,
  ),
  ...Object.fromEntries(
    AGENT_NAMES.map((name) => [
      `sources.${name}.exclude`,
      kind<readonly string[]>(
        '[]',
        'projects that are not read of this agent, by either name of an alias, as a list of patterns: ["acme/secret", "client-*/**"]',
        (text) => {
          const list = parseList(text);
          return list === undefined ? undefined : {value: list};
        },
      ),
    ]),
  ),
} as unknown as SourceSettingKinds;

type Resolve = <K extends keyof SourceSettingKinds>(key: K) => SourceSettingKinds[K] extends SettingKind<infer T> ? T : never;

export function sourceSettings(resolve: Resolve): SourceSettings {
  return {
    connected: resolve('sources.connected'),
    takesThinking: resolve('sources.thinking'),
    excluded: Object.fromEntries(AGENT_NAMES.map((name) => [name, resolve(`sources.${name}.exclude`)])),
  };
}

/** A list of texts as JSON; undefined for all else. */
export function parseList(text: string): readonly string[] | undefined {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) && list.every((one) => typeof one === 'string' && one !== '') ? list : undefined;
  } catch {
    return undefined;
  }
}
