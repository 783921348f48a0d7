import {spawn} from 'node:child_process';
import {existsSync} from 'node:fs';
import {errnoOf} from '../../errors.js';

export interface CommandResult {
  /** Undefined when a signal or the time limit ended it. */
  readonly status: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** @returns undefined when the command does not exist */
export type RunCommand = (command: string, args: readonly string[], input?: string) => Promise<CommandResult | undefined>;

const TIME_LIMIT_MS = 60_000;

/**
 * Runs commands without a shell, with untranslated messages. XDG_RUNTIME_DIR leads to the manager of a user; a shell opened by su does not
 * set it.
 */
export function commandRunner(environment: Readonly<Record<string, string | undefined>>, uid: number): RunCommand {
  const folder = `/run/user/${uid}`;
  const env = environment['XDG_RUNTIME_DIR'] || !existsSync(folder) ? environment : {...environment, XDG_RUNTIME_DIR: folder};
  return (command, args, input = '') =>
    new Promise((resolve, reject) => {
      const child = spawn(command, args, {cwd: '/', env: {...env, LC_ALL: 'C'}});
      // Not the option `timeout`: its timer outlives a command that cannot start.
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
      // A command may leave its input unread.
      child.stdin.on('error', () => {});
      child.stdin.end(input);
    });
}

/** The text of a command about its failure, on one line. */
export function complaintOf({stdout, stderr, status}: CommandResult): string {
  const text = (stderr.trim() || stdout.trim()).replaceAll(/\s+/g, ' ');
  return text === '' ? `status ${status ?? 'unknown'}` : text.slice(0, 300);
}
