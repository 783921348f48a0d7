/** The meaning of each exit status, for the help of every command. */
export const EXIT_STATUSES = {
  0: 'done; also when there was nothing to do',
  64: 'wrong usage',
  65: 'some input was bad (the good input is stored)',
  66: 'the input, the store or the node does not exist',
  69: 'a service refused or is unavailable',
  70: 'a bug in mem',
  73: 'nothing could be written (no space, no permission, read-only): nothing was changed',
  74: 'an I/O error, or damaged data',
  75: 'busy: the store or a lock was not free in time; try again',
  78: 'wrong configuration, a refused key or model, or a newer format',
  130: 'interrupted (SIGINT)',
  143: 'terminated (SIGTERM)',
} as const;

export type ExitStatus = keyof typeof EXIT_STATUSES;
