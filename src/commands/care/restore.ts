import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import {jsonFlag, MemCommand, notFromStdin} from '../../cli/frame/mem-command.js';

export default class Restore extends MemCommand {
  static override summary = 'Make a home of a backup';
  static override description =
    'First every byte of the backup is compared with the list of hashes. Then it is copied beside the home, the store is made of its journal, and the home gets its place: whole, or not at all, whenever it is killed. The home must be empty or not exist; events of a backup come into a memory that lives by: zcat FOLDER/journal/*/*.jsonl.gz | mem ingest, where what was forgotten stays forgotten. Settings are not put in their place: they are the file config.toml of the backup.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> /mnt/disk/mem',
    {
      description: 'Only look whether the backup is whole',
      command: '<%= config.bin %> <%= command.id %> /mnt/disk/mem --dry-run',
    },
  ];
  static override args = {folder: Args.string({name: 'FOLDER', description: 'where the backup is', required: true, ...notFromStdin})};
  static override flags = {
    'dry-run': Flags.boolean({summary: 'only look whether the backup is whole'}),
    ...jsonFlag,
  };

  async run(): Promise<void> {
    const {args, flags} = await this.parse(Restore);
    const {settings, out} = this.start(flags);
    const {home} = await this.open(flags, settings);
    const {restoreParts} = await import('../../entries/backups.js');
    const {restore} = await import('../../operations/care/restore.js');
    const {restoreLines} = await import('../../cli/store/backup-text.js');
    const {restoreJson} = await import('../../json/care-json.js');
    const {Progress} = await import('../../cli/frame/progress.js');
    const {stopSignals} = await import('../../cli/frame/signals.js');
    using stop = stopSignals();
    const progress = new Progress();
    const report = await restore(
      {...restoreParts(home, args.folder), open: (store) => this.open({...flags, store}, settings)},
      {dryRun: flags['dry-run'], signal: stop.signal, onProgress: (what) => progress.show(what)},
    );
    progress.clear();
    if (flags.json) out.json(restoreJson(report), 'indented');
    else out.lines(restoreLines(report));
    await out.flush();
    process.exitCode = stop.exitStatus || ((report.store?.lostEvents ?? 0) > 0 ? 74 : 0);
  }
}
