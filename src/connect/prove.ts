import {spawnSync} from 'node:child_process';
import {readdirSync, readFileSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {errnoOf} from '../errors.js';
import type {ExtraName, Proof} from './connector.js';

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

const HELLO = {protocolVersion: '2025-06-18', capabilities: {}, clientInfo: {name: 'mem connect', version: '1'}};

/**
 * Runs what an agent runs for an extra, with an empty environment: the server must answer the first message, and recall have nothing to say
 * where a session is resumed. @returns what is wrong; empty where nothing is
 */
export function tryExtra(name: ExtraName, command: string): string {
  const input = name === 'mcp' ? {jsonrpc: '2.0', id: 1, method: 'initialize', params: HELLO} : {source: 'resume', cwd: '/'};
  const run = spawnSync('/bin/sh', ['-c', command], {input: `${JSON.stringify(input)}\n`, env: {}, timeout: LIMIT_MS, encoding: 'utf8'});
  // What ends before it has read its input tells by its status why.
  if (run.error !== undefined && errnoOf(run.error) !== 'EPIPE') return run.error.message;
  if (run.status !== 0) return firstLine(run.stderr) || `it ended with ${run.status}`;
  if (name === 'recall') return run.stdout === '' ? '' : 'it said something where a session is resumed';
  return /"serverInfo":/.test(run.stdout) ? '' : 'it did not answer';
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0] ?? '';
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
