import type {Job} from '../../domain/jobs/job.js';
import {MemError} from '../../errors.js';
import {type Availability, MISSED_MINUTE, type SchedulerBackend, type ScheduleSpec} from '../install/backend.js';
import {checkPath, crontabWord} from '../install/quoting.js';
import type {RunCommand} from '../install/run-command.js';
import type {Surroundings} from '../install/schedule-places.js';
import type {Entry} from '../scheduler.js';
import {isCronRunning, isWsl} from './cron-daemon.js';
import {blockEnd, blockStart, findBlock, withBlock} from './crontab-block.js';
import {type CrontabTable, isBusybox} from './crontab-table.js';
import {crontabTimes} from './crontab-times.js';

/** The name of cron's table among the entries. */
const NAME = 'crontab';
/** Debian's cron refuses longer commands. */
const COMMAND_CHARACTERS = 998;

/** cron's table: one marked block per home. Everything else in it stays as it is. */
export class CronBackend implements SchedulerBackend {
  readonly name = 'cron';
  readonly #run: RunCommand;
  readonly #table: CrontabTable;
  readonly #here: Surroundings;

  constructor(run: RunCommand, table: CrontabTable, here: Surroundings) {
    this.#run = run;
    this.#table = table;
    this.#here = here;
  }

  async availability(): Promise<Availability> {
    if ((await this.#run('crontab', ['-l'])) === undefined) {
      return {kind: 'away', message: 'the command crontab does not exist', hint: 'install cron (Debian: apt-get install cron)'};
    }
    return {kind: 'ready', label: 'cron'};
  }

  async render(spec: ScheduleSpec): Promise<readonly Entry[]> {
    const runner = this.#runnerWord(spec.runner);
    const lines = spec.jobs.flatMap((job) =>
      crontabTimes(job, spec.systemZone, spec.now).map((times) => `${times} ${commandOf(runner, wordsOf(job))}`),
    );
    const text = [
      blockStart(spec.id),
      '# Written by mem, which changes it with: mem install-schedule',
      ...lines,
      `${MISSED_MINUTE} * * * * ${commandOf(runner, '--missed')}`,
      `@reboot ${commandOf(runner, '--missed')}`,
      blockEnd(spec.id),
    ];
    return [{name: NAME, text: `${text.join('\n')}\n`}];
  }

  #runnerWord(path: string): string {
    checkPath(path, "mem's folder for schedules");
    if (isBusybox(this.#path) && /[%\\]/.test(path)) {
      throw new MemError('CONFIG_INVALID', `BusyBox's cron cannot start a program at the path ${path}`, {
        hint: 'set XDG_STATE_HOME to a folder without % and backslash',
      });
    }
    const word = crontabWord(path);
    if (2 * word.length > COMMAND_CHARACTERS - 100) {
      throw new MemError('CONFIG_INVALID', `the path of the runner is too long for a crontab: ${path}`, {
        hint: 'set XDG_STATE_HOME to a shorter folder',
      });
    }
    return word;
  }

  get #path(): string {
    return this.#here.env['PATH'] ?? '';
  }

  async read(id: string): Promise<readonly Entry[]> {
    const {block} = findBlock((await this.#table.read()) ?? '', id);
    return block === '' ? [] : [{name: NAME, text: block}];
  }

  async changes(id: string, wanted: readonly Entry[]) {
    const before = await this.#table.read();
    const after = orNone(withBlock(before ?? '', id, wanted[0]?.text ?? ''));
    return before === after || (before === '' && after === undefined) ? [] : [{name: NAME, before, after}];
  }

  async apply(id: string, changes: Parameters<SchedulerBackend['apply']>[1]): Promise<void> {
    for (const {before, after} of changes) {
      // Lines of others stay; mem's block becomes what it was.
      const block = findBlock(before ?? '', id).block;
      await this.#table.replace(before, after, (current) => orNone(withBlock(current ?? '', id, block)));
    }
  }

  async fault(): Promise<string | undefined> {
    return undefined;
  }

  async notes({id}: Pick<ScheduleSpec, 'id'>): Promise<readonly string[]> {
    const notes: string[] = [];
    const {before} = findBlock((await this.#table.read()) ?? '', id);
    const [, shell = ''] = /^[ \t]*SHELL[ \t]*=[ \t]*["']?([^"'\s]+)/m.exec(before) ?? [];
    if (shell !== '' && !/\/(ba|da|k|z|a)?sh$/.test(shell))
      notes.push(`the crontab sets SHELL=${shell} above mem's lines; they need a POSIX shell`);
    if (/^[ \t]*(CRON_TZ|TZ)[ \t]*=/m.test(before)) {
      notes.push("the crontab sets CRON_TZ or TZ above mem's lines, which may move their times; missed jobs run within the hour");
    }
    if (this.#here.platform !== 'darwin' && isCronRunning(this.#here.root) === false) {
      const start = isWsl(this.#here.root)
        ? 'sudo service cron start (WSL does not start it by itself)'
        : 'your system starts it, e.g. sudo service cron start';
      notes.push(`no cron is running here, so nothing starts the jobs; ${start}`);
    }
    return notes;
  }
}

/** An empty table is removed: before mem came, it did not exist. */
function orNone(text: string): string | undefined {
  return text === '' ? undefined : text;
}

function wordsOf({name, jitterMs}: Job): string {
  return jitterMs === 0 ? name : `${name} --jitter ${Math.ceil(jitterMs / 1000)}`;
}

/** Without its runner an entry is silent: cron would send a mail each time. The home says that it is gone. */
function commandOf(runner: string, words: string): string {
  return `[ ! -x ${runner} ] || ${runner} ${words} --via cron`;
}
