import {jsonFlag, MemCommand} from '../cli/frame/mem-command.js';

export default class Status extends MemCommand {
  static override summary = 'Say how mem is: alarms first, then inbox, store, what is due';
  static override description =
    'Silence is how memories die: what a person should look at stands first. Exit status 0 whether or not there are alarms; programs look at "alarms" of --json. A store that is busy or damaged is named, and the exit status is that of its error; all else is shown.';
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --json'];
  static override flags = {...jsonFlag};

  async run(): Promise<void> {
    const {flags} = await this.parse(Status);
    const {settings, out} = this.start(flags);
    const mem = await this.open(flags, settings);
    const {readStatus} = await import('../operations/care/read-status.js');
    const {statusJson, statusLines} = await import('../cli/store/status-text.js');
    const status = await readStatus(mem);
    if (flags.json) out.json(statusJson(status), 'indented');
    else out.lines(statusLines(status));
    await out.flush();
    // What is known was printed; the exit status must still tell that the store could not be read.
    if (status.storeFault !== undefined) throw status.storeFault;
  }
}
