import {shellWord} from '../system/shell-word.js';

/** A program that the starter must find: its path, and where to look when it is gone. `*` in an alternative stands for a version. */
export interface FoundProgram {
  readonly path: string;
  readonly alternatives: readonly string[];
}

/** How this mem is started where nothing of a shell's environment is known. */
export interface OwnProgram {
  readonly node: FoundProgram;
  readonly script: FoundProgram;
  /** The variables that tell mem where its settings are. */
  readonly variables: Readonly<Record<string, string>>;
  /** Why this mem will not stay where it is; undefined where it will. */
  readonly isLeaving: string | undefined;
}

export interface StarterFacts {
  readonly home: string;
  readonly version: string;
  readonly program: OwnProgram;
}

/**
 * The script that starts mem for an agent: its server, and the hook that recalls. An agent that a desktop started has a PATH of its own, or
 * none, and the Node of nvm is not in it. Where Node or mem went elsewhere the starter looks for them, and says so where it finds none: the
 * status is not 2, which agents read as "block".
 */
export function starterText({home, version, program: {node, script, variables}}: StarterFacts): string {
  const exports = Object.entries({...variables, MEM_HOME: home}).map(([name, value]) => `export ${name}=${shellWord(value)}\n`);
  return `#!/bin/sh
# mem ${version}. Agents start mem by it: the server of their tools, and what recalls at the start of a session.
# "mem connect" wrote it, "mem disconnect" removes it.
${exports.join('')}node=${shellWord(node.path)}
script=${shellWord(script.path)}
if [ ! -x "$node" ]; then
  for other in ${wordsOf(node)}"$(command -v node)"; do
    [ -x "$other" ] && "$other" -e 'process.exit(parseInt(process.versions.node, 10) < 20 ? 1 : 0)' </dev/null >/dev/null 2>&1 || continue
    node=$other
    break
  done
fi
if [ ! -f "$script" ]; then
  for other in ${wordsOf(script)}"$(command -v mem)"; do
    [ -f "$other" ] || continue
    script=$other
    break
  done
fi
if [ ! -x "$node" ] || [ ! -f "$script" ]; then
  echo "mem: error: Node is no longer at $node, or mem no longer at $script; run again: mem connect" >&2
  exit 78
fi
exec "$node" "$script" "$@"
`;
}

/** As words of a shell, each followed by a space. The shell replaces the star of a version. */
function wordsOf({alternatives}: FoundProgram): string {
  return alternatives
    .map(
      (path) =>
        `${path
          .split('*')
          .map((part) => (part === '' ? '' : shellWord(part)))
          .join('*')} `,
    )
    .join('');
}
