import {MemError} from '../../../errors.js';
import {ROLES, type Role} from '../../event/event.js';
import {HIT_KINDS, type HitKind} from './hit-kind.js';

/** A query with its filters among the words, as it is typed where there are no flags. */
export interface TypedQuery {
  /** Without the filters. */
  readonly query: string;
  readonly from?: string;
  readonly to?: string;
  readonly agent?: string;
  readonly role?: Role;
  readonly session?: string;
  readonly branch?: string;
  readonly by?: HitKind;
  readonly projects: readonly string[];
}

const FILTERS = ['from', 'to', 'agent', 'role', 'session', 'branch', 'by', 'project'] as const;
type Filter = (typeof FILTERS)[number];

const PART = /--[a-z]+="[^"]*"?|-?"[^"]*"?|\S+/gu;

/**
 * Parses `login error --from "last week" --role=user`. What looks like another flag is a word.
 * @throws MemError USAGE for a filter without a value, and for a role or a kind of hit that does not exist
 */
export function parseTypedQuery(text: string): TypedQuery {
  const words: string[] = [];
  const values = new Map<Filter, string>();
  const projects: string[] = [];
  const parts = text.match(PART) ?? [];
  for (let at = 0; at < parts.length; at++) {
    const part = parts[at] ?? '';
    const [, name = '', joined] = /^--([a-z]+)(?:=(.*))?$/su.exec(part) ?? [];
    const filter = FILTERS.find((known) => known === name);
    if (filter === undefined) {
      words.push(part);
      continue;
    }
    const value = unquoted(joined ?? parts[++at] ?? '');
    if (value === '') throw new MemError('USAGE', `--${filter} needs a value`, {hint: `e.g.: --${filter} ${EXAMPLES[filter]}`});
    if (filter === 'project') projects.push(value);
    else values.set(filter, filter === 'agent' ? value.toLowerCase() : value);
  }
  const {role, by, ...rest} = Object.fromEntries(values);
  return {
    ...rest,
    query: words.join(' '),
    projects,
    ...(role === undefined ? {} : {role: oneOf(ROLES, role, 'role')}),
    ...(by === undefined ? {} : {by: oneOf(HIT_KINDS, by, 'by')}),
  };
}

const EXAMPLES: Readonly<Record<Filter, string>> = {
  from: '"last week"',
  to: '2024-03',
  agent: 'codex',
  role: 'user',
  session: '9b1f6c44',
  branch: 'main',
  by: 'session',
  project: 'acme/api',
};

function unquoted(value: string): string {
  return value.replace(/^"|"$/gu, '').trim();
}

function oneOf<T extends string>(all: readonly T[], value: string, filter: Filter): T {
  const found = all.find((known) => known === value);
  if (found !== undefined) return found;
  throw new MemError('USAGE', `--${filter} ${JSON.stringify(value)} does not exist`, {hint: `there are: ${all.join(', ')}`});
}
