import {MemError} from '../../errors.js';
import {isCronRunning} from '../crontab/cron-daemon.js';
import type {Backend} from '../scheduler.js';
import type {SchedulerBackend} from './backend.js';
import type {Surroundings} from './schedule-places.js';

export type Backends = Readonly<Record<Backend, SchedulerBackend>>;

/**
 * The scheduler for an installation. If none is asked for, the one in use stays while it works. Otherwise launchd on macOS, systemd if it
 * answers, or cron. @throws MemError SERVICE_AWAY when the named one, or every one, is unavailable
 */
export async function chooseBackend(
  backends: Backends,
  {asked, inUse}: {readonly asked: Backend | undefined; readonly inUse: Backend | undefined},
  {platform, root}: Pick<Surroundings, 'platform' | 'root'>,
): Promise<SchedulerBackend> {
  if (asked !== undefined) {
    const found = await backends[asked].availability();
    if (found.kind === 'ready') return backends[asked];
    throw new MemError('SERVICE_AWAY', found.message, {hint: found.hint});
  }
  const order: readonly Backend[] = platform === 'darwin' ? ['launchd'] : ['systemd', 'cron'];
  const reasons: string[] = [];
  for (const name of new Set([...(inUse === undefined ? [] : [inUse]), ...order])) {
    const found = await backends[name].availability();
    if (found.kind === 'ready') return backends[name];
    reasons.push(found.message);
  }
  const container =
    platform !== 'darwin' && isCronRunning(root) === false
      ? '; in a container let its host or its supervisor (cron, supercronic) call it'
      : '';
  throw new MemError('SERVICE_AWAY', `mem found no usable scheduler here: ${reasons.join('; ')}`, {
    hint: `install cron, or let another program run every 15 minutes: mem schedule run --due${container}`,
  });
}
