import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import {filterOf, jsonFlag, MemCommand, notFromStdin, onlyFlags} from '../cli/frame/mem-command.js';

export default class Report extends MemCommand {
  static override summary = 'Tell what was done in a period, to be read by itself: as text, as a page or to be pasted';
  static override description =
    `WHAT is a date, a phrase or a node id, as for "toc show". Without it the report is a standup: the last day before today with any work, and today.

A day tells its segments with their bullets, a week its days and the titles of their segments, a month its weeks and days, a year its months. --html makes one page that is whole by itself, with the texts of the events behind each bullet below them; it has no script and loads nothing. --md can be pasted into Slack, GitHub and other chats: words that these would obey stand as code.

Secrets that mem's rules know are replaced in a report, also those that were stored before the rules knew them. Read it before you pass it on: it says what was said.

With --project or --agent, periods are made on the fly from the segments that fit. The strip of activity, in the text a day's 24 hours behind its name, counts events without those that are superseded.`;
  static override examples = [
    {description: 'What did I do yesterday (on a Monday: on Friday), and what today?', command: '<%= config.bin %> <%= command.id %>'},
    {description: 'The week as a page', command: '<%= config.bin %> <%= command.id %> last week --html > week.html'},
    {
      description: 'One project, to be pasted into a chat',
      command: '<%= config.bin %> <%= command.id %> yesterday --project acme/api --md',
    },
  ];
  static override strict = false;
  static override args = {what: Args.string({...notFromStdin, description: 'a date, a phrase or a node id; default: a standup'})};
  static override flags = {
    html: Flags.boolean({summary: 'print a page', exclusive: ['md', 'json']}),
    md: Flags.boolean({summary: 'print Markdown for chats and comments', exclusive: ['html', 'json']}),
    ...onlyFlags,
    ...jsonFlag,
  };

  async run(): Promise<void> {
    const {argv, flags} = await this.parse(Report);
    const {settings, out} = this.start(flags, {onlyPrints: true});
    const mem = await this.openToRead(flags, settings);
    const {printReport} = await import('../cli/report/print-report.js');
    const form = flags.html ? 'html' : flags.md ? 'md' : flags.json ? 'json' : 'text';
    await printReport(mem, argv.map(String), form, filterOf(flags), out);
    await this.sayAlarms(mem);
    await out.flush();
  }
}
