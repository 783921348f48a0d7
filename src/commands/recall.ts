import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import {jsonFlag, MemCommand, notFromStdin} from '../cli/frame/mem-command.js';
import {ANSWERED_AGENTS} from '../cli/recall/hook-answer.js';

export default class Recall extends MemCommand {
  static override summary = 'Tell what was done before, for an agent or a person';
  static override description =
    'Without QUERY: where the project of this folder stands: its last session, what is open, the last week. With it: what was said about that. Markdown, with the id of an event behind each line, within a budget of tokens; where nothing fits, nothing is printed. Only the project of the working folder is recalled. MEM_RECALL=0 turns it off.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> why did we drop the cache',
    {description: 'What was recalled, when and for whom', command: '<%= config.bin %> <%= command.id %> --log'},
  ];
  static override strict = false;
  static override args = {query: Args.string({...notFromStdin, description: 'what it is about'})};
  static override flags = {
    project: Flags.string({summary: 'another project than that of the folder', helpValue: 'NAME'}),
    'all-projects': Flags.boolean({summary: 'all projects', exclusive: ['project']}),
    budget: Flags.integer({summary: 'at most N tokens; default: 600, with QUERY 2000', helpValue: 'N', min: 100, max: 8_000}),
    hook: Flags.boolean({summary: "read a session-start hook's payload from stdin, and say nothing where the session is resumed"}),
    for: Flags.option({
      summary: 'with --hook: print what the hook of this agent takes as an answer',
      helpValue: 'AGENT',
      options: ANSWERED_AGENTS,
      dependsOn: ['hook'],
    })(),
    log: Flags.boolean({summary: 'print what was recalled before'}),
    ...jsonFlag,
  };

  async run(): Promise<void> {
    const {argv, flags} = await this.parse(Recall);
    const {settings, out} = this.start(flags, {onlyPrints: true});
    const mem = await this.openToRead(flags, settings);
    const {printRecall, printRecallLog} = await import('../cli/recall/print-recall.js');
    if (flags.log) printRecallLog(mem, flags.json, out);
    else await printRecall(mem, argv.map(String).join(' '), flags, out);
    await this.sayAlarms(mem);
    await out.flush();
  }
}
