import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import {jobsAsked, jsonFlag, MemCommand, notFromStdin} from '../../cli/frame/mem-command.js';
import {JOB_NAMES} from '../../domain/jobs/job.js';

export default class ScheduleResume extends MemCommand {
  static override summary = 'Resume a paused job';
  static override description =
    'It runs again from its next slot on. Slots during the pause are past; the next run makes what was left out.';
  static override examples = ['<%= config.bin %> <%= command.id %> rollup-week', '<%= config.bin %> <%= command.id %> --all'];
  static override args = {job: Args.string({...notFromStdin, description: 'the job', options: [...JOB_NAMES]})};
  static override flags = {
    all: Flags.boolean({summary: 'all jobs'}),
    ...jsonFlag,
  };

  async run(): Promise<void> {
    const {args, flags} = await this.parse(ScheduleResume);
    const {settings, out} = this.start(flags);
    const name = jobsAsked(args.job, flags.all);
    const mem = await this.open(flags, settings);
    const {resumeJobs} = await import('../../operations/schedule/pause-jobs.js');
    const {pauseLines} = await import('../../cli/schedule/pause-text.js');
    const {pauseJson} = await import('../../json/schedule-json.js');
    const {Calendar} = await import('../../domain/time/period.js');
    const report = await resumeJobs(mem, name);
    if (flags.json) for (const change of report.changes) out.json(pauseJson(change, new Calendar(report.timeZone)));
    else out.lines(pauseLines(report));
    await out.flush();
  }
}
