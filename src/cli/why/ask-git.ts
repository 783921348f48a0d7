import {execFile} from 'node:child_process';
import {basename, dirname} from 'node:path';

/** A blame of a long history takes seconds. */
const PATIENCE_MS = 10_000;
const MOST_BYTES = 1024 * 1024;

/** The commit that a line comes from, or why no commit is known. */
export type Blame = {readonly hash: string; readonly subject: string} | {readonly reason: string};

/** Asks git which commit last changed a line. @param line from 1 */
export async function blame(path: string, line: number): Promise<Blame> {
  const args = ['-c', 'core.fsmonitor=false', 'blame', '--porcelain', '-L', `${line},${line}`, '--', basename(path)];
  const {said, fault} = await runGit(args, dirname(path));
  if (fault !== undefined) return {reason: fault};
  const [first = '', ...rest] = said.split('\n');
  const hash = /^\^?([0-9a-f]{40,64}) /.exec(first)?.[1];
  if (hash === undefined) return {reason: 'git did not name a commit'};
  if (/^0+$/.test(hash)) return {reason: 'the line is not committed yet'};
  return {hash, subject: rest.find((each) => each.startsWith('summary '))?.slice('summary '.length) ?? ''};
}

/** The commit that `HEAD`, `HEAD~2` and the like name in the work tree of `folder`, or why none is known. */
export async function resolveHead(name: string, folder: string): Promise<{readonly hash: string} | {readonly reason: string}> {
  const {said, fault} = await runGit(['rev-parse', '--verify', '--end-of-options', `${name}^{commit}`], folder);
  if (fault !== undefined) return {reason: fault};
  const hash = said.trim();
  return /^[0-9a-f]{40,64}$/.test(hash) ? {hash} : {reason: 'git did not name a commit'};
}

function runGit(args: readonly string[], cwd: string): Promise<{readonly said: string; readonly fault?: string}> {
  return new Promise((resolve) => {
    const env = {...process.env, GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C'};
    execFile('git', args, {cwd, env, timeout: PATIENCE_MS, killSignal: 'SIGKILL', maxBuffer: MOST_BYTES}, (error, stdout, stderr) => {
      if (error === null) resolve({said: stdout});
      else if (error.code === 'ENOENT') resolve({said: '', fault: 'git could not be started'});
      else if (error.killed === true) resolve({said: '', fault: `git did not end within ${PATIENCE_MS / 1_000} s`});
      else resolve({said: '', fault: `git says: ${stderr.trim().split('\n')[0]?.slice(0, 200) || 'nothing'}`});
    });
  });
}
