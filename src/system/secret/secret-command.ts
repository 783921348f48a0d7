import {spawn} from 'node:child_process';
import {MemError} from '../../errors.js';

/** For messages. */
export interface SecretName {
  /** `key`, `password`. */
  readonly noun: string;
  /** What the names of its settings begin with, as `openai.api_key`. */
  readonly setting: string;
}

const PATIENCE_MS = 30_000;
const MOST_BYTES = 16 * 1024;

/**
 * The output of a command, run without a shell, for at most 30 s. Its stderr is discarded: it may hold secrets.
 * @throws MemError CONFIG_INVALID when it cannot start, fails, or does not end
 */
export function runSecretCommand(
  command: readonly string[],
  {noun, setting}: SecretName,
  env: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal,
): Promise<string> {
  const [program = '', ...args] = command;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {env: {...env}, stdio: ['ignore', 'pipe', 'ignore']});
    const chunks: Buffer[] = [];
    let size = 0;
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      // A child of the command may hold the pipe open and would keep this process alive.
      child.stdout.destroy();
      child.unref();
    };
    const fail = (reason: string): void => {
      end();
      child.kill('SIGKILL');
      // The message leaves out the arguments: some may be secret.
      reject(
        new MemError('CONFIG_INVALID', `${setting}_command gave no ${noun}: ${program} ${reason}`, {
          hint: `try it in a shell; see it with: mem config get ${setting}_command`,
        }),
      );
    };
    const stop = (): void => fail('was stopped');
    const timer = setTimeout(() => fail(`did not end within ${PATIENCE_MS / 1_000} s`), PATIENCE_MS);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop);
    child.on('error', () => fail('cannot be started'));
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > MOST_BYTES) fail('prints too much');
      else chunks.push(chunk);
    });
    child.on('close', (status, killedBy) => {
      if (status !== 0) return fail(status === null ? `was stopped by ${killedBy}` : `ended with ${status}`);
      end();
      resolve(Buffer.concat(chunks).toString('utf8'));
    });
  });
}
