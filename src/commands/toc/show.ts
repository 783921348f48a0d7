import * as Args from '@oclif/core/args';
import {depthFlag, filterOf, jsonFlag, MemCommand, notFromStdin, onlyFlags} from '../../cli/frame/mem-command.js';

export default class TocShow extends MemCommand {
  static override summary = 'Show a part of the table of contents as a tree';
  static override description = `WHAT is a date, a phrase or a node id, quoted or not:
  today, yesterday, monday … sunday (the last one before today)
  this|last day|week|month|year
  N days|weeks|months ago
  2024, 2024-01, 2024-W03, 2024-01-15
  toc:segment:2024-01-15:01HM…

Without it, this year is shown down to its weeks. What is not rolled up yet is made on the fly and marked [provisional]. [stale] means that something below changed later, [clipped] that only a part of the week lies in the month, [open] that the period is not over. Of a day with more than 100 segments the first 100 are shown, and how to list the others; --json has all of them.

With --project or --agent periods are made on the fly, of the segments that fit.`;
  static override examples = [
    {description: 'What did we do this year, week by week?', command: '<%= config.bin %> <%= command.id %>'},
    {description: 'What were we doing last week?', command: '<%= config.bin %> <%= command.id %> last week'},
    {description: 'One day with its segments, for a program', command: '<%= config.bin %> <%= command.id %> 2024-01-15 --json'},
    {description: 'Last month in one project', command: '<%= config.bin %> <%= command.id %> last month --project acme/api'},
    {description: 'In colour through a pager', command: '<%= config.bin %> <%= command.id %> --color=always | less -R'},
  ];
  static override strict = false;
  static override args = {what: Args.string({...notFromStdin, description: 'a date, a phrase or a node id; default: this year'})};
  static override flags = {
    depth: depthFlag,
    ...onlyFlags,
    ...jsonFlag,
  };

  async run(): Promise<void> {
    const {argv, flags} = await this.parse(TocShow);
    const {settings, out} = this.start(flags, {onlyPrints: true});
    const mem = await this.openToRead(flags, settings);
    const {showToc} = await import('../../cli/toc/show-toc.js');
    await showToc(mem, argv.map(String), {...flags, filter: filterOf(flags)}, out);
    await this.sayAlarms(mem);
    await out.flush();
  }
}
