import {accessSync, constants} from 'node:fs';
import {join} from 'node:path';
import {MemError} from '../errors.js';
import {shellWord} from '../system/shell-word.js';

type Tool = 'cat' | 'sync' | 'mv' | 'mkdir' | 'rm';

/** Where the programs lie that the shim runs: an agent that a desktop started has a PATH of its own, or none. */
export type ShimTools = Readonly<Record<Tool, string>>;

/** @param path the PATH, for systems that keep nothing in /bin @throws MemError CONFIG_INVALID where one of them does not exist */
export function findTools(path: string): ShimTools {
  const folders = ['/bin', '/usr/bin', ...path.split(':').filter((folder) => folder.startsWith('/'))];
  return mapTools((tool) => {
    const known = folders.map((folder) => join(folder, tool)).find(isRunnable);
    if (known === undefined) throw new MemError('CONFIG_INVALID', `the program ${tool} does not exist, and the hooks need it`);
    return known;
  });
}

function mapTools(pathOf: (tool: Tool) => string): ShimTools {
  return {
    cat: pathOf('cat'),
    sync: pathOf('sync'),
    mv: pathOf('mv'),
    mkdir: pathOf('mkdir'),
    rm: pathOf('rm'),
  };
}

function isRunnable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export interface ShimFacts {
  readonly home: string;
  readonly version: string;
  readonly platform: string;
  readonly tools: ShimTools;
}

/**
 * What the hooks of all agents run, with the agent as its argument: it keeps the payload in `inbox/raw/`. A kill at any point leaves a
 * temporary file, never half a bell. The payload and its temporary name are on disk before the bell gets its name: a power cut that
 * undoes the renaming leaves a whole payload, which counts from an hour on. Each program costs a start, so the shell does the rest, and the
 * time of a bell is that of its file.
 */
export function shimText({home, version, platform, tools}: ShimFacts): string {
  const {cat, sync, mv, mkdir, rm} = mapTools((tool) => shellWord(tools[tool]));
  // The sync of macOS takes no file: alone it writes all that waits. Every other sync that takes a file takes several.
  const syncBell = platform === 'darwin' ? sync : `${sync} "$bell" "$raw"`;
  return `#!/bin/sh
# mem ${version}. The hooks of agents run it: what they say goes into the memory's inbox, where the next mem finds it.
# "mem connect" wrote it, "mem disconnect" removes it. It prints nothing and always succeeds: no agent waits or fails because of it.
exec 2>/dev/null
umask 077
raw=${shellWord(join(home, 'inbox', 'raw'))}
case $1 in *[!a-z0-9-]* | '') agent=unknown ;; *) agent=$1 ;; esac
[ -d "$raw" ] || ${mkdir} -p "$raw" || exit 0
id=$$
# Two containers may share this folder, and each counts its processes from 1.
read -r random </proc/sys/kernel/random/uuid && id=$$_\${random%%-*}
bell=$raw/.bell.$agent.$id
set -C
true >"$bell" || exit 0
${cat} >>"$bell" || { ${rm} -f "$bell"; exit 0; }
${syncBell}
${mv} -n "$bell" "$raw/$agent.$id"
exit 0
`;
}
