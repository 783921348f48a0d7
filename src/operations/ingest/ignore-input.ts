import {MemError} from '../../errors.js';
import type {Inbox} from '../../inbox/inbox.js';
import type {InputSource} from '../../system/input.js';
import {openOrProblem, readOrProblem} from './input-problem.js';

const BLOCK_BYTES = 64 * 1024;

/**
 * For a call that mem itself caused through its model: reads standard input to its end, keeps nothing, and counts the call.
 * No failure is reported, since nothing can be lost.
 */
export async function ignoreInput(sources: readonly InputSource[], inbox: Inbox): Promise<void> {
  try {
    inbox.noteIgnoredCall();
  } catch (error) {
    if (!(error instanceof MemError)) throw error;
  }
  for (const source of sources) {
    if (source.name !== '-') continue;
    const input = openOrProblem(source);
    if (input instanceof MemError) continue;
    const block = Buffer.allocUnsafe(BLOCK_BYTES);
    // A signal would stop the process that writes to a pipe without a reader.
    for (let size: number | MemError = 1; typeof size === 'number' && size > 0; ) size = await readOrProblem(input, block);
  }
}
