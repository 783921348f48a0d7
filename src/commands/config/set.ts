import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import {jsonFlag, MemCommand, notFromStdin} from '../../cli/frame/mem-command.js';
import {MemError} from '../../errors.js';

export default class ConfigSet extends MemCommand {
  static override summary = 'Change one setting';
  static override description =
    'Writes config.toml and leaves the rest of the file as it is. time_zone is kept in the store: changing it marks everything to be made again.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> keep_versions 5',
    {
      description: 'Summaries by a model: everything is checked, then written at once',
      command: '<%= config.bin %> <%= command.id %> summarizer openai --base-url http://localhost:11434/v1 --model qwen3:8b',
    },
    {description: 'Which models are on this machine?', command: '<%= config.bin %> <%= command.id %> summarizer openai --local'},
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
    local: Flags.boolean({
      summary: 'with summarizer openai: look for a server on this machine (Ollama, llama.cpp, LM Studio)',
      helpGroup: 'MODEL',
      exclusive: ['base-url'],
    }),
    'dry-run': Flags.boolean({summary: 'only say what would change'}),
    ...jsonFlag,
  };

  static override statuses = [0, 64, 66, 69, 70, 73, 74, 75, 78, 130, 143] as const;

  async run(): Promise<void> {
    const {args, flags} = await this.parse(ConfigSet);
    const {settings, out} = this.start(flags);
    const mem = await this.open(flags, settings);
    const {openSettingsFile} = await import('../../settings/own-settings-file.js');
    const {changeSetting} = await import('../../operations/settings/change-setting.js');
    const {changeLines} = await import('../../cli/settings/setting-text.js');
    const {changeJson} = await import('../../json/settings-json.js');
    const dryRun = flags['dry-run'];
    const local = flags.local ? await this.#chooseLocal(args, flags.model) : undefined;
    if (flags.local && local === undefined) return;
    const model = {
      baseUrl: local?.baseUrl ?? flags['base-url'],
      model: local?.model ?? flags.model,
      apiKeyEnv: flags['api-key-env'],
      apiKeyFile: flags['api-key-file'],
      apiKeyCommand: flags['api-key-command'],
    };
    const change = await changeSetting(mem, openSettingsFile(), {key: args.key, text: args.value, dryRun, model});
    if (flags.json) out.json(changeJson(change, dryRun));
    else out.lines(changeLines(change, dryRun));
    await out.flush();
  }

  /** @returns undefined where nothing was taken */
  async #chooseLocal({key, value}: {readonly key: string; readonly value: string}, model: string | undefined) {
    if (key !== 'summarizer' || value !== 'openai') {
      throw new MemError('USAGE', '--local belongs to: mem config set summarizer openai', {hint: 'see: mem config set --help'});
    }
    const {findLocalServers} = await import('../../entries/model.js');
    const {chooseLocal} = await import('../../cli/settings/choose-local.js');
    const {environment} = await import('../../settings/config.js');
    return chooseLocal(await findLocalServers(environment['OLLAMA_HOST']), model);
  }
}
