import * as Args from '@oclif/core/args';
import {jsonFlag, MemCommand, notFromStdin} from '../../cli/frame/mem-command.js';

export default class TocLog extends MemCommand {
  static override summary = 'Show the versions of a node, newest first: when, by which summarizer, what changed';
  static override description =
    'A node is never changed in place: late events add a new version. "mem compact" removes old versions only if keep_versions says so. WHAT is a date, a phrase or a node id, as for "toc show".';
  static override examples = ['<%= config.bin %> <%= command.id %> 2024-01-15', '<%= config.bin %> <%= command.id %> last week --json'];
  static override strict = false;
  static override args = {what: Args.string({...notFromStdin, description: 'a date, a phrase or a node id', required: true})};
  static override flags = {...jsonFlag};

  async run(): Promise<void> {
    const {argv, flags} = await this.parse(TocLog);
    const {settings, out} = this.start(flags, {onlyPrints: true});
    const mem = await this.open(flags, settings);
    const {printNodeLog} = await import('../../cli/toc/print-nodes.js');
    await printNodeLog(mem, argv.map(String), flags.json, out);
    await this.sayAlarms(mem);
    await out.flush();
  }
}
