import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import {jsonFlag, MemCommand, notFromStdin} from '../../cli/frame/mem-command.js';
import {note} from '../../cli/frame/output.js';
import {JOB_NAMES} from '../../domain/jobs/job.js';
import {EXIT_STATUS} from '../../errors.js';

export default class ScheduleStatus extends MemCommand {
  static override summary = 'Show the state of the jobs: last run, result, next run, and the installed schedule';
  static override description =
    'A job is overdue when a slot was not handled for longer than twice its jitter and half an hour. Then the scheduler itself is probably not running. Times are in the zone of the store.';
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> rollup-day --json'];
  static override args = {job: Args.string({...notFromStdin, description: 'only this job', options: [...JOB_NAMES]})};
  static override flags = {
    check: Flags.boolean({summary: 'exit with 69 if a job failed or is overdue, or entries are gone or changed; for monitoring'}),
    ...jsonFlag,
  };
  static override statuses = [0, 64, 66, 69, 70, 73, 74, 75, 78, 130, 143] as const;

  async run(): Promise<void> {
    const {args, flags} = await this.parse(ScheduleStatus);
    const {settings, out, faults} = this.startAnyway(flags);
    const mem = await this.open(flags, settings);
    const {readSchedule} = await import('../../operations/schedule/read-schedule.js');
    const {scheduleLines} = await import('../../cli/schedule/schedule-text.js');
    const {scheduleJson} = await import('../../json/schedule-json.js');
    const all = await readSchedule(mem, faults);
    const status = {...all, jobs: all.jobs.filter(({job}) => args.job === undefined || job.name === args.job)};
    if (flags.json) out.json(scheduleJson(status), 'indented');
    else out.lines(scheduleLines(status));
    await this.sayAlarms(mem);
    await out.flush();
    if (!flags.check) return;
    const {scheduleTroubles} = await import('../../operations/schedule/schedule-troubles.js');
    const troubles = scheduleTroubles(status);
    if (troubles.length === 0) return;
    note([`mem: the schedule needs a look: ${troubles.join('; ')}`]);
    process.exitCode = EXIT_STATUS.SERVICE_AWAY;
  }
}
