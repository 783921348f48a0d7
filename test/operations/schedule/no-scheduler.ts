import {MemError} from '../../../src/errors.js';
import type {Scheduler} from '../../../src/scheduling/scheduler.js';

function away(): never {
  throw new MemError('SERVICE_AWAY', 'mem knows no scheduler on this machine', {hint: 'have one start: mem schedule run --due'});
}

/** Where nothing is installed and nothing can be. */
export const noScheduler: Scheduler = {
  inspect: async () => undefined,
  render: async () => away(),
  plan: async () => away(),
  install: async () => away(),
  uninstall: async () => ({backend: undefined, changes: []}),
  readLog: () => undefined,
  addToLog: () => {},
};
