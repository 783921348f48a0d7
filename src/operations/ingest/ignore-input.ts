import {MemError} from '../../errors.js';
import type {Inbox} from '../../inbox/inbox.js';
import type {InputSource} from '../../system/input.js';
import {openOrProblem, readOrProblem} from './input-problem.js';

const BLOCK_BYTES = 64 * 1024;

/**
 * For a call that mem itself caused, by way of the model it asked: reads standard input to its end, keeps nothing, and counts the call.
 * Nothing that goes wrong is worth an error: there is nothing to lose.
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
    // Whoever writes to a pipe that nobody reads is stopped by a signal.
    for (let size: number | MemError = 1; typeof size === 'number' && size > 0; ) size = await readOrProblem(input, block);
  }
}
