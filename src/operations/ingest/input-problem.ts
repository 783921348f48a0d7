import {MemError} from '../../errors.js';
import type {Input, InputSource} from '../../system/input.js';

/** An unreadable input does not stop the others: its error is returned as a value. A bug is still thrown. */
export function openOrProblem(source: InputSource): Input | MemError {
  try {
    return source.open();
  } catch (error) {
    if (error instanceof MemError) return error;
    throw error;
  }
}

export async function readOrProblem(input: Input, block: Buffer): Promise<number | MemError> {
  try {
    return await input.read(block);
  } catch (error) {
    if (error instanceof MemError) return error;
    throw error;
  }
}

/** For an input that is an agent's own file: as events, each of its lines would be a bad one. */
export function transcriptProblem(file: string): MemError {
  const [what, hint] = file === '-' ? ['standard input', 'mem import FILE'] : [file, `mem import ${file}`];
  return new MemError('USAGE', `${what} is a transcript, not events; nothing was taken from it`, {hint: `let mem read it: ${hint}`});
}
