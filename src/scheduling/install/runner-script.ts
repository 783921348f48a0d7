import {shellWord} from '../../system/shell-word.js';
import type {Findable} from './node-path.js';
import {checkPath} from './quoting.js';

/** The log's size; two older files are kept beside it. */
const LOG_BYTES = 1_048_576;

export interface RunnerParts {
  readonly version: string;
  readonly home: string;
  readonly log: string;
  readonly node: Findable;
  readonly script: Findable;
  /** The PATH of what mem starts, and the last place to look for Node; the same from whatever shell. */
  readonly path: readonly string[];
  /** The variables that tell mem where its files are. Nothing else of a shell's environment lasts. */
  readonly variables: Readonly<Record<string, string>>;
}

/**
 * The one program that all entries of a home start. It writes nothing to the scheduler and everything to the log. It replaces the shell, so
 * a signal reaches mem itself. @throws MemError CONFIG_INVALID for a path that no entry can hold
 */
export function renderRunner({version, home, log, node, script, path, variables}: RunnerParts): string {
  checkPath(home, 'the home');
  checkPath(log, 'the log');
  for (const path of [node.path, ...node.alternatives]) checkPath(path, 'Node');
  for (const path of [script.path, ...script.alternatives]) checkPath(path, 'mem');
  const exports = Object.entries(variables).map(([name, value]) => `export ${name}=${shellWord(checkPath(value, name))}`);
  return `#!/bin/sh
# The scheduler's entries of one mem home start this. Written by mem ${version}; change it with: mem install-schedule
umask 077
cd / || exit 74
export PATH=${shellWord([...path, '/usr/local/bin', '/usr/bin', '/bin'].filter((folder, at, all) => all.indexOf(folder) === at).join(':'))}
${exports.map((line) => `${line}\n`).join('')}home=${shellWord(home)}
log=${shellWord(log)}
node=${shellWord(node.path)}
script=${shellWord(script.path)}

mkdir -p "\${log%/*}" 2>/dev/null
# Not the colon: it is a special builtin, whose failure would end the shell with 2.
{ true >>"$log"; } 2>/dev/null || log=/dev/null
say() { printf '%s %s %s\\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$$" "$*"; }

# The log stays below three times 1 MiB. The run that makes the folder rotates it; a killed run keeps the folder for ten minutes.
size() { { wc -c <"$log" || echo 0; } 2>/dev/null; }
if [ "$log" != /dev/null ] && [ "$(size)" -gt ${LOG_BYTES} ]; then
  [ -z "$(find "$log.turning" -prune -mmin +10 2>/dev/null)" ] || rmdir "$log.turning" 2>/dev/null
  if mkdir "$log.turning" 2>/dev/null; then
    if [ "$(size)" -gt ${LOG_BYTES} ]; then
      mv -f "$log.1" "$log.2" 2>/dev/null
      mv -f "$log" "$log.1"
    fi
    rmdir "$log.turning"
  fi
fi
# What systemd starts is in its journal too. A stop of the unit must not end tee before it has read everything.
pipe=$log.$$
case "$* " in
  *'--via systemd '*) [ "$log" != /dev/null ] && mkfifo "$pipe" 2>/dev/null || pipe= ;;
  *) pipe= ;;
esac
if [ -n "$pipe" ]; then
  (trap '' INT TERM; exec tee -a "$log") <"$pipe" &
  exec </dev/null >"$pipe" 2>&1
  rm -f "$pipe"
else
  exec </dev/null >>"$log" 2>&1
fi

say "start $*"
if [ ! -x "$node" ]; then
  found=
  for one in ${alternatives(node)}"$(command -v node)"; do
    if [ -x "$one" ] && "$one" -e 'process.exit(parseInt(process.versions.node, 10) < 20 ? 1 : 0)' >/dev/null 2>&1; then
      found=$one
      break
    fi
  done
  say "Node is no longer at $node (now: \${found:-nowhere}); run: mem install-schedule"
  [ -n "$found" ] || exit 78
  node=$found
fi
if [ ! -f "$script" ]; then
  found=
  for one in ${alternatives(script)}; do
    if [ -f "$one" ]; then
      found=$one
      break
    fi
  done
  say "mem is no longer at $script (now: \${found:-nowhere}); run: mem install-schedule"
  [ -n "$found" ] || exit 78
  script=$found
fi
exec "$node" "$script" schedule run --store "$home" "$@"
`;
}

/** As words of a shell, each followed by a space. The shell replaces the star of a version. */
function alternatives({alternatives: paths}: Findable): string {
  return paths.map((path) => `${path.split('*').map(shellWordOrNothing).join('*')} `).join('');
}

function shellWordOrNothing(text: string): string {
  return text === '' ? '' : shellWord(text);
}
