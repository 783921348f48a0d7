import * as Flags from '@oclif/core/flags';
import {jsonFlag, MemCommand} from '../cli/frame/mem-command.js';
import {note} from '../cli/frame/output.js';

export default class UninstallSchedule extends MemCommand {
  static override summary = "Remove this home's jobs from the system's scheduler";
  static override description =
    'Removes the entries of every scheduler, the runner and the log. Events, summaries and the history of the jobs stay; so do backups of the crontab.';
  static override examples = ['<%= config.bin %> <%= command.id %> --dry-run', '<%= config.bin %> <%= command.id %>'];
  static override flags = {'dry-run': Flags.boolean({summary: 'only say what would be removed'}), ...jsonFlag};
  static override statuses = [0, 64, 69, 70, 73, 74, 75, 78, 130, 143] as const;

  async run(): Promise<void> {
    const {flags} = await this.parse(UninstallSchedule);
    const {settings, out, faults} = this.startAnyway(flags);
    for (const {message} of faults) note([`mem: warning: ${message}: the default is used`]);
    const mem = await this.open(flags, settings);
    const {uninstallSchedule} = await import('../operations/schedule/uninstall-schedule.js');
    const {planLines, removalLines} = await import('../cli/schedule/install-text.js');
    const {removalJson} = await import('../json/install-json.js');
    const isDryRun = flags['dry-run'];
    const removed = await uninstallSchedule(mem, {isDryRun});
    if (flags.json) out.json(removalJson(removed, isDryRun));
    else out.lines(isDryRun ? planLines(removed.changes, undefined) : removalLines(removed.changes));
    await out.flush();
    if (removed.storeFault !== undefined) throw removed.storeFault;
  }
}
