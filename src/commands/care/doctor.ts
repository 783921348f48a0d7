import * as Flags from '@oclif/core/flags';
import {jsonFlag, MemCommand} from '../../cli/frame/mem-command.js';

export default class Doctor extends MemCommand {
  static override summary = 'Say whether the memory works, and what to do if not';
  static override description =
    'Looks at the settings, Node, PATH, the home and its disk, the connected agents and their hooks (one of each is tried), the schedule, the inbox, the store, the last check and backup, your own patterns of secrets and the model. The exit status is that of the worst finding, 0 when all is well. With --secrets it counts, by rule, the secrets that were stored before mem knew them, and names their events; the exit status is 65 where there are any.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --json',
    '<%= config.bin %> <%= command.id %> --secrets',
  ];
  static override flags = {
    secrets: Flags.boolean({summary: 'look for secrets that were stored before mem knew them, and at nothing else'}),
    ...jsonFlag,
  };
  static override statuses = [0, 64, 65, 66, 69, 70, 73, 74, 75, 78, 130, 143] as const;

  async run(): Promise<void> {
    const {flags} = await this.parse(Doctor);
    const {settings, out, faults: settingFaults} = this.startAnyway(flags);
    const mem = await this.open(flags, settings);
    if (flags.secrets) {
      const {printSecrets} = await import('../../cli/forget/print-secrets.js');
      process.exitCode = await printSecrets(mem, flags.json, out);
      await out.flush();
      return;
    }
    const {openAgentConnector, ownMachineFacts} = await import('../../mem.js');
    const {diagnose, worstOf} = await import('../../operations/care/diagnose.js');
    const {doctorLines} = await import('../../cli/store/doctor-text.js');
    const {doctorJson} = await import('../../json/doctor-json.js');
    const connector = await openAgentConnector(mem);
    const wiring = {wiringFaults: connector.faults(), extras: connector.extras()};
    const diagnosis = await diagnose(mem, {machine: ownMachineFacts(mem.home), ...wiring, settingFaults});
    if (flags.json) out.json(doctorJson(diagnosis), 'indented');
    else out.lines(doctorLines(diagnosis));
    await out.flush();
    process.exitCode = worstOf(diagnosis);
  }
}
