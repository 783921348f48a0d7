import {isAbsolute, join} from 'node:path';
import type {Backend} from '../scheduler.js';

/** Facts about the machine and the user, handed in by the composition root. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  readonly uid: number;
  readonly userName: string;
  /** The user's home, not mem's. */
  readonly homeFolder: string;
  readonly temporaryFolder: string;
  /** The real path of the running Node. */
  readonly nodePath: string;
  /** mem's own script as it was called; it may be a link. */
  readonly scriptPath: string;
  /** The folder of mem's package, with the templates. */
  readonly packageRoot: string;
  readonly version: string;
  /** `/`, which contains `etc` and `proc`. */
  readonly root: string;
}

/** The places of a schedule's files: XDG's folders on Linux, Library on macOS. */
export interface SchedulePlaces {
  /** One folder per schedule, with `run` and `manifest.json`. It lies outside of every home: the schedules of other homes need it. */
  readonly schedules: string;
  /** Where an older mem kept that: inside the default home. */
  readonly formerSchedules: string;
  readonly logs: string;
  readonly backups: string;
  readonly systemdUnits: string;
  readonly launchAgents: string;
}

export function schedulePlaces({env, platform, homeFolder}: Pick<Surroundings, 'env' | 'platform' | 'homeFolder'>): SchedulePlaces {
  const xdg = (name: string, otherwise: string): string => {
    const folder = env[name];
    // The XDG specification: a relative path must be ignored.
    return folder !== undefined && isAbsolute(folder) ? folder : join(homeFolder, otherwise);
  };
  const systemdUnits = join(xdg('XDG_CONFIG_HOME', '.config'), 'systemd', 'user');
  const launchAgents = join(homeFolder, 'Library', 'LaunchAgents');
  if (platform === 'darwin') {
    const support = join(homeFolder, 'Library', 'Application Support');
    const [schedules, formerSchedules] = [join(support, 'mem-schedule'), join(support, 'mem', 'schedule')];
    const logs = join(homeFolder, 'Library', 'Logs', 'mem');
    return {schedules, formerSchedules, logs, backups: join(schedules, 'backup'), systemdUnits, launchAgents};
  }
  const state = join(xdg('XDG_STATE_HOME', '.local/state'), 'mem', 'schedule');
  const formerSchedules = join(xdg('XDG_DATA_HOME', '.local/share'), 'mem', 'schedule');
  return {schedules: state, formerSchedules, logs: state, backups: join(state, 'backup'), systemdUnits, launchAgents};
}

export const runnerPath = (places: SchedulePlaces, id: string): string => join(places.schedules, id, 'run');
export const manifestPath = (places: SchedulePlaces, id: string): string => join(places.schedules, id, 'manifest.json');
export const formerFolder = (places: SchedulePlaces, id: string): string => join(places.formerSchedules, id);
export const logPath = (places: SchedulePlaces, id: string): string => join(places.logs, id, 'log');

/** A scheduler for people: `systemd user timers`. */
export function backendLabel(backend: Backend): string {
  switch (backend) {
    case 'systemd':
      return 'systemd user timers';
    case 'cron':
      return 'cron';
    case 'launchd':
      return 'launchd';
  }
}
