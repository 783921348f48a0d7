import * as Flags from '@oclif/core/flags';
import {jsonFlag, MemCommand} from '../../cli/frame/mem-command.js';

export default class Config extends MemCommand {
  static override summary = 'List the settings and their origins';
  static override description =
    'A flag wins over the environment (MEM_ and the key in upper case), the environment over config.toml, config.toml over the default. time_zone is kept in the store.';
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> set min_age 1h'];
  static override flags = {all: Flags.boolean({summary: 'also list unchanged settings of jobs'}), ...jsonFlag};

  async run(): Promise<void> {
    const {flags} = await this.parse(Config);
    const {settings, out} = this.start(flags);
    const {listSettings} = await import('../../cli/settings/list-settings.js');
    const fault = await listSettings(await this.open(flags, settings), settings, flags, out);
    await out.flush();
    // What is known was printed; the exit status must still tell that the store could not be read.
    if (fault !== undefined) throw fault;
  }
}
