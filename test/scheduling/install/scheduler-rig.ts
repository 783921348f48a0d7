import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import type {EpochMs} from '../../../src/domain/event/event.js';
import {type Job, OPTIONAL_JOBS} from '../../../src/domain/jobs/job.js';
import {cronSlots} from '../../../src/scheduling/cron/cron-slots.js';
import {openScheduler} from '../../../src/scheduling/install/os-scheduler.js';
import {commandRunner} from '../../../src/scheduling/install/run-command.js';
import type {Surroundings} from '../../../src/scheduling/install/schedule-places.js';
import type {Backend, InstallOptions, Scheduler, WantedSchedule} from '../../../src/scheduling/scheduler.js';
import {loadSettings} from '../../../src/settings/config.js';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** A user's folder, a home in it, and what the system has: programs that stand for crontab, systemctl or launchctl, and files of /etc. */
export class SchedulerRig implements Disposable {
  readonly folder: string;
  readonly home: string;
  readonly user: string;
  now = Date.parse('2026-11-20T12:00:00Z') as EpochMs;
  here: Surroundings;

  constructor(platform: 'linux' | 'darwin', zone = 'Etc/UTC') {
    this.folder = realpathSync(mkdtempSync(join(tmpdir(), 'mem-scheduler-')));
    this.user = join(this.folder, 'user');
    this.home = join(this.user, 'mem home');
    for (const name of ['bin', 'etc', 'proc', 'app/bin']) mkdirSync(join(this.folder, name), {recursive: true});
    mkdirSync(this.home, {recursive: true});
    this.setZone(zone);
    const scriptPath = join(this.folder, 'app/bin/mem.js');
    writeFileSync(scriptPath, '');
    this.here = {
      env: {PATH: `${join(this.folder, 'bin')}:/usr/bin:/bin`},
      platform,
      uid: 501,
      userName: 'u',
      homeFolder: this.user,
      temporaryFolder: '/nonexistent',
      nodePath: process.execPath,
      scriptPath,
      packageRoot: ROOT,
      version: '1.2.3',
      root: this.folder,
    };
  }

  setZone(zone: string): void {
    rmSync(join(this.folder, 'etc/localtime'), {force: true});
    symlinkSync(`/usr/share/zoneinfo/${zone}`, join(this.folder, 'etc/localtime'));
  }

  /** A program of the system's; `$S` is a folder for what it remembers. */
  program(name: string, script: string): void {
    const path = join(this.folder, 'bin', name);
    mkdirSync(join(this.folder, 'state'), {recursive: true});
    writeFileSync(path, `#!/bin/sh\nS='${join(this.folder, 'state')}'\necho "${name} $*" >>"$S/calls"\n${script}\n`);
    chmodSync(path, 0o755);
  }

  /** The calls of the programs since the last look. */
  calls(): readonly string[] {
    const path = join(this.folder, 'state/calls');
    const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n').slice(0, -1) : [];
    rmSync(path, {force: true});
    return lines.map((line) => line.replaceAll(this.folder, '~'));
  }

  get scheduler(): Scheduler {
    return openScheduler({
      here: this.here,
      run: commandRunner(this.here.env, this.here.uid),
      slots: cronSlots,
      clock: () => this.now,
      takeLock: async () => ({release: () => {}}),
    });
  }

  wanted(changed: Partial<Job> = {}, timeZone = 'UTC'): WantedSchedule {
    const jobs = loadSettings({}, {}, '/nowhere').jobs.flatMap((job) => (OPTIONAL_JOBS.includes(job.name) ? [] : [{...job, timeZone}]));
    return {home: this.home, jobs: jobs.map((job) => (job.name === changed.name ? {...job, ...changed} : job)), now: this.now};
  }

  options(backend?: Backend): InstallOptions {
    return {backend, allowEphemeral: true};
  }

  /** Every file of the user's, but the store's and the lock's, with its text. */
  files(): Readonly<Record<string, string>> {
    const found: Record<string, string> = {};
    for (const entry of readdirSync(this.user, {recursive: true, withFileTypes: true})) {
      const path = join(entry.parentPath, entry.name);
      if (entry.isFile()) found[path.slice(this.user.length + 1)] = readFileSync(path, 'utf8');
    }
    return found;
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(path), {recursive: true});
    writeFileSync(path, text);
  }

  [Symbol.dispose](): void {
    if (this.folder.includes('mem-scheduler-')) rmSync(this.folder, {recursive: true, force: true});
  }
}
