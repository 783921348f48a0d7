import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import {jsonFlag, MemCommand, notFromStdin} from '../../cli/frame/mem-command.js';
import {JOB_NAMES} from '../../domain/jobs/job.js';

const OF_ONE = 5;

export default class ScheduleNext extends MemCommand {
  static override summary = 'List the next times at which the jobs are due';
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> rollup-day -n 10 --json'];
  static override args = {job: Args.string({...notFromStdin, description: 'only this job', options: [...JOB_NAMES]})};
  static override flags = {
    number: Flags.integer({
      char: 'n',
      summary: 'how many slots of each job; default: 1, or 5 for a single job',
      helpValue: 'N',
      min: 1,
      max: 1000,
    }),
    ...jsonFlag,
  };

  async run(): Promise<void> {
    const {args, flags} = await this.parse(ScheduleNext);
    const {settings, out} = this.start(flags, {onlyPrints: true});
    const mem = await this.open(flags, settings);
    const {listSlots} = await import('../../operations/schedule/list-slots.js');
    const {slotLines} = await import('../../cli/schedule/pause-text.js');
    const {slotJson} = await import('../../json/schedule-json.js');
    const {Calendar} = await import('../../domain/time/period.js');
    const job = JOB_NAMES.find((name) => name === args.job);
    const {timeZone, slots} = await listSlots(mem, job, flags.number ?? (job === undefined ? 1 : OF_ONE));
    if (flags.json) for (const slot of slots) out.json(slotJson(slot, new Calendar(timeZone)));
    else out.lines(slotLines(slots, timeZone));
    await out.flush();
  }
}
