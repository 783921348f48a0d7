import * as Flags from '@oclif/core/flags';
import {jsonFlag, MemCommand} from '../../cli/frame/mem-command.js';
import {note} from '../../cli/frame/output.js';
import {JOB_NAMES} from '../../domain/jobs/job.js';

export default class ScheduleLog extends MemCommand {
  static override summary = 'Show the log of the runs that the scheduler started';
  static override description =
    'The oldest entry comes first. The log lies outside the home and stays below 3 MiB. A wake-up that found nothing to do is shown only with --all.';
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --job rollup-day -n 5'];
  static override flags = {
    number: Flags.integer({char: 'n', summary: 'show the last N entries', helpValue: 'N', default: 20, min: 0}),
    job: Flags.option({summary: 'only entries that name this job', options: JOB_NAMES})(),
    all: Flags.boolean({summary: 'also show wake-ups'}),
    ...jsonFlag,
  };

  async run(): Promise<void> {
    const {flags} = await this.parse(ScheduleLog);
    const {settings, out} = this.start(flags, {onlyPrints: true});
    const mem = await this.open(flags, settings);
    const {readScheduleLog} = await import('../../operations/schedule/read-schedule-log.js');
    const {logLines} = await import('../../cli/schedule/schedule-log-text.js');
    const {logEntryJson} = await import('../../json/schedule-json.js');
    const entries = await readScheduleLog(mem, {job: flags.job, all: flags.all, limit: flags.number});
    if (entries === undefined) note(['mem: nothing is installed for this home; see: mem install-schedule']);
    else if (entries.length === 0 && flags.number > 0)
      note([
        `mem: no run${flags.job === undefined ? '' : ` of ${flags.job}`} has written anything yet; see when jobs are due: mem schedule next`,
      ]);
    if (flags.json) for (const entry of entries ?? []) out.json(logEntryJson(entry));
    else out.lines(logLines(entries ?? []));
    await out.flush();
  }
}
