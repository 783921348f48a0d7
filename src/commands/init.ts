import * as Flags from '@oclif/core/flags';
import {jsonFlag, MemCommand} from '../cli/frame/mem-command.js';

export default class Init extends MemCommand {
  static override summary = 'Make a store with a time zone of your choice';
  static override description =
    'You need not call it: the first event makes a store, in the time zone of the process that wrote it. The store cuts days, weeks and months in its zone; "mem config set time_zone" changes it later.';
  static override examples = ['<%= config.bin %> <%= command.id %> --time-zone Europe/Berlin'];
  static override flags = {
    'time-zone': Flags.string({summary: 'an IANA time zone such as Europe/Berlin; default: the zone of this machine', helpValue: 'ZONE'}),
    ...jsonFlag,
  };

  async run(): Promise<void> {
    const {flags} = await this.parse(Init);
    const {settings, out} = this.start(flags);
    const mem = await this.open(flags, settings);
    const {parseTimeZone} = await import('../operations/settings/change-setting.js');
    const {initStore} = await import('../operations/care/init-store.js');
    const {ownTimeZone} = await import('../settings/config.js');
    const {initJson} = await import('../json/status-json.js');
    const timeZone = parseTimeZone(flags['time-zone'] ?? ownTimeZone());
    const created = await initStore(mem, timeZone);
    if (flags.json) out.json(initJson(mem.home, timeZone, created));
    else
      out.line(
        created ? `Made a store at ${mem.home}, time zone ${timeZone}.` : `The store at ${mem.home} already exists, time zone ${timeZone}.`,
      );
    await out.flush();
  }
}
