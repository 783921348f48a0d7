import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import {jsonFlag, MemCommand, notFromStdin} from '../../cli/frame/mem-command.js';

export default class ConfigSet extends MemCommand {
  static override summary = 'Change one setting';
  static override description =
    'Writes config.toml and leaves the rest of the file as it is. time_zone is kept in the store: changing it marks everything to be made again.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> inbox_keep forever',
    {
      description: 'Summaries by a model: everything is checked, then written at once',
      command: '<%= config.bin %> <%= command.id %> summarizer openai --base-url http://localhost:11434/v1 --model qwen3:8b',
    },
    {description: 'What would another time zone cost?', command: '<%= config.bin %> <%= command.id %> time_zone Europe/Berlin --dry-run'},
  ];
  static override args = {
    key: Args.string({...notFromStdin, description: 'the setting; see them with: mem config', required: true}),
    value: Args.string({...notFromStdin, description: 'its new value', required: true}),
  };
  static override flags = {
    'base-url': Flags.string({summary: 'with summarizer openai: the endpoint', helpValue: 'URL', helpGroup: 'MODEL'}),
    model: Flags.string({summary: 'its model', helpValue: 'NAME', helpGroup: 'MODEL'}),
    'api-key-env': Flags.string({summary: 'the key is in this variable of the environment', helpValue: 'NAME', helpGroup: 'MODEL'}),
    'api-key-file': Flags.string({summary: 'the key is in this file, which only you can read', helpValue: 'PATH', helpGroup: 'MODEL'}),
    'api-key-command': Flags.string({summary: 'this command prints the key', helpValue: 'JSON', helpGroup: 'MODEL'}),
    'dry-run': Flags.boolean({summary: 'only say what would change'}),
    ...jsonFlag,
  };

  async run(): Promise<void> {
    const {args, flags} = await this.parse(ConfigSet);
    const {settings, out} = this.start(flags);
    const mem = await this.open(flags, settings);
    const {openSettingsFile} = await import('../../settings/config.js');
    const {changeSetting} = await import('../../operations/settings/change-setting.js');
    const {changeLines} = await import('../../cli/settings/setting-text.js');
    const {changeJson} = await import('../../json/settings-json.js');
    const dryRun = flags['dry-run'];
    const model = {
      baseUrl: flags['base-url'],
      model: flags.model,
      apiKeyEnv: flags['api-key-env'],
      apiKeyFile: flags['api-key-file'],
      apiKeyCommand: flags['api-key-command'],
    };
    const change = await changeSetting(mem, openSettingsFile(), {key: args.key, text: args.value, dryRun, model});
    if (flags.json) out.json(changeJson(change, dryRun));
    else out.lines(changeLines(change, dryRun));
    await out.flush();
  }
}
