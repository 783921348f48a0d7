import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import {jsonFlag, MemCommand, notFromStdin} from '../cli/frame/mem-command.js';
import {MemError} from '../errors.js';

export default class Disconnect extends MemCommand {
  static override summary = 'Read agents no more, and take the hooks and the MCP server out of their settings';
  static override description =
    'The exact reverse of "mem connect", also where the settings were edited in between. What mem has of the agents stays.';
  static override examples = ['<%= config.bin %> <%= command.id %> claude-code', '<%= config.bin %> <%= command.id %> --all --dry-run'];
  static override strict = false;
  static override args = {agent: Args.string({...notFromStdin, description: 'claude-code, codex, …; several may be named'})};
  static override flags = {
    all: Flags.boolean({summary: 'every agent that is connected', default: false}),
    'dry-run': Flags.boolean({summary: 'only print what would change, as a diff'}),
    ...jsonFlag,
  };

  async run(): Promise<void> {
    const {argv, flags} = await this.parse(Disconnect);
    const {settings, out} = this.start(flags);
    if (argv.length > 0 === flags.all) throw new MemError('USAGE', 'name agents, or --all', {hint: 'see which are connected: mem connect'});
    const mem = await this.open(flags, settings);
    const {printDisconnect} = await import('../cli/sources/print-connect.js');
    await printDisconnect(mem, argv.map(String), settings.sources, flags, out);
    await out.flush();
  }
}
