import {EXIT_STATUS, type MemError} from '../errors.js';

/** An error as `--json` prints it on stderr. */
export function errorJson({code, message, hint, exitStatus}: MemError): Record<string, unknown> {
  return {code, message, hint, exit_status: exitStatus};
}

/** A bug, with its stack. */
export function bugJson(message: string, stack: string): Record<string, unknown> {
  return {code: 'BUG', message, stack, exit_status: EXIT_STATUS.BUG};
}
