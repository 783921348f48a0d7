import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import {jsonFlag, MemCommand, notFromStdin} from '../cli/frame/mem-command.js';

export default class Resume extends MemCommand {
  static override summary = "Print the agent's own command that resumes a session, or run it";
  static override description =
    "WHICH is a session's id, a beginning of it that no other has, or a query as for mem search, of which the best session is taken. Without it: the last session of the project of this folder. The command is quoted for a shell; it goes to the folder in which the session began, since agents look for it there.";
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> login redirect loop',
    {description: 'Go on at once', command: '<%= config.bin %> <%= command.id %> 0f3a --run'},
  ];
  static override statuses = [0, 64, 65, 66, 69, 70, 73, 74, 75, 78, 130, 143] as const;
  static override strict = false;
  static override args = {which: Args.string({...notFromStdin, description: 'a session, or a query; default: the last session here'})};
  static override flags = {
    run: Flags.boolean({summary: 'start the agent in this terminal', exclusive: ['json']}),
    ...jsonFlag,
  };

  async run(): Promise<void> {
    const {argv, flags} = await this.parse(Resume);
    const {settings, out} = this.start(flags, {onlyPrints: true});
    const mem = await this.open(flags, settings);
    const {findResuming, printResume, runResume} = await import('../cli/why/print-resume.js');
    const resuming = await findResuming(mem, argv.map(String).join(' ').trim());
    await this.sayAlarms(mem);
    if (flags.run) process.exitCode = await runResume(resuming);
    else printResume(resuming, flags.json, out);
    await out.flush();
  }
}
