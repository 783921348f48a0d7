/** What each exit status means, as the help of every command says it. */
export const EXIT_STATUSES = {
  0: 'done; also when there was nothing to do',
  64: 'wrong usage',
  65: 'some input was bad (what was good is stored)',
  66: 'no input, no store, or no such node',
  69: 'a service refused or is away',
  70: 'a bug in mem',
  73: 'nothing could be written (no space, no permission, read-only): nothing was changed',
  74: 'an I/O error, or damaged data',
  75: 'busy: the store or a lock could not be had in time; try again',
  78: 'configuration, a key or model that was refused, or a newer format',
  130: 'interrupted (SIGINT)',
  143: 'terminated (SIGTERM)',
} as const;

export type ExitStatus = keyof typeof EXIT_STATUSES;
