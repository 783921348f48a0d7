import * as Args from '@oclif/core/args';
import {completionScript, SHELLS} from '../cli/frame/completion-script.js';
import {MemCommand, notFromStdin} from '../cli/frame/mem-command.js';
import {Output} from '../cli/frame/output.js';

export default class Completion extends MemCommand {
  static override summary = 'Print a script that completes commands and flags in your shell';
  static override description =
    'The script is static: it starts nothing when you press Tab. Write it again after an update of mem. For one session of bash: eval "$(mem completion bash)".';
  static override examples = [
    {
      description: 'bash, with the package bash-completion',
      command: '<%= config.bin %> <%= command.id %> bash > ~/.local/share/bash-completion/completions/mem',
    },
    {
      description: 'zsh, before compinit in ~/.zshrc: fpath=(~/.zfunc $fpath)',
      command: '<%= config.bin %> <%= command.id %> zsh > ~/.zfunc/_mem',
    },
    {description: 'fish', command: '<%= config.bin %> <%= command.id %> fish > ~/.config/fish/completions/mem.fish'},
  ];
  static override args = {shell: Args.string({...notFromStdin, description: 'the shell', options: [...SHELLS], required: true})};
  static override statuses = [0, 64, 70, 73, 74] as const;

  async run(): Promise<void> {
    const {args} = await this.parse(Completion);
    const shell = SHELLS.find((name) => name === args.shell) ?? 'bash';
    const out = new Output(false, {onlyPrints: true});
    out.text(completionScript(this.config.root, shell));
    await out.flush();
  }
}
