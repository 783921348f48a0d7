import {existsSync, realpathSync} from 'node:fs';
import {dirname, resolve} from 'node:path';
import {canonicalTimeZone} from '../../domain/time/time-zone.js';
import {MemError} from '../../errors.js';
import {readFileIfThere} from '../../system/files/replace-file.js';
import {systemZone} from '../cron/system-zone.js';
import type {
  Backend,
  CronSlots,
  Entry,
  InstalledSchedule,
  InstallOptions,
  PlannedSchedule,
  Scheduler,
  WantedSchedule,
} from '../scheduler.js';
import type {SchedulerBackend, ScheduleSpec} from './backend.js';
import {type Backends, chooseBackend} from './choose-backend.js';
import {inspectInstallation} from './inspect-installation.js';
import {type InstallParts, makeInstallation} from './install-steps.js';
import {findManifest, fingerprintOf, type Manifest, manifestText} from './manifest.js';
import {findNode, findScript, lastingPath} from './node-path.js';
import {openBackends, type SchedulerParts} from './open-backends.js';
import {lastingVariables} from './own-program.js';
import {filesToRemove, foldersOf, removeFormerFolder, removeInstallation} from './remove-steps.js';
import {addToRunLog, readRunLog} from './run-log-file.js';
import {renderRunner} from './runner-script.js';
import {chooseScheduleId, findScheduleOf, readScheduleId, realHome} from './schedule-id.js';
import {logPath, manifestPath, runnerPath, type SchedulePlaces, type Surroundings, schedulePlaces} from './schedule-places.js';

/** The schedulers of Linux and macOS. They look at nothing before they are asked. */
export function openScheduler(parts: SchedulerParts): Scheduler {
  return new OsScheduler(parts);
}

class OsScheduler implements Scheduler {
  readonly #here: Surroundings;
  readonly #slots: CronSlots;
  readonly #takeLock: SchedulerParts['takeLock'];
  readonly #places: SchedulePlaces;
  readonly #backends: Backends;

  constructor(parts: SchedulerParts) {
    const {here, slots, takeLock} = parts;
    this.#here = here;
    this.#slots = slots;
    this.#takeLock = takeLock;
    this.#places = schedulePlaces(here);
    this.#backends = openBackends(parts, this.#places);
  }

