import {join} from 'node:path';
import {MemError} from '../../errors.js';
import {readFileIfThere} from '../../system/files/replace-file.js';
import {sleep} from '../../system/sleep.js';
import {type Availability, changesBetween, type SchedulerBackend, type ScheduleSpec} from '../install/backend.js';
import {writeEntryFiles} from '../install/entry-files.js';
import {type CommandResult, complaintOf, type RunCommand} from '../install/run-command.js';
import type {Surroundings} from '../install/schedule-places.js';
import type {CronSlots, Entry, EntryChange} from '../scheduler.js';
import {agentLabel, renderAgent} from './launchd-plist.js';

const UNKNOWN_SERVICE = 113;
const IO_ERROR = 5;
const UNLOAD_LIMIT_MS = 10_000;
const POLL_MS = 100;

/** launchd, through launchctl(1). Its output is for people, so only its exit status counts. */
export class LaunchdBackend implements SchedulerBackend {
  readonly name = 'launchd';
  readonly #run: RunCommand;
  readonly #folder: string;
  readonly #slots: CronSlots;
  readonly #template: () => string;
  readonly #here: Surroundings;

  constructor(run: RunCommand, folder: string, {slots, template}: {slots: CronSlots; template: () => string}, here: Surroundings) {
    this.#run = run;
    this.#folder = folder;
    this.#slots = slots;
    this.#template = template;
    this.#here = here;
  }

  async availability(): Promise<Availability> {
    const asked = await this.#run('launchctl', ['print', `user/${this.#here.uid}`]);
    if (asked === undefined) return {kind: 'away', message: 'the command launchctl does not exist', hint: 'launchd exists only on macOS'};
    if (asked.status === 0) return {kind: 'ready', label: 'launchd'};
    return {kind: 'away', message: `launchd does not know this user: ${complaintOf(asked)}`, hint: 'log in as this user and run it again'};
  }

  async render(spec: ScheduleSpec): Promise<readonly Entry[]> {
    const text = renderAgent(spec, (cron) => this.#slots.parse(cron), this.#template());
    return [{name: this.#pathOf(spec.id), text}];
  }

  async read(id: string): Promise<readonly Entry[]> {
    const text = readFileIfThere(this.#pathOf(id));
    return text === undefined ? [] : [{name: this.#pathOf(id), text}];
  }

  async changes(id: string, wanted: readonly Entry[]): Promise<readonly EntryChange[]> {
    return changesBetween(await this.read(id), wanted);
  }

  async apply(id: string, changes: readonly EntryChange[]): Promise<void> {
    const service = `${await this.#domain()}/${agentLabel(id)}`;
    await this.#unload(service);
    writeEntryFiles(changes);
    if ((await this.read(id)).length > 0) await this.#load(service, this.#pathOf(id));
  }

  /** Unloading goes on after launchctl has ended. Loading before it is finished fails with error 5. */
  async #unload(service: string): Promise<void> {
    const done = await this.#call(['bootout', service]);
    if (done.status === UNKNOWN_SERVICE) return;
    for (let waited = 0; waited <= UNLOAD_LIMIT_MS; waited += POLL_MS) {
      if ((await this.#call(['print', service])).status !== 0) return;
      await sleep(POLL_MS);
    }
    throw away(`launchctl bootout ${service} did not end: ${complaintOf(done)}`, 'wait for its run to end, then run the command again');
  }

  async #load(service: string, path: string): Promise<void> {
    // An agent that was once switched off stays off, whatever its file says.
    await this.#call(['enable', service]);
    const domain = service.slice(0, service.lastIndexOf('/'));
    let done = await this.#call(['bootstrap', domain, path]);
    if (done.status === IO_ERROR) {
      await sleep(10 * POLL_MS);
      done = await this.#call(['bootstrap', domain, path]);
    }
    if (done.status !== 0)
      throw away(`launchctl bootstrap ${domain} failed: ${complaintOf(done)}`, 'log in at the screen of this Mac and run it again');
    if ((await this.#call(['print', service])).status !== 0) throw away(`launchd did not accept ${path}`, 'see: launchctl print-disabled');
  }

  async fault(id: string): Promise<string | undefined> {
    const service = `${await this.#domain()}/${agentLabel(id)}`;
    return (await this.#call(['print', service])).status === 0 ? undefined : `the agent ${agentLabel(id)} is not loaded`;
  }

  async notes(): Promise<readonly string[]> {
    const domain = await this.#domain();
    const notes = ['jobs that were due while the Mac was off run when you log in'];
    if (!domain.startsWith('gui/'))
      notes.push(
        'nobody is logged in at the screen, so the agent was loaded only for the background; after logging in run: mem install-schedule',
      );
    return notes;
  }

  /** The session at the screen. Over SSH alone it does not exist, and the user's own domain is left. */
  async #domain(): Promise<string> {
    const gui = `gui/${this.#here.uid}`;
    return (await this.#call(['print', gui])).status === 0 ? gui : `user/${this.#here.uid}`;
  }

  async #call(args: readonly string[]): Promise<CommandResult> {
    const done = await this.#run('launchctl', args);
    if (done === undefined) throw away('the command launchctl does not exist', 'launchd exists only on macOS');
    return done;
  }

  #pathOf(id: string): string {
    return join(this.#folder, `${agentLabel(id)}.plist`);
  }
}

function away(message: string, hint: string): MemError {
  return new MemError('SERVICE_AWAY', message, {hint});
}
