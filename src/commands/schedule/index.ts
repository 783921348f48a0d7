import {MemCommand} from '../../cli/frame/mem-command.js';
import ScheduleStatus from './status.js';

export default class Schedule extends MemCommand {
  static override summary = 'Show the state of the jobs; the subcommands run, pause, resume and list them';
  static override description =
    'mem has no daemon: the scheduler of the operating system wakes it up, and each wake-up decides from the store what is due. Without a subcommand it does what "mem schedule status" does.';
  static override examples = ['<%= config.bin %> <%= command.id %> next', '<%= config.bin %> <%= command.id %> pause rollup-week'];
  static override flags = {...ScheduleStatus.flags};
  static override statuses = ScheduleStatus.statuses;

  async run(): Promise<void> {
    await new ScheduleStatus(this.argv, this.config).run();
  }
}
