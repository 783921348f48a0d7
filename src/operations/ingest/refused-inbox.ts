import {MemError} from '../../errors.js';

/** Why the inbox takes no more, and how much it had taken: a sender who sends everything again should know what comes twice. */
export function refusedInbox(error: MemError, accepted: number): MemError {
  if (accepted === 0) return new MemError(error.code, `${error.message}; nothing was accepted`, {...hintOf(error), cause: error});
  const events = accepted === 1 ? 'event was' : 'events were';
  const again = 'accepted events with a timestamp or an event_id are not stored twice';
  return new MemError(error.code, `${error.message}; ${accepted} ${events} accepted before`, {
    hint: error.hint === undefined ? again : `${error.hint}; ${again}`,
    cause: error,
  });
}

function hintOf({hint}: MemError): {hint?: string} {
  return hint === undefined ? {} : {hint};
}
