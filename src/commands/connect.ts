import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import {jsonFlag, MemCommand, notFromStdin} from '../cli/frame/mem-command.js';

export default class Connect extends MemCommand {
  static override summary = 'Have the conversations of agents read, from now on';
  static override description =
    'Without AGENT it lists what is on this machine, and asks at a terminal. It adds hooks to the settings of Claude Code and Codex, which only ring: mem then reads the files that the agent writes anyway. Of the settings everything else stays byte for byte. It tries the hooks without any environment, then imports what is there. Done again, it changes nothing. What an agent may ask the memory is off unless --mcp or --recall is given; without AGENT they are for the agents that are connected. "mem disconnect" takes it back.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> claude-code',
    {description: 'Let it ask the memory, too', command: '<%= config.bin %> <%= command.id %> claude-code --mcp --recall'},
    {description: 'What would be changed?', command: '<%= config.bin %> <%= command.id %> claude-code --dry-run'},
  ];
  static override strict = false;
  static override args = {agent: Args.string({...notFromStdin, description: 'claude-code, codex, …; several may be named'})};
  static override flags = {
    all: Flags.boolean({summary: 'every agent that has files on this machine'}),
    mcp: Flags.boolean({summary: 'let the agent search and read the memory, by the tools of "mem mcp"'}),
    'no-mcp': Flags.boolean({summary: 'take that back', exclusive: ['mcp']}),
    recall: Flags.boolean({summary: 'tell the agent where its project stands when a session starts, by "mem recall --hook"'}),
    'no-recall': Flags.boolean({summary: 'take that back', exclusive: ['recall']}),
    'dry-run': Flags.boolean({summary: 'only print what would change, as a diff'}),
    'no-import': Flags.boolean({summary: 'import nothing now'}),
    'no-rollup': Flags.boolean({summary: 'roll nothing up after the import'}),
    ...jsonFlag,
  };
  static override statuses = [0, 64, 65, 66, 69, 70, 73, 74, 75, 78, 130, 143] as const;

  async run(): Promise<void> {
    const {argv, flags} = await this.parse(Connect);
    const {settings, out} = this.start(flags);
    const mem = await this.open(flags, settings);
    const {printConnect} = await import('../cli/sources/print-connect.js');
    process.exitCode = await printConnect(mem, argv.map(String), settings.sources, flags, out);
  }
}
