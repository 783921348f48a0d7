import {spawnSync} from 'node:child_process';
import {readdirSync, readFileSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import type {Proof} from './connector.js';

const LIMIT_MS = 10_000;

/**
 * Runs the commands that stand in the settings as the agent does, but with an empty environment, and looks for what they keep.
 * @param raw the folder of the bells @param stamp makes the payload unlike every other
 */
export function prove(path: string, commands: ReadonlyMap<string, string>, raw: string, stamp: string): readonly Proof[] {
  return [...commands].map(([event, command]) => {
    // No source knows the session, and the payload says nothing: should it stay, the next import removes it.
    const payload = JSON.stringify({hook_event_name: event, session_id: `mem-connect-${stamp}`, transcript_path: '', cwd: '/'});
    const run = spawnSync('/bin/sh', ['-c', command], {input: payload, env: {}, timeout: LIMIT_MS});
    const isCaptured = takeAway(raw, payload);
    return {path, event, isCaptured, reason: isCaptured ? faultOf(run) : faultOf(run) || 'nothing was kept'};
  });
}

function faultOf({status, error, stdout}: ReturnType<typeof spawnSync>): string {
  if (error !== undefined) return error.message;
  if (status !== 0) return `it ended with ${status}`;
  return String(stdout) === '' ? '' : 'it printed something, which lands in the context of the agent';
}

function takeAway(raw: string, payload: string): boolean {
  let found = false;
  for (const name of namesOf(raw)) {
    const path = join(raw, name);
    if (name.startsWith('.') || readFileSync(path, 'utf8') !== payload) continue;
    found = true;
    rmSync(path);
  }
  return found;
}

function namesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
