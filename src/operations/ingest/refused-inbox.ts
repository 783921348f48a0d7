import {MemError} from '../../errors.js';

/** Why the inbox takes no more, with what it had taken before: whoever sends all of it again should know what comes twice. */
export function refusedInbox(error: MemError, accepted: number): MemError {
  if (accepted === 0) return new MemError(error.code, `${error.message}; nothing was taken in`, {...hintOf(error), cause: error});
  const events = accepted === 1 ? 'event was' : 'events were';
  const again = 'what was taken in and has a timestamp or an event_id is not doubled by that';
  return new MemError(error.code, `${error.message}; ${accepted} ${events} taken in before`, {
    hint: error.hint === undefined ? again : `${error.hint}; ${again}`,
    cause: error,
  });
}

function hintOf({hint}: MemError): {hint?: string} {
  return hint === undefined ? {} : {hint};
}