  async inspect(wanted: WantedSchedule): Promise<InstalledSchedule | undefined> {
    return inspectInstallation(wanted, {here: this.#here, places: this.#places, backends: this.#backends});
  }

  async render(wanted: WantedSchedule, options: InstallOptions): Promise<{readonly backend: Backend; readonly entries: readonly Entry[]}> {
    const {backend, spec, runner} = await this.#prepare(wanted, options, {mustBeThere: false});
    return {backend: backend.name, entries: [{name: spec.runner, text: runner}, ...(await backend.render(spec))]};
  }

  async plan(wanted: WantedSchedule, options: InstallOptions): Promise<PlannedSchedule> {
    return (await this.#parts(wanted, options)).planned;
  }

  async install(
    wanted: WantedSchedule,
    options: InstallOptions,
  ): Promise<{readonly installed: InstalledSchedule; readonly planned: PlannedSchedule}> {
    const lock = await this.#takeLock(dirname(this.#places.backups));
    try {
      const parts = await this.#parts(wanted, options);
      await makeInstallation(parts);
      removeFormerFolder(this.#places, parts.planned.scheduleId);
      const installed = await this.inspect(wanted);
      if (installed === undefined) throw new Error('the installed schedule cannot be found');
      return {installed, planned: parts.planned};
    } finally {
      lock.release();
    }
  }

  async #parts(wanted: WantedSchedule, options: InstallOptions): Promise<InstallParts> {
    const {backend, spec, runner, facts, old} = await this.#prepare(wanted, options, {mustBeThere: true});
    const entries = await backend.render(spec);
    const id = spec.id;
    const presentRunner = readFileIfThere(spec.runner);
    const ownChanges = await backend.changes(id, entries);
    const others = await Promise.all(
      Object.values(this.#backends)
        .filter((other) => other !== backend)
        .map(async (other) => ({backend: other, changes: await this.#leftovers(other, id, old)})),
    );
    const manifest: Manifest = {
      ...facts,
      fingerprints: Object.fromEntries([{name: spec.runner, text: runner}, ...entries].map(({name, text}) => [name, fingerprintOf(text)])),
    };
    const changes = [
      ...(presentRunner === runner ? [] : [{name: spec.runner, before: presentRunner, after: runner}]),
      ...ownChanges,
      ...others.flatMap((other) => other.changes),
    ];
    const fault = ownChanges.length > 0 ? undefined : await backend.fault(id);
    const planned = {scheduleId: id, backend: backend.name, changes, fault};
    return {
      planned,
      home: spec.home,
      runner: {path: spec.runner, before: presentRunner, after: runner},
      manifest: {
        path: manifestPath(this.#places, id),
        before: readFileIfThere(manifestPath(this.#places, id)),
        after: manifestText(manifest),
      },
      steps: [
        {backend, changes: ownChanges, entries},
        ...others.filter(({changes}) => changes.length > 0).map((other) => ({...other, entries: []})),
      ],
    };
  }

  /** The removal of the schedule's entries in another backend. A backend that does not answer has none, unless the manifest names it. */
  async #leftovers(backend: SchedulerBackend, id: string, old: Manifest | undefined): ReturnType<SchedulerBackend['changes']> {
    // On a Mac, crontab asks the user for rights. That would surprise a user who does not use it.
    if (backend.name === 'cron' && this.#here.platform === 'darwin' && old?.backend !== 'cron') return [];
    try {
      return await backend.changes(id, []);
    } catch (error) {
      if (error instanceof MemError && old?.backend !== backend.name) return [];
      throw error;
    }
  }

  async #prepare({home, jobs, now}: WantedSchedule, options: InstallOptions, {mustBeThere}: {mustBeThere: boolean}) {
    for (const {name, cron, timeZone} of jobs) {
      if (canonicalTimeZone(timeZone) === undefined)
        throw new MemError('CONFIG_INVALID', `time zone "${timeZone}" of ${name} is not an IANA time zone`);
      this.#slots.parse(cron);
    }
    const real = realHome(home);
    const id = chooseScheduleId(real, (candidate) => this.#isTaken(candidate, real));
    const old = findManifest(this.#places, id)?.manifest;
    const backend =
      !mustBeThere && options.backend !== undefined
        ? this.#backends[options.backend]
        : await chooseBackend(this.#backends, {asked: options.backend, inUse: old?.backend}, this.#here);
    const node = findNode(this.#here);
    const script = findScript(this.#here, options.allowEphemeral);
    const zone = systemZone(this.#here);
    const spec: ScheduleSpec & {home: string} = {id, home: real, runner: runnerPath(this.#places, id), jobs, systemZone: zone, now};
    const {version, env} = this.#here;
    // The HOME of a shell may differ from the system's. The settings are read from there.
    const variables = {
      HOME: this.#here.homeFolder,
      ...lastingVariables(env),
    };
    const runner = renderRunner({
      version,
      home: real,
      log: logPath(this.#places, id),
      node,
      script,
      path: lastingPath(node, this.#here),
      variables,
    });
    const installedAt = old?.installedAt ?? now;
    const facts = {format: 1, id, home: real, backend: backend.name, version, node, script, jobs, systemZone: zone, installedAt} as const;
    return {backend, spec, runner, facts, old};
  }

  #isTaken(id: string, home: string): boolean {
    const other = findManifest(this.#places, id)?.manifest.home;
    return other !== undefined && other !== home && readScheduleId(other)?.id === id;
  }

  async uninstall(home: string, {isDryRun}: {readonly isDryRun: boolean}): ReturnType<Scheduler['uninstall']> {
    const path = existsSync(home) ? realpathSync(home) : resolve(home);
    const id = findScheduleOf(path, this.#places, (candidate) => this.#isTaken(candidate, path));
    if (id === undefined) return {backend: undefined, changes: []};
    const lock = isDryRun ? undefined : await this.#takeLock(dirname(this.#places.backups));
    try {
      const manifest = findManifest(this.#places, id)?.manifest;
      const steps = [];
      for (const backend of Object.values(this.#backends)) {
        const changes = await this.#leftovers(backend, id, manifest);
        if (changes.length > 0) steps.push({backend, changes, entries: []});
      }
      const files = filesToRemove(this.#places, id, path);
      const changes = [...steps.flatMap((step) => step.changes), ...files.map((name) => ({name, before: '', after: undefined}))];
      if (!isDryRun) await removeInstallation({id, steps, files, folders: foldersOf(this.#places, id)});
      return {backend: manifest?.backend ?? steps[0]?.backend.name, changes};
    } finally {
      lock?.release();
    }
  }

  addToLog(home: string, line: string): void {
    addToRunLog(this.#places, home, line);
  }

  readLog(home: string): readonly string[] | undefined {
    return readRunLog(this.#places, home);
  }
}
