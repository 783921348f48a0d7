import * as Flags from '@oclif/core/flags';
import {MemCommand} from '../../cli/frame/mem-command.js';
import {MemError} from '../../errors.js';

export default class Toc extends MemCommand {
  static override summary = 'Browse the table of contents in the terminal';
  static override description =
    `The table of contents as a tree: year > month > week > day > segment > events, with the chosen node beside it (on narrow screens: in place of the tree, with Enter).

Arrows or h j k l move, Enter reads, Space opens and closes. [ and ] go to the period before and after, t to today, d or : to a date. / searches everything that was said, n and N go to the next hit and the one before, p shows one project alone. e lists a node's events; Enter on a bullet shows its event among its neighbours. v shows versions, y copies, r reads again, ? explains all keys and signs, q quits.

The store is open only during a reading, so ingest and rollup can run at the same time; their results appear a moment after the last key. Without a terminal, use "mem toc show".`;
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    {description: 'The same tree printed', command: '<%= config.bin %> <%= command.id %> show last week'},
  ];
  // `mem toc` once did what `toc show` does; scripts may still use it so.
  static override flags = {json: Flags.boolean({hidden: true}), depth: Flags.string({hidden: true})};

  async run(): Promise<void> {
    const {flags} = await this.parse(Toc);
    if (flags.json || flags.depth !== undefined)
      throw new MemError('USAGE', 'mem toc is a browser and prints nothing', {hint: 'print the table of contents with: mem toc show'});
    const {settings} = this.start(flags);
    const {assertTerminal, browseToc} = await import('../../cli/toc/browse-toc.js');
    assertTerminal();
    const {wantsColor} = await import('../../cli/frame/output.js');
    const mem = await this.openToRead(flags, settings);
    process.exitCode = await browseToc(mem, wantsColor(process.stdout, settings.color, flags.color !== undefined));
    await this.sayAlarms(mem);
  }
}
