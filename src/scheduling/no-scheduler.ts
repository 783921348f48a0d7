import {MemError} from '../errors.js';
import type {Scheduler} from './scheduler.js';

function away(): never {
  throw new MemError('SERVICE_AWAY', 'mem knows no scheduler on this machine', {hint: 'have one start: mem schedule run --due'});
}

/** Where nothing is installed and nothing can be. */
export const noScheduler: Scheduler = {
  inspect: async () => undefined,
  plan: async () => away(),
  install: async () => away(),
  uninstall: async () => ({backend: undefined, changes: []}),
};
