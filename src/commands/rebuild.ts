import * as Flags from '@oclif/core/flags';
import {jsonFlag, MemCommand} from '../cli/frame/mem-command.js';

export default class Rebuild extends MemCommand {
  static override summary = 'Make the store again from the journal alone';
  static override description =
    "Every event and every version of every node comes from the journal, so no model is asked again; then the search index is counted. Of the old store it takes the time zone, the jobs' state and what was spent. The old store is kept as a folder db.damaged-… in the home. A home of which only the folder journal is left becomes the whole memory again. While the store is made, no other command gets into it; events are taken in all the same. It can be stopped or killed at any point and run again. Where the journal has less than the store, nothing is changed without --partial.";
  static override examples = ['<%= config.bin %> <%= command.id %> --dry-run', '<%= config.bin %> <%= command.id %>'];
  static override flags = {
    'dry-run': Flags.boolean({summary: 'only say what the journal has'}),
    partial: Flags.boolean({summary: 'also where the journal has less than the store'}),
    'time-zone': Flags.string({
      summary: "the memory's time zone, where the store cannot tell it; default: this machine's",
      helpValue: 'ZONE',
    }),
    ...jsonFlag,
  };

  async run(): Promise<void> {
    const {flags} = await this.parse(Rebuild);
    const {settings, out} = this.start(flags);
    const mem = await this.open(flags, settings);
    const {rebuild} = await import('../operations/care/repair/rebuild.js');
    const {parseTimeZone} = await import('../operations/settings/change-setting.js');
    const {rebuildLines} = await import('../cli/store/repair-text.js');
    const {ownTimeZone} = await import('../settings/config.js');
    const {rebuildJson} = await import('../json/care-json.js');
    const {Progress} = await import('../cli/frame/progress.js');
    const {stopSignals} = await import('../cli/frame/signals.js');
    using stop = stopSignals();
    const progress = new Progress();
    const report = await rebuild(mem, {
      dryRun: flags['dry-run'],
      isPartial: flags.partial,
      timeZone: parseTimeZone(flags['time-zone'] ?? ownTimeZone()),
      signal: stop.signal,
      onProgress: (what, done) => progress.show(`making the store: ${done} ${what}`),
    });
    progress.clear();
    if (flags.json) out.json(rebuildJson(report), 'indented');
    else out.lines(rebuildLines(report));
    await out.flush();
    process.exitCode = stop.exitStatus || ((report.store?.lostEvents ?? 0) > 0 || report.damaged > 0 ? 74 : 0);
  }
}
