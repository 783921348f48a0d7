import * as Flags from '@oclif/core/flags';
import {jsonFlag, MemCommand} from '../cli/frame/mem-command.js';
import {BACKENDS} from '../scheduling/scheduler.js';

const ONLY_SHOW = ['print', 'diff', 'dry-run'];
const others = (name: string) => ONLY_SHOW.filter((flag) => flag !== name);

export default class InstallSchedule extends MemCommand {
  static override summary = 'Let the system start the jobs, with systemd, cron or launchd';
  static override description =
    "Writes the entries of this home's jobs, switches them on and reads them again. A second call changes only what is wrong. If anything fails, everything is as before. In a crontab it touches only mem's own block.";
  static override examples = [
    '<%= config.bin %> <%= command.id %> --diff',
    '<%= config.bin %> <%= command.id %>',
    {description: 'Use cron although systemd is available', command: '<%= config.bin %> <%= command.id %> --backend cron'},
  ];
  static override flags = {
    backend: Flags.option({
      summary: 'the scheduler; auto: the one in use, otherwise launchd on macOS, systemd if it answers, or cron',
      options: ['auto', ...BACKENDS],
      default: 'auto',
    })(),
    print: Flags.boolean({summary: 'only print the entries', exclusive: others('print')}),
    diff: Flags.boolean({summary: 'only print what would change, as a diff', exclusive: others('diff')}),
    'dry-run': Flags.boolean({summary: 'only say what would change', exclusive: others('dry-run')}),
    'allow-ephemeral': Flags.boolean({summary: 'accept a mem that will soon be gone: of npx, or in a temporary folder'}),
    ...jsonFlag,
  };
  static override statuses = [0, 64, 66, 69, 70, 73, 74, 75, 78, 130, 143] as const;

  async run(): Promise<void> {
    const {flags} = await this.parse(InstallSchedule);
    const {settings, out} = this.start(flags);
    const mem = await this.open(flags, settings);
    const {installSchedule, planSchedule, renderSchedule} = await import('../operations/schedule/install-schedule.js');
    const {entryLines, installLines, planLines} = await import('../cli/schedule/install-text.js');
    const {entriesJson, installJson, planJson} = await import('../json/install-json.js');
    const options = {backend: BACKENDS.find((name) => name === flags.backend), allowEphemeral: flags['allow-ephemeral']};
    if (flags.print) {
      const {backend, entries} = await renderSchedule(mem, options);
      if (flags.json) out.json(entriesJson(backend, entries));
      else out.lines(entryLines(entries));
    } else if (flags.diff || flags['dry-run']) {
      const planned = await planSchedule(mem, options);
      const {diffLines} = await import('../cli/schedule/diff-text.js');
      if (flags.json) out.json(planJson(planned));
      else if (flags.diff) out.lines(planned.changes.flatMap(({name, before, after}) => diffLines(name, before, after)));
      else out.lines(planLines(planned.changes, planned.fault));
    } else {
      const report = await installSchedule(mem, options);
      const {shellWarnings} = await import('../cli/frame/shell-warnings.js');
      const warnings = shellWarnings(settings);
      if (flags.json) out.json(installJson(report, warnings));
      else out.lines(installLines(report, warnings));
    }
    await out.flush();
  }
}
