import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import {jsonFlag, MemCommand, notFromStdin} from '../../cli/frame/mem-command.js';
import {JOB_NAMES, SCHEDULERS} from '../../domain/jobs/job.js';
import {MemError} from '../../errors.js';
import {environment} from '../../settings/config.js';

export default class ScheduleRun extends MemCommand {
  static override summary = "Run a job if it is due; the scheduler's entries call this";
  static override description =
    'A job is due when a slot of its cron expression has come and no run has handled it. A failed slot is tried three times. After the job, everything else that is due is done too. With --via it is quiet: if a job is not due, paused, or blocked by another run, it exits with 0 and prints nothing. By hand, a job that is blocked by another run exits with 75.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> rollup-day',
    {description: 'Run it now, even if it is not due or is paused', command: '<%= config.bin %> <%= command.id %> compact --now'},
    {description: 'From a scheduler that mem does not install into', command: '<%= config.bin %> <%= command.id %> --due --via cron'},
  ];
  static override args = {job: Args.string({...notFromStdin, description: 'the job', options: [...JOB_NAMES]})};
  static override flags = {
    due: Flags.boolean({summary: 'run all jobs that are due', exclusive: ['missed']}),
    missed: Flags.boolean({summary: 'run the jobs whose own wake-up did not come'}),
    jitter: Flags.integer({summary: 'first wait a random time of up to SECONDS', helpValue: 'SECONDS', min: 0, max: 43_200, default: 0}),
    via: Flags.option({summary: 'the scheduler that starts it', options: SCHEDULERS})(),
    now: Flags.boolean({summary: 'run the job even if it is not due or is paused', exclusive: ['due', 'missed']}),
    asked: Flags.boolean({
      summary: "like --now, unless a timer of systemd started it; for systemd's services",
      exclusive: ['due', 'missed'],
    }),
    strict: Flags.boolean({summary: 'exit with 75 when the job is skipped'}),
    ...jsonFlag,
  };
  static override statuses = [0, 64, 66, 69, 70, 73, 74, 75, 78, 130, 143] as const;

  async run(): Promise<void> {
    const {args, flags} = await this.parse(ScheduleRun);
    const {settings, out} = this.start(flags);
    const job = JOB_NAMES.find((name) => name === args.job);
    const which = flags.due ? 'due' : flags.missed ? 'missed' : job;
    if (which === undefined || (job !== undefined && which !== job)) {
      throw new MemError('USAGE', 'name one job, or --due, or --missed', {hint: 'see: mem schedule run --help'});
    }
    const mem = await this.open(flags, settings);
    const {printRunJobs} = await import('../../cli/schedule/print-schedule-run.js');
    // A timer names itself in the environment of what it starts.
    const isNow = flags.now || (flags.asked && !environment['TRIGGER_UNIT']);
    const options = {which, trigger: flags.via ?? 'hand', isNow, jitterMs: flags.jitter * 1000, random: Math.random()} as const;
    process.exitCode = await printRunJobs(
      mem,
      options,
      {json: flags.json, isStrict: flags.strict, saysWhy: flags.via === undefined || (flags.via === 'systemd' && !flags.asked)},
      out,
    );
  }
}
