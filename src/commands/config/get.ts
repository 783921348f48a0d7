import * as Args from '@oclif/core/args';
import {jsonFlag, MemCommand, notFromStdin} from '../../cli/frame/mem-command.js';

export default class ConfigGet extends MemCommand {
  static override summary = 'Print the value of one setting';
  static override examples = ['<%= config.bin %> <%= command.id %> min_age', '<%= config.bin %> <%= command.id %> time_zone'];
  static override args = {key: Args.string({...notFromStdin, description: 'the setting; see them with: mem config', required: true})};
  static override flags = {...jsonFlag};

  async run(): Promise<void> {
    const {args, flags} = await this.parse(ConfigGet);
    const {settings, out} = this.start(flags);
    const {readSetting} = await import('../../cli/settings/list-settings.js');
    const setting = await readSetting(await this.open(flags, settings), settings, args.key);
    if (flags.json) out.json(setting);
    else out.line(setting.value ?? '');
    await out.flush();
  }
}
