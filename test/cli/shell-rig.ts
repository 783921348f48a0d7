import {spawnSync} from 'node:child_process';
import {randomUUID} from 'node:crypto';
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {PATIENCE_MS} from '../patience.js';
import type {MemRig} from './mem-rig.js';

const CLEAR_LINE = 'C-u';

/** What each shell reads first: mem's script, and something that writes down what was offered at each Tab, and `END` after it. */
const SETUPS = {
  bash: (script: string) => `
source ${script}
noted() { COMPREPLY=(); _mem "$@"; printf '%s\\n' "\${COMPREPLY[@]}" END >> "$OUT"; }
complete -F noted mem
echo READY >> "$OUT"
`,
  zsh: (script: string) => `
autoload -Uz compinit
compinit -u -D
source ${script}
compadd() {
  # Not what only asks which words would match.
  if [[ \${@[1,(i)(-|--)]} == *-[a-zA-Z]#(O|A|D)* ]]; then builtin compadd "$@"; return; fi
  local -a hits
  builtin compadd -A hits "$@"
  print -rl -- $hits >> $OUT
  builtin compadd "$@"
}
noted() { zle complete-word; print -r -- END >> $OUT }
zle -N noted
bindkey '^I' noted
echo READY >> $OUT
`,
};
const STARTS = {bash: 'bash --norc --noprofile -i', zsh: 'zsh -f -i'};

/** Whether a shell can be started here. */
export function hasShell(shell: string): boolean {
  return spawnSync(shell, ['-c', 'true']).status === 0;
}

/**
 * What `shell` offers at Tab behind each of `lines`, sorted: bash and zsh at a terminal of tmux, fish by its own `complete -C`.
 * @param script the path of mem's completion script
 */
export async function offersOf(shell: 'bash' | 'zsh' | 'fish', script: string, lines: readonly string[], mem: MemRig): Promise<string[][]> {
  return shell === 'fish' ? offersOfFish(script, lines, mem) : await offersAtTerminal(shell, script, lines, mem);
}

/** One fish for all lines: to start one takes longer than to complete. */
function offersOfFish(script: string, lines: readonly string[], mem: MemRig): string[][] {
  const completions = lines.map((line) => `complete -C '${line}'; echo END`);
  const {stdout, stderr, status} = spawnSync('fish', ['--no-config', '-c', [`source ${script}`, ...completions].join('\n')], {
    encoding: 'utf8',
    env: mem.env,
    cwd: mem.folder,
  });
  if (status !== 0 || stderr !== '') throw new Error(`fish ended with ${status}: ${stderr}`);
  // The description stands behind a tab.
  const offers = stdout.replaceAll(/\t.*$/gm, '').split(/^END\n/m);
  return offers.slice(0, lines.length).map(words);
}

async function offersAtTerminal(shell: 'bash' | 'zsh', script: string, lines: readonly string[], mem: MemRig): Promise<string[][]> {
  const out = join(mem.folder, `offers-${randomUUID()}`);
  const setup = join(mem.folder, `setup.${shell}`);
  writeFileSync(out, '');
  writeFileSync(setup, SETUPS[shell](script));
  const server = `mem-${randomUUID()}`;
  const env = {...mem.env, TERM: 'xterm-256color', LANG: 'C.UTF-8', OUT: out};
  const tmux = (...args: readonly string[]): void => {
    const {status, stderr} = spawnSync('tmux', ['-L', server, ...args], {encoding: 'utf8', env});
    if (status !== 0) throw new Error(`tmux ${args[0]} ended with ${status}: ${stderr}`);
  };
  let seen = 0;
  const until = async (mark: string): Promise<string> => {
    for (let waited = 0; waited < PATIENCE_MS; waited += 10) {
      const text = readFileSync(out, 'utf8').slice(seen);
      if (text.includes(`${mark}\n`)) {
        seen += text.length;
        return text.replace(`${mark}\n`, '');
      }
      await sleep(10);
    }
    throw new Error(`${shell} did not say ${mark}`);
  };
  tmux('-f', '/dev/null', '-u', 'new-session', '-d', '-x', '200', '-y', '50', '-c', mem.folder, STARTS[shell]);
  try {
    tmux('send-keys', '-l', `source ${setup}`, ';', 'send-keys', 'Enter');
    await until('READY');
    const offers: string[][] = [];
    for (const line of lines) {
      tmux('send-keys', CLEAR_LINE, ';', 'send-keys', '-l', line, ';', 'send-keys', 'Tab');
      offers.push(words(await until('END')));
    }
    return offers;
  } finally {
    tmux('kill-server');
  }
}

function words(text: string): string[] {
  return [...new Set(text.split('\n').map((word) => word.trim()))].filter((word) => word !== '').sort();
}
