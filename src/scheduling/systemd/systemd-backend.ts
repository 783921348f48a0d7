import {existsSync, readdirSync} from 'node:fs';
import {join} from 'node:path';
import {errnoOf, ioError, MemError} from '../../errors.js';
import {readFileIfThere} from '../../system/files/replace-file.js';
import {shellWord} from '../../system/shell-word.js';
import {isWsl} from '../crontab/cron-daemon.js';
import {type Availability, changesBetween, type SchedulerBackend, type ScheduleSpec} from '../install/backend.js';
import {writeEntryFiles} from '../install/entry-files.js';
import {type CommandResult, complaintOf, type RunCommand} from '../install/run-command.js';
import type {Surroundings} from '../install/schedule-places.js';
import type {Entry, EntryChange} from '../scheduler.js';
import {isTimer, renderUnits, scheduleOfUnit, type UnitTemplates} from './systemd-units.js';

/** Assumed if systemd does not tell its version, so that units can be printed for another machine: the first version with all zones. */
const USUAL_VERSION = 235;

/** systemd's manager of this user. */
export class SystemdBackend implements SchedulerBackend {
  readonly name = 'systemd';
  readonly #run: RunCommand;
  readonly #folder: string;
  readonly #templates: () => UnitTemplates;
  readonly #here: Surroundings;

  /** @param folder the user's units @param templates called only when units are made */
  constructor(run: RunCommand, folder: string, templates: () => UnitTemplates, here: Surroundings) {
    this.#run = run;
    this.#folder = folder;
    this.#templates = templates;
    this.#here = here;
  }

  async availability(): Promise<Availability> {
    const asked = await this.#run('systemctl', ['--user', 'show-environment']);
    if (asked?.status !== 0) return this.#away(asked);
    return {kind: 'ready', label: `systemd user timers (${await this.#version()})`};
  }

  async #version(): Promise<number> {
    const reply = await this.#run('systemctl', ['--version']);
    return Number(/^systemd (\d+)/.exec(reply?.stdout ?? '')?.[1] ?? USUAL_VERSION);
  }

  #away(asked: CommandResult | undefined): Availability {
    if (asked === undefined) return {kind: 'away', message: 'the command systemctl does not exist', hint: 'use --backend cron'};
    const wsl = isWsl(this.#here.root) ? 'in WSL turn on systemd in /etc/wsl.conf, or ' : '';
    return {
      kind: 'away',
      message: `systemd's manager of this user cannot be reached: ${complaintOf(asked)}`,
      hint: `${wsl}log in as this user (not by su or sudo) and run it again, or use --backend cron`,
    };
  }

  async render(spec: ScheduleSpec): Promise<readonly Entry[]> {
    const units = renderUnits(spec, await this.#version(), this.#templates());
    return units.map(({name, text}) => ({name: join(this.#folder, name), text}));
  }

  async read(id: string): Promise<readonly Entry[]> {
    return this.#unitsOf(id).flatMap((name) => {
      const path = join(this.#folder, name);
      const text = readFileIfThere(path);
      return text === undefined ? [] : [{name: path, text}];
    });
  }

  async changes(id: string, wanted: readonly Entry[]): Promise<readonly EntryChange[]> {
    return changesBetween(await this.read(id), wanted);
  }

  async apply(id: string, changes: readonly EntryChange[]): Promise<void> {
    const gone = changes.filter(({after}) => after === undefined).map(({name}) => unitOf(name));
    await this.#stop(gone);
    writeEntryFiles(changes);
    if (changes.length > 0) await this.#call(['daemon-reload']);
    if (gone.length > 0) await this.#run('systemctl', ['--user', 'reset-failed', ...gone]);
    const timers = this.#unitsOf(id).filter(isTimer);
    if (timers.length === 0) return;
    await this.#call(['enable', '--now', ...timers]);
    const changed = changes.filter(({name, before, after}) => isTimer(name) && before !== undefined && after !== undefined);
    // A running timer keeps the next time of its old text.
    if (changed.length > 0) await this.#call(['restart', ...changed.map(({name}) => unitOf(name))]);
  }

  async #stop(units: readonly string[]): Promise<void> {
    // systemd does not know a timer that was never written.
    const timers = units.filter((name) => isTimer(name) && existsSync(join(this.#folder, name)));
    if (timers.length === 0) return;
    await this.#mustBeThere(timers);
    await this.#call(['disable', '--now', ...timers]);
    // Otherwise its stamp would make a later timer of the same name fire at once.
    await this.#run('systemctl', ['--user', 'clean', '--what=state', ...timers]);
  }

  /** Refuses if systemd does not answer: timers that may still run must not lose the program that they start. */
  async #mustBeThere(timers: readonly string[]): Promise<void> {
    const found = await this.availability();
    if (found.kind === 'ready') return;
    const id = scheduleOfUnit(timers[0] ?? '');
    const gone = ['', '/timers.target.wants'].map((folder) => `${shellWord(this.#folder + folder)}/mem-${id}-*`);
    throw new MemError('SERVICE_AWAY', `its timers cannot be switched off: ${found.message}`, {
      hint: `log in as this user and run it again; if systemd is gone for good, first: rm -f ${gone.join(' ')}`,
    });
  }

  async fault(id: string): Promise<string | undefined> {
    const timers = this.#unitsOf(id).filter(isTimer);
    for (const verb of ['is-enabled', 'is-active']) {
      const states = (await this.#run('systemctl', ['--user', verb, ...timers]))?.stdout.trim().split('\n') ?? [];
      const bad = timers.findIndex((_, at) => !['enabled', 'active'].includes(states[at] ?? ''));
      if (bad >= 0) return `the timer ${timers[bad]} is ${states[bad] || 'unknown to systemd'}`;
    }
    return undefined;
  }

  async notes(): Promise<readonly string[]> {
    const {userName, root} = this.#here;
    const asked = await this.#run('loginctl', ['show-user', userName, '-p', 'Linger', '--value']);
    const lingers = asked?.status === 0 ? asked.stdout.trim() === 'yes' : existsSync(join(root, 'var/lib/systemd/linger', userName));
    if (lingers) return [];
    return [`timers run only while you are logged in (missed jobs run then); to run them always: loginctl enable-linger ${userName}`];
  }

  #unitsOf(id: string): readonly string[] {
    try {
      return readdirSync(this.#folder)
        .filter((name) => scheduleOfUnit(name) === id)
        .sort();
    } catch (error) {
      if (errnoOf(error) === 'ENOENT') return [];
      throw ioError(error, this.#folder, 'read');
    }
  }

  async #call(args: readonly string[]): Promise<void> {
    const done = await this.#run('systemctl', ['--user', ...args]);
    if (done?.status === 0) return;
    const complaint = done === undefined ? 'the command systemctl does not exist' : complaintOf(done);
    throw new MemError('SERVICE_AWAY', `systemctl --user ${args[0]} failed: ${complaint}`, {hint: 'see: systemctl --user status'});
  }
}

const unitOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
