import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import {jsonFlag, MemCommand, notFromStdin} from '../cli/frame/mem-command.js';

export default class Backup extends MemCommand {
  static override summary = 'Copy the memory into a folder';
  static override description =
    'Copies the journal, events that wait in the inbox, the key of redaction marks and the settings, without any key of a model or password of a database. What is there already is not copied again; on the same disk, sealed files are linked. Every event that was acknowledged before it began is in the backup. A backup counts when its manifest is written, which comes last; the newest ones stay, as --keep says. The folder holds backups of one memory, and lies outside of the home. While it runs nothing is compacted or forgotten; events are taken in all the same. It can be stopped or killed at any point and run again. The exit status is 74 when something damaged keeps the backup from being whole.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> /media/disk/mem',
    {description: 'Only say what would be copied', command: '<%= config.bin %> <%= command.id %> /media/disk/mem --dry-run'},
    {description: 'Keep no earlier one', command: '<%= config.bin %> <%= command.id %> /media/disk/mem --keep 1'},
  ];
  static override args = {
    dir: Args.string({
      ...notFromStdin,
      name: 'dir',
      required: true,
      description: 'the folder of the backups; made where it does not exist',
    }),
  };
  static override flags = {
    keep: Flags.integer({summary: 'how many backups stay in the folder', helpValue: 'N', min: 1, max: 10_000, default: 7}),
    'dry-run': Flags.boolean({summary: 'only say what would be copied'}),
    ...jsonFlag,
  };

  async run(): Promise<void> {
    const {args, flags} = await this.parse(Backup);
    const {settings, out} = this.start(flags);
    const mem = await this.open(flags, settings);
    const {backUp} = await import('../operations/care/backup/back-up.js');
    const {openSettingsFile} = await import('../settings/config.js');
    const {settingsToKeep} = await import('../settings/settings-to-keep.js');
    const {backupLines} = await import('../cli/store/backup-text.js');
    const {backupJson} = await import('../json/backup-json.js');
    const {Progress} = await import('../cli/frame/progress.js');
    const {stopSignals} = await import('../cli/frame/signals.js');
    using stop = stopSignals();
    const progress = new Progress();
    const kept = settingsToKeep(settings, openSettingsFile());
    const report = await backUp(mem, {
      folder: args.dir,
      keep: flags.keep,
      dryRun: flags['dry-run'],
      settings: kept && mem.redactor.text(kept),
      signal: stop.signal,
      onProgress: (done, all) => progress.show(`copying: ${done} of ${all} files`),
    });
    progress.clear();
    if (flags.json) out.json(backupJson(report), 'indented');
    else out.lines(backupLines(report));
    await out.flush();
    process.exitCode = stop.exitStatus || (report.problems.length > 0 ? 74 : 0);
  }
}
