import {readFileSync, statSync} from 'node:fs';

/** Whose password is looked for. */
export interface LoginPlace {
  readonly host: string;
  readonly port: number;
  readonly user: string | undefined;
  readonly database: string | undefined;
}

/**
 * The password for a login in a file as libpq's `.pgpass`: lines of `host:port:database:user:password`, of which `*` stands for anything.
 * As libpq does, it ignores a file that others can read. https://www.postgresql.org/docs/current/libpq-pgpass.html
 */
export function readPasswordFile(path: string, {host, port, user, database}: LoginPlace): string | undefined {
  const lines = linesOf(path);
  const wanted = [host, String(port), database ?? user, user];
  for (const line of lines) {
    if (line.startsWith('#')) continue;
    const parts = splitFields(line);
    if (parts.length < 5) continue;
    if (wanted.every((value, at) => parts[at] === '*' || parts[at] === value)) return parts.slice(4).join(':');
  }
  return undefined;
}

function linesOf(path: string): readonly string[] {
  try {
    const {mode} = statSync(path);
    return (mode & 0o077) === 0 ? readFileSync(path, 'utf8').split(/\r?\n/) : [];
  } catch {
    return [];
  }
}

/** A colon or a backslash in a field has a backslash before it. */
function splitFields(line: string): readonly string[] {
  const fields = [''];
  for (const [part] of line.matchAll(/\\.|./g)) {
    if (part === ':') fields.push('');
    else fields[fields.length - 1] += part.length === 2 && part.startsWith('\\') ? part.slice(1) : part;
  }
  return fields;
}
