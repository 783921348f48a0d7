import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import {jsonFlag, MemCommand, notFromStdin} from '../../cli/frame/mem-command.js';

export default class Backup extends MemCommand {
  static override summary = 'Copy the memory into a folder, as far as it is new';
  static override description =
    'Copies the journal, which has every event and every version of every node, and what a restored home needs besides: the time zone, the key of redaction marks, and the settings, which hold no keys of models. The folder may lie on another disk, a share or in what restic, borg or rclone carry away. A later backup into the same folder copies only what is new, and removes only what was written again since, so that forgotten words leave the backup, too. A list with a hash of each file is written last: until then the backup before stands, so a kill costs nothing. Events are taken in meanwhile.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> /mnt/disk/mem',
    '<%= config.bin %> <%= command.id %> /mnt/disk/mem --dry-run',
  ];
  static override args = {
    folder: Args.string({name: 'FOLDER', description: 'where the backup is, or will be', required: true, ...notFromStdin}),
  };
  static override flags = {
    'dry-run': Flags.boolean({summary: 'only say what would be copied'}),
    ...jsonFlag,
  };

  async run(): Promise<void> {
    const {args, flags} = await this.parse(Backup);
    const {settings, out} = this.start(flags);
    const mem = await this.open(flags, settings);
    const {backupParts} = await import('../../entries/backups.js');
    const {backup} = await import('../../operations/care/backup.js');
    const {backupLines} = await import('../../cli/store/backup-text.js');
    const {backupJson} = await import('../../json/care-json.js');
    const {Progress} = await import('../../cli/frame/progress.js');
    const {stopSignals} = await import('../../cli/frame/signals.js');
    using stop = stopSignals();
    const progress = new Progress();
    const report = await backup(mem, backupParts(mem.home, args.folder, settings), {
      dryRun: flags['dry-run'],
      signal: stop.signal,
      onProgress: (done, of) => progress.show(`copying: ${done} of ${of} files`),
    });
    progress.clear();
    if (flags.json) out.json(backupJson(report), 'indented');
    else out.lines(backupLines(report));
    await out.flush();
    process.exitCode = stop.exitStatus;
  }
}
