import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import {jobsAsked, jsonFlag, MemCommand, notFromStdin} from '../../cli/frame/mem-command.js';
import {JOB_NAMES} from '../../domain/jobs/job.js';

export default class SchedulePause extends MemCommand {
  static override summary = 'Pause a job: it skips its slots until it is resumed';
  static override description =
    'The store keeps the pause, so it survives a restart and a new installation. Other jobs leave out what the paused job makes; "mem rollup" by hand still makes it.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> rollup-week',
    '<%= config.bin %> <%= command.id %> --all --until 2026-12-01',
    '<%= config.bin %> <%= command.id %> rollup-segment --until 2h',
  ];
  static override args = {job: Args.string({...notFromStdin, description: 'the job', options: [...JOB_NAMES]})};
  static override flags = {
    all: Flags.boolean({summary: 'all jobs'}),
    until: Flags.string({
      summary:
        'resume automatically after a duration (2h, 3 days), or when this begins: tomorrow, monday, next week, a date, a period, an instant',
      helpValue: 'WHEN',
    }),
    ...jsonFlag,
  };

  async run(): Promise<void> {
    const {args, flags} = await this.parse(SchedulePause);
    const {settings, out} = this.start(flags);
    const name = jobsAsked(args.job, flags.all);
    const mem = await this.open(flags, settings);
    const {pauseJobs} = await import('../../operations/schedule/pause-jobs.js');
    const {pauseLines} = await import('../../cli/schedule/pause-text.js');
    const {pauseJson} = await import('../../json/schedule-json.js');
    const {Calendar} = await import('../../domain/time/period.js');
    const report = await pauseJobs(mem, name, flags.until);
    if (flags.json) for (const change of report.changes) out.json(pauseJson(change, new Calendar(report.timeZone)));
    else out.lines(pauseLines(report));
    await out.flush();
  }
}
