import {spawnSync} from 'node:child_process';
import {mkdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {anEvent, MemRig} from '../mem-rig.js';

export const MEM = fileURLToPath(new URL('../../../bin/mem.js', import.meta.url));
const FOLDERS: Readonly<Record<string, string>> = {
  'claude-code': '.claude',
  codex: '.codex',
  'gemini-cli': '.gemini',
  'qwen-code': '.qwen',
  'copilot-cli': '.copilot',
  cursor: '.cursor',
  opencode: '.config/opencode',
};
export const HOOK_FILES: Readonly<Record<string, string>> = {
  'claude-code': '.claude/settings.json',
  codex: '.codex/hooks.json',
  'gemini-cli': '.gemini/settings.json',
  'qwen-code': '.qwen/settings.json',
  'copilot-cli': '.copilot/hooks/mem.json',
  cursor: '.cursor/hooks.json',
};
/** An account with these agents, and a memory of what was done in its folder `kitchen`. */
export async function anAccount(agents: readonly string[]): Promise<MemRig> {
  const mem = await MemRig.create();
  for (const agent of agents) await mkdir(join(mem.folder, FOLDERS[agent] ?? ''), {recursive: true});
  await mkdir(join(mem.folder, 'kitchen'));
  const day = new Date(Date.now() - 2 * 86_400_000).toISOString().slice(0, 10);
  await mem.ingest([anEvent({at: `${day}T10:00:00Z`, text: 'Bake the plum tart for longer.', project: 'kitchen'})]);
  await mem.rollUp();
  return mem;
}

interface Handler {
  readonly command?: string;
  readonly bash?: string;
}

/** The command that an agent runs when a session starts, as it stands in its settings. */
export async function hookLine(mem: MemRig, agent: string): Promise<string> {
  const {hooks} = JSON.parse(await readFile(join(mem.folder, HOOK_FILES[agent] ?? ''), 'utf8'));
  const groups: readonly (Handler & {readonly hooks?: readonly Handler[]})[] = hooks.SessionStart ?? hooks.sessionStart;
  const lines = groups.flatMap((group) => (group.hooks ?? [group]).map(({command, bash}) => command ?? bash ?? ''));
  return lines.find((line) => line.includes('recall')) ?? '';
}

/** What an agent of the desktop does when a session starts: its shell has none of the user's variables but HOME. */
export function startSession(mem: MemRig, line: string, source: string, env: Record<string, string> = {}) {
  const cwd = join(mem.folder, 'kitchen');
  const payload = {session_id: 's9', transcript_path: '', cwd, hook_event_name: 'SessionStart', source};
  const {status, stdout, stderr} = spawnSync('/bin/sh', ['-c', line], {
    input: JSON.stringify(payload),
    env: {HOME: mem.folder, ...env},
    cwd,
    encoding: 'utf8',
  });
  return {status, stdout, stderr};
}
