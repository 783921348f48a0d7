import * as Flags from '@oclif/core/flags';
import {filterOf, jsonFlag, MemCommand, onlyFlags} from '../../cli/frame/mem-command.js';
import {TOC_LEVELS} from '../../domain/toc/node-id.js';

export default class TocList extends MemCommand {
  static override summary = 'List stored nodes in time order';
  static override description =
    'A node belongs to the list if it overlaps the range. In --to, a date or a period such as 2024-01 or "last week" is included as a whole. With --project or --agent periods are made on the fly, of the segments that fit. With --json each line is one node.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> --level day --from 2024-01-01 --to 2024-01-31',
    '<%= config.bin %> <%= command.id %> --level week --json',
    {description: 'The days of one project', command: '<%= config.bin %> <%= command.id %> --level day --project acme/api'},
  ];
  static override flags = {
    level: Flags.option({summary: 'only nodes of one TOC level', options: TOC_LEVELS})(),
    from: Flags.string({summary: 'starting at a date, a period or an RFC 3339 instant', helpValue: 'WHEN'}),
    to: Flags.string({summary: 'up to a date or a period (included), or an instant (excluded)', helpValue: 'WHEN'}),
    provisional: Flags.boolean({summary: 'also make nodes on the fly where none is stored yet'}),
    ...onlyFlags,
    ...jsonFlag,
  };

  async run(): Promise<void> {
    const {flags} = await this.parse(TocList);
    const {settings, out} = this.start(flags, {onlyPrints: true});
    const mem = await this.openToRead(flags, settings);
    const {printNodes} = await import('../../cli/toc/print-nodes.js');
    await printNodes(mem, {...flags, tocLevel: flags.level, filter: filterOf(flags)}, out);
    await this.sayAlarms(mem);
    await out.flush();
  }
}
