import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import {jobsAsked, jsonFlag, MemCommand, notFromStdin} from '../../cli/frame/mem-command.js';
import {JOB_NAMES} from '../../domain/jobs/job.js';

export default class SchedulePause extends MemCommand {
  static override summary = 'Have a job pass its slots over until it is resumed';
  static override description =
    'It is kept in the store, so it survives a restart and a new installation. What the job makes is left out of what the other jobs do; by hand mem rollup makes it all the same.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> rollup-week',
    '<%= config.bin %> <%= command.id %> --all --until 2026-12-01',
  ];
  static override args = {job: Args.string({...notFromStdin, description: 'the job', options: [...JOB_NAMES]})};
  static override flags = {
    all: Flags.boolean({summary: 'all jobs'}),
    until: Flags.string({summary: 'resume by itself when this date, period or instant begins', helpValue: 'WHEN'}),
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
