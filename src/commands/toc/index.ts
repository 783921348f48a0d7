import {depthFlag, jsonFlag, MemCommand} from '../../cli/mem-command.js';

export default class Toc extends MemCommand {
  static override summary = 'Show this year, down to its weeks; the subcommands show more';
  static override description =
    `The table of contents: year > month > week > day > segment. Without a subcommand it does what "mem toc show" does.`;
  static override examples = ['<%= config.bin %> <%= command.id %> show last week', '<%= config.bin %> <%= command.id %> list --level day'];
  static override flags = {depth: depthFlag, ...jsonFlag};

  async run(): Promise<void> {
    const {flags} = await this.parse(Toc);
    const {settings, out} = this.start(flags);
    const mem = await this.open(flags, settings);
    const {showToc} = await import('../../cli/show-toc.js');
    await showToc(mem, [], flags, out);
    await this.sayAlarms(mem);
    await out.flush();
  }
}
