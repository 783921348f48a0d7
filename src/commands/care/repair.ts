import * as Flags from '@oclif/core/flags';
import {jsonFlag, MemCommand} from '../../cli/frame/mem-command.js';

export default class Repair extends MemCommand {
  static override summary = 'Make what is damaged again, from what is whole';
  static override description =
    'Checks everything, as mem check --full does. A damaged store is made again from all that can be read of it and from the journal; the old one is kept as a folder db.damaged-… in the home. A damaged journal is written again without what is damaged, and what it lacks is added from the store. Where nothing is damaged, nothing is done; where it cannot help, everything is as before. It says what is lost, if anything. While the store is made, no other command gets into it; events are taken in all the same. It can be stopped or killed at any point and run again. The exit status is 74 when something is lost or still wrong.';
  static override examples = ['<%= config.bin %> <%= command.id %> --dry-run', '<%= config.bin %> <%= command.id %>'];
  static override flags = {
    'dry-run': Flags.boolean({summary: 'only say what is damaged and would be made again'}),
    'time-zone': Flags.string({
      summary: "the memory's time zone, where the store cannot tell it; default: this machine's",
      helpValue: 'ZONE',
    }),
    ...jsonFlag,
  };

  async run(): Promise<void> {
    const {flags} = await this.parse(Repair);
    const {settings, out} = this.start(flags);
    const mem = await this.open(flags, settings);
    const {repairAndNote} = await import('../../operations/care/check/last-check.js');
    const {parseTimeZone} = await import('../../operations/settings/change-setting.js');
    const {repairLines} = await import('../../cli/store/repair-text.js');
    const {partName} = await import('../../cli/store/check-text.js');
    const {ownTimeZone} = await import('../../settings/config.js');
    const {repairJson} = await import('../../json/care-json.js');
    const {Progress} = await import('../../cli/frame/progress.js');
    const {stopSignals} = await import('../../cli/frame/signals.js');
    using stop = stopSignals();
    const progress = new Progress();
    const report = await repairAndNote(mem, {
      dryRun: flags['dry-run'],
      timeZone: parseTimeZone(flags['time-zone'] ?? ownTimeZone()),
      signal: stop.signal,
      onCheck: (part, looked) => progress.show(`${partName(part)}: ${looked}`),
      onProgress: (what, done) => progress.show(`making the store: ${done} ${what}`),
    });
    progress.clear();
    if (flags.json) out.json(repairJson(report), 'indented');
    else out.lines(repairLines(report));
    await out.flush();
    const {isBadAfter} = await import('../../operations/care/repair/repair.js');
    process.exitCode = stop.exitStatus || (isBadAfter(report) ? 74 : 0);
  }
}
