import * as Flags from '@oclif/core/flags';
import {jsonFlag, MemCommand} from '../../cli/frame/mem-command.js';

export default class Compact extends MemCommand {
  static override summary = 'Compact the store and remove what the policy allows';
  static override description =
    'Old versions of nodes are removed if keep_versions says so (default: all are kept). Files of the journal that take no more events are sealed: packed smaller, under a name with a hash. Events are never removed.';
  static override examples = ['<%= config.bin %> <%= command.id %> --dry-run', '<%= config.bin %> <%= command.id %>'];
  static override flags = {'dry-run': Flags.boolean({summary: 'only say what would be removed'}), ...jsonFlag};

  async run(): Promise<void> {
    const {flags} = await this.parse(Compact);
    const {settings, out} = this.start(flags);
    const mem = await this.open(flags, settings);
    const {compact} = await import('../../operations/care/compact.js');
    const {compactLines} = await import('../../cli/store/compact-text.js');
    const {compactJson} = await import('../../json/compact-json.js');
    const {stopSignals} = await import('../../cli/frame/signals.js');
    using stop = stopSignals();
    const report = await compact(mem, {dryRun: flags['dry-run'], signal: stop.signal});
    if (flags.json) out.json(compactJson(report), 'indented');
    else out.lines(compactLines(report));
    await this.sayAlarms(mem);
    await out.flush();
    process.exitCode = stop.exitStatus;
  }
}
