const STATUS = {SIGINT: 130, SIGTERM: 143} as const;

/** SIGINT and SIGTERM as an AbortSignal, for work that can end cleanly. A second signal of the same kind ends the process at once. */
export interface StopSignals extends Disposable {
  readonly signal: AbortSignal;
  /** The exit status of the signal; 0 when no signal came. */
  readonly exitStatus: number;
}

export function stopSignals(): StopSignals {
  const controller = new AbortController();
  let exitStatus = 0;
  const stop = (name: keyof typeof STATUS): void => {
    exitStatus = STATUS[name];
    controller.abort();
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  return {
    signal: controller.signal,
    get exitStatus() {
      return exitStatus;
    },
    [Symbol.dispose]() {
      process.removeListener('SIGINT', stop);
      process.removeListener('SIGTERM', stop);
    },
  };
}
