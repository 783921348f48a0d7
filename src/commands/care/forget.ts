import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import {jsonFlag, MemCommand, notFromStdin, onlyFlags, sessionFlag} from '../../cli/frame/mem-command.js';

export default class Forget extends MemCommand {
  static override summary = 'Take events out of the memory, for ever';
  static override description =
    'QUERY is words that an event must all hold, "phrases", and -words that it must not. What is named passes every flag. First it is counted; it is done with --yes, or where a person at a terminal says so. Then no file of the home holds it, nodes are made again of what is left, and no import brings it back. What mem cannot reach is named.';
  static override examples = [
    {description: 'What would go?', command: `<%= config.bin %> <%= command.id %> '"the garage code"' --dry-run`},
    '<%= config.bin %> <%= command.id %> --session 0c6f… --yes',
    {description: 'Replace secrets that were stored before mem knew them', command: '<%= config.bin %> <%= command.id %> --secrets'},
  ];
  static override strict = false;
  static override args = {query: Args.string({...notFromStdin, description: 'words, "phrases", -not'})};
  static override flags = {
    event: Flags.string({summary: 'only this event, by its id; can be repeated', helpValue: 'ID', multiple: true, multipleNonGreedy: true}),
    session: sessionFlag,
    ...onlyFlags,
    from: Flags.string({summary: 'starting at a date, a period or an RFC 3339 instant', helpValue: 'WHEN'}),
    to: Flags.string({summary: 'up to a date or a period (included), or an instant (excluded)', helpValue: 'WHEN'}),
    secrets: Flags.boolean({
      summary: 'replace secrets that are stored by marks, instead of forgetting events',
      exclusive: ['event', 'session', 'project', 'agent', 'from', 'to'],
    }),
    retention: Flags.boolean({
      summary: 'empty tool results as retention.tool_results says, as the daily job does',
      exclusive: ['event', 'session', 'project', 'agent', 'from', 'to', 'secrets'],
    }),
    finish: Flags.boolean({
      summary: 'finish what was begun and cut short, and nothing else',
      exclusive: ['event', 'session', 'project', 'agent', 'from', 'to', 'secrets', 'retention'],
    }),
    'dry-run': Flags.boolean({summary: 'only say what would be done'}),
    yes: Flags.boolean({summary: 'do it without asking', exclusive: ['dry-run']}),
    ...jsonFlag,
  };
  static override statuses = [0, 64, 66, 69, 70, 73, 74, 75, 78, 130, 143] as const;

  async run(): Promise<void> {
    const {argv, flags} = await this.parse(Forget);
    const {settings, out} = this.start(flags, {onlyPrints: flags['dry-run']});
    const mem = await this.open(flags, settings);
    const {printForget} = await import('../../cli/forget/print-forget.js');
    process.exitCode = await printForget(mem, argv.map(String).join(' '), flags, out);
    await this.sayAlarms(mem);
    await out.flush();
  }
}
