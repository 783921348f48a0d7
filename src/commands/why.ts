import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import {jsonFlag, MemCommand, notFromStdin, onlyFlags} from '../cli/frame/mem-command.js';

export default class Why extends MemCommand {
  static override summary = 'Tell which sessions and events are behind a file, a line or a commit';
  static override description =
    'WHAT is a file, by its path or the last parts of it, or a commit, by at least 7 digits of its hash or as HEAD~1. For FILE:LINE git blame is asked which commit the line comes from; where it cannot say, or no event made that commit, the file is meant. The newest first, with what the user had asked before. A file that exists is looked for in its own project. With --json each line is one event.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> src/parser.ts',
    {description: 'Why does this line stand here?', command: '<%= config.bin %> <%= command.id %> src/parser.ts:120'},
    '<%= config.bin %> <%= command.id %> 1a2b3c4',
  ];
  static override args = {what: Args.string({...notFromStdin, description: 'FILE, FILE:LINE or a commit', required: true})};
  static override flags = {
    ...onlyFlags,
    'all-projects': Flags.boolean({summary: 'all projects', exclusive: ['project']}),
    limit: Flags.integer({summary: 'at most N events', helpValue: 'N', min: 1, max: 2_000, default: 20}),
    ...jsonFlag,
  };

  async run(): Promise<void> {
    const {args, flags} = await this.parse(Why);
    const {settings, out} = this.start(flags, {onlyPrints: true});
    const mem = await this.open(flags, settings);
    const {printWhy} = await import('../cli/why/print-why.js');
    await printWhy(mem, args.what, flags, out);
    await this.sayAlarms(mem);
    await out.flush();
  }
}
