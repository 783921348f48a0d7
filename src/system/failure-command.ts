import {spawn} from 'node:child_process';
import type {JobName} from '../domain/jobs/job.js';

const PATIENCE_MS = 30_000;

export interface JobFailure {
  readonly job: JobName;
  readonly code: string;
  readonly message: string;
}

/**
 * Runs the command that a user set for a job that failed: without a shell, for at most 30 s. It learns from its environment what failed. What
 * it prints goes to stderr, which a scheduler's runner writes into the log.
 * @param env of the command
 * @returns why it failed itself; undefined when it ended well
 */
export function runFailureCommand(
  command: readonly string[],
  {job, code, message}: JobFailure,
  env: Readonly<Record<string, string | undefined>>,
): Promise<string | undefined> {
  const [program = '', ...args] = command;
  const told = {MEM_FAILED_JOB: job, MEM_FAILED_CODE: code, MEM_FAILED_MESSAGE: message.replaceAll('\0', '')};
  return new Promise((resolve) => {
    const child = spawn(program, args, {cwd: '/', env: {...env, ...told}, stdio: ['ignore', 2, 2]});
    const end = (reason: string | undefined): void => {
      clearTimeout(timer);
      child.unref();
      resolve(reason && `jobs.${job}.on_failure: ${program} ${reason}`);
    };
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      end(`did not end within ${PATIENCE_MS / 1_000} s`);
    }, PATIENCE_MS);
    child.on('error', () => end('cannot be started'));
    child.on('close', (status, signal) => {
      if (status === 0) end(undefined);
      else end(status === null ? `was stopped by ${signal}` : `ended with ${status}`);
    });
  });
}
