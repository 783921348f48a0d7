import * as Flags from '@oclif/core/flags';
import {jsonFlag, MemCommand} from '../../cli/frame/mem-command.js';

export default class Check extends MemCommand {
  static override summary = 'Check the store and the journal, and say what is damaged';
  static override description =
    "Looks at every block of the store's files, every value, whether session-days count what is there, nodes point to their newest versions and cite events that exist, the journal's members, and whether store and journal hold the same. Ids are made again, and the search index is counted again, for the last 30 days; with --full for all, and events are compared with the journal word by word. With --fast it looks at files, pointers and the journal's members alone. It changes nothing but a note of what it found, which mem status and mem doctor tell. The exit status is 74 when something is wrong.";
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --full'];
  static override flags = {
    fast: Flags.boolean({summary: 'look at files, pointers and members alone', exclusive: ['full']}),
    full: Flags.boolean({summary: 'compare everything, whatever its age'}),
    ...jsonFlag,
  };

  async run(): Promise<void> {
    const {flags} = await this.parse(Check);
    const {settings, out} = this.start(flags);
    const mem = await this.open(flags, settings);
    const {checkAndNote} = await import('../../operations/care/check/last-check.js');
    const {checkLines, partName} = await import('../../cli/store/check-text.js');
    const {checkJson} = await import('../../json/care-json.js');
    const {Progress} = await import('../../cli/frame/progress.js');
    const {stopSignals} = await import('../../cli/frame/signals.js');
    using stop = stopSignals();
    const progress = new Progress();
    const report = await checkAndNote(mem, {
      depth: flags.full ? 'full' : flags.fast ? 'fast' : 'usual',
      signal: stop.signal,
      onProgress: (part, looked) => progress.show(`${partName(part)}: ${looked}`),
    });
    progress.clear();
    if (flags.json) out.json(checkJson(report), 'indented');
    else out.lines(checkLines(report));
    await out.flush();
    process.exitCode = stop.exitStatus || (report.cure === undefined ? 0 : 74);
  }
}
