import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import {jsonFlag, MemCommand, notFromStdin} from '../cli/frame/mem-command.js';

export default class Import extends MemCommand {
  static override summary = 'Read what agents wrote of their conversations';
  static override description =
    'WHAT is an agent (claude-code), a transcript, or a folder with transcripts; without it the connected agents are read. What an earlier import knows is not read again, and nothing is stored twice. Secrets are replaced, and what stands between <private> and </private> in a prompt is left out. A project with a file .memignore at its root, or named by sources.AGENT.exclude, stays out. It ends as "mem rollup" does; with a model, what is older than 7 days is summarized offline, for years of history would take thousands of calls.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> claude-code',
    {
      description: 'What would be read, and what does the agent delete soon?',
      command: '<%= config.bin %> <%= command.id %> claude-code --dry-run',
    },
    '<%= config.bin %> <%= command.id %> ~/old-laptop/.claude/projects --since 2024-01',
  ];
  static override strict = false;
  static override args = {what: Args.string({...notFromStdin, description: 'an agent, a transcript, or a folder'})};
  static override flags = {
    since: Flags.string({summary: 'only what was said from a date, a period or an instant on', helpValue: 'WHEN'}),
    'dry-run': Flags.boolean({summary: 'only count what would be read'}),
    'no-rollup': Flags.boolean({summary: 'do not roll up afterwards'}),
    ...jsonFlag,
  };
  static override statuses = [0, 64, 65, 66, 69, 70, 73, 74, 75, 78, 130, 143] as const;

  async run(): Promise<void> {
    const {argv, flags} = await this.parse(Import);
    const {settings, out} = this.start(flags);
    const mem = await this.open(flags, settings);
    const {printImport} = await import('../cli/sources/print-import.js');
    process.exitCode = await printImport(mem, argv.map(String), settings.sources, flags, out);
    await this.sayAlarms(mem);
    await out.flush();
  }
}
