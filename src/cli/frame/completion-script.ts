import {readFileSync} from 'node:fs';
import {ioError} from '../../errors.js';

/** The shells that completion scripts are written for. */
export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

/** The script for a shell, which was written with the documents. @param root the folder of package.json */
export function completionScript(root: string, shell: Shell): string {
  const path = `${root}/completions/mem.${shell}`;
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw ioError(error, path, 'read');
  }
}
