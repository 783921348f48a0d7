import {projectNames} from '../domain/event/project-names.js';
import {isRecord} from '../domain/stored/fields.js';
import {kind} from './setting-kind.js';

export const ALIAS = 'projects.alias';

/** A table of names, each with the name that is read in its place. */
export const ALIAS_KIND = kind<Readonly<Record<string, string>>>(
  '{}',
  'projects that are read under another name; one is set by: mem config set projects.alias.OLD NEW (an empty NEW undoes it)',
  (text) => {
    const alias = parseAlias(text);
    return alias === undefined || projectNames(alias) === undefined ? undefined : {value: alias};
  },
);

/** The names in a text of JSON; undefined for all else. */
export function parseAlias(text: string): Readonly<Record<string, string>> | undefined {
  try {
    const alias: unknown = JSON.parse(text);
    if (!isRecord(alias) || Object.values(alias).some((name) => typeof name !== 'string')) return undefined;
    return Object.fromEntries(Object.entries(alias).map(([project, name]) => [project, String(name)]));
  } catch {
    return undefined;
  }
}

/** The project in a key `projects.alias.acme/old` or `projects.alias."acme/old"`: its name may have dots. Undefined for every other key. */
export function aliasedProject(key: string): string | undefined {
  if (!key.startsWith(`${ALIAS}.`)) return undefined;
  const name = key.slice(ALIAS.length + 1);
  const [, , quoted] = /^(["'])(.*)\1$/.exec(name) ?? [];
  return (quoted ?? name) || undefined;
}

/** The tables and the name of a key in config.toml. */
export function pathOfKey(key: string): readonly string[] {
  const project = aliasedProject(key);
  return project === undefined ? key.split('.') : [...ALIAS.split('.'), project];
}
