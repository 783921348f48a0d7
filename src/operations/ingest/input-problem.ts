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
