import {jsonFlag, MemCommand} from '../cli/frame/mem-command.js';

export default class Status extends MemCommand {
  static override summary = 'Show the state of mem: alarms first, then inbox, store, and what is due';
  static override description =
    'Alarms come first, because a memory must not die in silence. The exit status is 0 with or without alarms; programs read "alarms" in --json. A wrong setting is an alarm, and has its default here. A store that is busy or damaged is named, everything else is still shown, and the exit status is that of its error.';
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --json'];
  static override flags = {...jsonFlag};

  async run(): Promise<void> {
    const {flags} = await this.parse(Status);
    const {settings, out, faults} = this.startAnyway(flags);
    const mem = await this.open(flags, settings);
    const {readStatus} = await import('../operations/care/read-status.js');
    const {statusLines} = await import('../cli/store/status-text.js');
    const {statusJson} = await import('../json/status-json.js');
    const status = await readStatus(mem, faults);
    if (flags.json) out.json(statusJson(status), 'indented');
    else out.lines(statusLines(status));
    await out.flush();
    // What is known was printed; the exit status must still tell that the store could not be read.
    if (status.storeFault !== undefined) throw status.storeFault;
  }
}
