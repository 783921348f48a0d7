import * as Flags from '@oclif/core/flags';
import {jsonFlag, MemCommand} from '../cli/frame/mem-command.js';
import {TOC_LEVELS} from '../domain/toc/node-id.js';
import {REDO_KINDS} from '../operations/rollup/redo.js';

export default class Rollup extends MemCommand {
  static override summary = 'Summarize what is due: segments, days, weeks, months, years';
  static override description =
    'Makes what is due and nothing else: a second rollup makes nothing. A segment is due when it is closed, a period when it ended min_age ago. A line per node says what was done and why. You can kill it at any point; the next rollup continues.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    {description: 'What would be done, and why?', command: '<%= config.bin %> <%= command.id %> --dry-run'},
    {description: 'Up to weeks, for a program', command: '<%= config.bin %> <%= command.id %> --level week --json'},
  ];
  static override flags = {
    level: Flags.option({summary: 'roll up to this TOC level, not above it', options: TOC_LEVELS})(),
    redo: Flags.option({summary: 'make nodes of this kind again, even if nothing changed', options: REDO_KINDS, helpValue: 'KIND'})(),
    from: Flags.string({
      summary: 'with --redo: only nodes starting at a date, a period or an instant',
      helpValue: 'WHEN',
      dependsOn: ['redo'],
    }),
    to: Flags.string({
      summary: 'with --redo: only nodes up to a date or a period (included), or an instant (excluded)',
      helpValue: 'WHEN',
      dependsOn: ['redo'],
    }),
    'dry-run': Flags.boolean({summary: 'only print the plan'}),
    ...jsonFlag,
  };
  static override statuses = [0, 64, 66, 69, 70, 73, 74, 75, 78, 130, 143] as const;

  async run(): Promise<void> {
    const {flags} = await this.parse(Rollup);
    const {settings, out} = this.start(flags, {onlyPrints: flags['dry-run']});
    const mem = await this.open(flags, settings);
    const {printPlan, printRollUp, rollUpOptions} = await import('../cli/rollup/print-rollup.js');
    const options = await rollUpOptions(mem, flags);
    if (flags['dry-run']) await printPlan(mem, options, flags.json, out);
    else process.exitCode = await printRollUp(mem, options, flags.json, out);
    await this.sayAlarms(mem);
    await out.flush();
  }
}
