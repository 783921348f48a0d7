import type {EventForSummary} from '../../domain/toc/summary.js';

/** Whether people talk to each other, and none of them to a program: everybody has a name. */
export function isAmongPeople(spoken: readonly EventForSummary[]): boolean {
  return (
    spoken.some(({speaker}) => speaker !== undefined) && spoken.every(({role, speaker}) => role !== 'assistant' || speaker !== undefined)
  );
}
