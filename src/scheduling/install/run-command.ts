import {spawn} from 'node:child_process';
import {existsSync} from 'node:fs';
import {errnoOf} from '../../errors.js';

export interface CommandResult {
  /** Undefined when it was ended by a signal, or by the time limit. */
  readonly status: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** @returns undefined when there is no such command */
export type RunCommand = (command: string, args: readonly string[], input?: string) => Promise<CommandResult | undefined>;

const TIME_LIMIT_MS = 60_000;

/**
 * Runs commands without a shell, in the language in which their messages are known. The manager of a user is found by XDG_RUNTIME_DIR, which
 * a shell that was opened by su does not have.
 */
export function commandRunner(own: Readonly<Record<string, string | undefined>>, uid: number): RunCommand {
  const folder = `/run/user/${uid}`;
  const env = own['XDG_RUNTIME_DIR'] || !existsSync(folder) ? own : {...own, XDG_RUNTIME_DIR: folder};
  return (command, args, input = '') =>
    new Promise((resolve, reject) => {
      const child = spawn(command, args, {cwd: '/', env: {...env, LC_ALL: 'C'}});
      // Not the option `timeout`: its timer outlives a command that cannot be started.
      const timer = setTimeout(() => child.kill(), TIME_LIMIT_MS);
      const texts = {stdout: '', stderr: ''};
      for (const stream of ['stdout', 'stderr'] as const) {
        child[stream].setEncoding('utf8').on('data', (text: string) => {
          texts[stream] += text;
        });
      }
      child.on('error', (error) => {
        clearTimeout(timer);
        if (['ENOENT', 'EACCES'].includes(errnoOf(error) ?? '')) resolve(undefined);
        else reject(error);
      });
      child.on('close', (status) => {
        clearTimeout(timer);
        resolve({status: status ?? undefined, ...texts});
      });
      // What it does not read it may leave.
      child.stdin.on('error', () => {});
      child.stdin.end(input);
    });
}

/** What a command said about its failure, on one line. */
export function complaintOf({stdout, stderr, status}: CommandResult): string {
  const text = (stderr.trim() || stdout.trim()).replaceAll(/\s+/g, ' ');
  return text === '' ? `status ${status ?? 'unknown'}` : text.slice(0, 300);
}
