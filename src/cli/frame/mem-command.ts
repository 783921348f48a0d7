import {Command} from '@oclif/core/command';
import * as Flags from '@oclif/core/flags';
import {JOB_NAMES, type JobName} from '../../domain/jobs/job.js';
import {MemError} from '../../errors.js';
import type {Mem} from '../../operations/mem.js';
import {loadSettings, loadValidSettings, type Settings} from '../../settings/config.js';
import type {ExitStatus} from './exit-statuses.js';
import {type ColorChoice, note, Output, type OutputOptions, wantsColor} from './output.js';
import {reportError} from './report-error.js';

/** `--json`, for every command that prints data. */
export const jsonFlag = {json: Flags.boolean({summary: 'print JSON, for programs'})};

/** For the commands that can leave out what is of other projects or agents. */
export const onlyFlags = {
  project: Flags.string({
    summary: 'only one project, by its name or, where it is clear, its last part; can be repeated',
    helpValue: 'NAME',
    multiple: true,
    multipleNonGreedy: true,
  }),
  agent: Flags.string({summary: 'only one agent', helpValue: 'NAME'}),
};

/** What `onlyFlags` leave over. */
export function filterOf({project = [], agent}: {project?: string[] | undefined; agent?: string | undefined}): {
  readonly projects: readonly string[];
  readonly agent: string | undefined;
} {
  return {projects: project, agent};
}

/** For the commands that read events. */
export const sessionFlag = Flags.string({summary: 'only one session, by its id or a beginning of it that no other has', helpValue: 'ID'});

/** For the commands that show a tree. */
export const depthFlag = Flags.integer({
  summary: 'how many TOC levels below the node to show; default: 2 for a year, else 1',
  helpValue: 'N',
  min: 0,
  max: 4,
});

/** For every argument. Otherwise oclif reads a missing argument from stdin, which is for events, or waits in a script for ever. */
export const notFromStdin = {ignoreStdin: true} as const;
/** One job, or undefined for all of them. @throws MemError USAGE unless one of both was asked for */
export function jobsAsked(job: string | undefined, all: boolean | undefined): JobName | undefined {
  if ((all === true) === (job !== undefined))
    throw new MemError('USAGE', 'name one job, or --all', {hint: `the jobs are ${JOB_NAMES.join(', ')}`});
  return JOB_NAMES.find((name) => name === job);
}

export interface BaseFlags {
  readonly store?: string | undefined;
  readonly color?: string | undefined;
}

/** The base of every command. A command parses its flags, calls one operation and prints. */
export abstract class MemCommand extends Command {
  static override baseFlags = {
    store: Flags.string({
      summary: "mem's home, the folder with the inbox and the store; also MEM_HOME",
      helpValue: 'FOLDER',
      helpGroup: 'GLOBAL',
    }),
    color: Flags.string({summary: 'colour in text; also MEM_COLOR', options: ['auto', 'always', 'never'], helpGroup: 'GLOBAL'}),
  };
  #out: Output | undefined;
  /** The possible exit statuses, for the command's help. */
  static statuses: readonly ExitStatus[] = [0, 64, 66, 69, 70, 73, 74, 75, 78, 130, 143];

  /** Reads the settings and prepares the output. @throws MemError CONFIG_INVALID */
  protected start(flags: BaseFlags, options: OutputOptions = {}): {readonly settings: Settings; readonly out: Output} {
    const settings = loadSettings({color: flags.color});
    return {settings, out: this.#openOutput(flags, settings, options)};
  }

  /** The same for a command that must work whatever the settings are: what is wrong has its default, and each fault is told. */
  protected startAnyway(flags: BaseFlags): {readonly settings: Settings; readonly out: Output; readonly faults: readonly MemError[]} {
    const {settings, faults} = loadValidSettings({color: flags.color});
    return {settings, faults, out: this.#openOutput(flags, settings, {})};
  }

  /** Remembered, so that the command's end tells of what could not be written. */
  #openOutput(flags: BaseFlags, settings: Settings, options: OutputOptions): Output {
    const out = new Output(wantsColor(process.stdout, settings.color, flags.color !== undefined), options);
    this.#out = out;
    return out;
  }

  /** Everything that the operations work on. The store is not opened yet. */
  protected async open(flags: BaseFlags, settings: Settings): Promise<Mem> {
    const {openMem} = await import('../../mem.js');
    const {store} = flags;
    // Loaded only if a model is configured: every other command would pay for it.
    const model =
      settings.summarizer === 'openai' ? (await import('../../entries/model.js')).openModel({store, openai: settings.openai}) : undefined;
    return openMem({...settings, model, store});
  }

  /** The same for a command that shows what is in the memory: first what agents wrote since is taken in, as far as there is time. */
  protected async openToRead(flags: BaseFlags, settings: Settings): Promise<Mem> {
    const mem = await this.open(flags, settings);
    const {hasMore, problem} = await mem.takeNews();
    if (problem !== undefined) note([`mem: warning: what agents wrote since was not read: ${problem}; see: mem import`]);
    else if (hasMore) note(['mem: note: what agents wrote since is not all read yet; read the rest with: mem import']);
    return mem;
  }

  /** Warns on stderr, in one line, of what a reader must know. Call it after reading the store. */
  protected async sayAlarms(mem: Mem): Promise<void> {
    const {alarmsOf} = await import('../../operations/access/alarms.js');
    const alarms = alarmsOf(mem);
    if (alarms.length > 0) note([`mem: warning: ${alarms.join('; ')}`]);
  }

  /** Runs the command. Every thrown error becomes a message and an exit status. */
  async execute(): Promise<void> {
    try {
      await this.init();
      await this.run();
      // Its work is done, and what it says of that is lost: whoever reads the status must hear of it.
      if (this.#out?.fault) process.exitCode = this.report(this.#out.fault);
    } catch (error) {
      process.exitCode = this.report(error);
    }
  }

  protected report(error: unknown): number {
    const before = this.argv.slice(0, this.argv.includes('--') ? this.argv.indexOf('--') : undefined);
    const choice = colorIn(before);
    return reportError(error, {
      json: before.includes('--json') && this.ctor.flags !== undefined && 'json' in this.ctor.flags,
      color: wantsColor(process.stderr, choice, true),
      command: (this.id ?? '').replaceAll(':', ' '),
    });
  }
}

/** The value of `--color`, if the flags could not be parsed. */
function colorIn(words: readonly string[]): ColorChoice {
  const choice = words.map((word, at) => (word === '--color' ? words[at + 1] : /^--color=(.*)$/.exec(word)?.[1])).findLast(Boolean);
  return choice === 'always' || choice === 'never' ? choice : 'auto';
}
