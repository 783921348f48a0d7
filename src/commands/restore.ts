import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import {jsonFlag, MemCommand, notFromStdin} from '../cli/frame/mem-command.js';

export default class Restore extends MemCommand {
  static override summary = 'Make a home from a backup';
  static override description =
    'First every file of the backup is compared with its hash; a damaged one is named, and nothing is done. Then the journal, the events that waited and the key of redaction marks are put into the home, and the store is made from them, with every event and every version of every node, so that no model is asked again. A home that holds events is left as it is. What the home, or a later backup in the folder, knows to be forgotten stays forgotten. Settings lie in the home as restored-settings.toml; mem does not use them before you put them into its config.toml. Agents and the schedule are connected again by mem connect and mem install-schedule. It can be stopped or killed at any point and run again.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> /media/disk/mem --dry-run',
    '<%= config.bin %> <%= command.id %> /media/disk/mem',
    {description: 'Beside the home that is in use', command: '<%= config.bin %> <%= command.id %> /media/disk/mem --home ~/mem-restored'},
  ];
  static override args = {
    dir: Args.string({...notFromStdin, name: 'dir', required: true, description: 'the folder that was given to mem backup'}),
  };
  static override flags = {
    home: Flags.string({summary: 'the home to make; default: the one that mem uses', helpValue: 'FOLDER', exclusive: ['store']}),
    manifest: Flags.string({summary: 'an earlier backup, by the name that --dry-run shows; default: the newest', helpValue: 'NAME'}),
    'dry-run': Flags.boolean({summary: 'only verify the backup, and say what is in it'}),
    ...jsonFlag,
  };

  async run(): Promise<void> {
    const {args, flags} = await this.parse(Restore);
    const {settings, out} = this.start(flags);
    const mem = await this.open({...flags, store: flags.home ?? flags.store}, settings);
    const {restore} = await import('../operations/care/backup/restore.js');
    const {restoreLines} = await import('../cli/store/backup-text.js');
    const {restoreJson} = await import('../json/backup-json.js');
    const {Progress} = await import('../cli/frame/progress.js');
    const {stopSignals} = await import('../cli/frame/signals.js');
    using stop = stopSignals();
    const progress = new Progress();
    const report = await restore(mem, {
      folder: args.dir,
      manifest: flags.manifest,
      dryRun: flags['dry-run'],
      signal: stop.signal,
      onVerify: (done, all) => progress.show(`verifying: ${done} of ${all} files`),
      onMake: (what, done) => progress.show(`making the store: ${done} ${what}`),
    });
    progress.clear();
    if (flags.json) out.json(restoreJson(report), 'indented');
    else out.lines(restoreLines(report));
    await out.flush();
    process.exitCode = stop.exitStatus;
  }
}
