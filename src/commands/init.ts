import * as Flags from '@oclif/core/flags';
import {jsonFlag, MemCommand} from '../cli/frame/mem-command.js';

export default class Init extends MemCommand {
  static override summary = 'Make a store with a time zone of your choice';
  static override description =
    'You need not call it: the first event makes a store, in the time zone of the process that wrote it. The store cuts days, weeks and months in its zone; "mem config set time_zone" changes it later.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> --time-zone Europe/Berlin',
    {
      description: 'In a database, see docs/teams.md',
      command: '<%= config.bin %> <%= command.id %> --store-url postgres://ada@db.example/mem',
    },
  ];
  static override flags = {
    'time-zone': Flags.string({summary: 'an IANA time zone such as Europe/Berlin; default: the zone of this machine', helpValue: 'ZONE'}),
    'store-url': Flags.string({
      summary: 'make the memory in a database, and have this account use it from now on: postgres://USER@HOST/DATABASE',
      helpValue: 'URL',
    }),
    ...jsonFlag,
  };

  async run(): Promise<void> {
    const {flags} = await this.parse(Init);
    const {settings, out} = this.start(flags);
    const {ownTimeZone} = await import('../settings/config.js');
    const {openSettingsFile} = await import('../settings/own-settings-file.js');
    const url = flags['store-url'];
    const file = openSettingsFile();
    // A faulty address is refused before anything is made.
    if (url !== undefined) file.parse('store.url', url);
    const mem = await this.open(flags, url === undefined ? settings : {...settings, database: {...settings.database, url}});
    const {parseTimeZone} = await import('../operations/settings/change-setting.js');
    const {initStore} = await import('../operations/care/init-store.js');
    const {initJson} = await import('../json/status-json.js');
    const timeZone = parseTimeZone(flags['time-zone'] ?? ownTimeZone());
    const created = await initStore(mem, timeZone);
    if (url !== undefined && file.find('store.url') !== url) file.write({'store.url': url});
    const place = mem.store.maintenance === undefined ? mem.store.location : mem.home;
    if (flags.json) out.json(initJson(mem.home, mem.store.location, timeZone, created));
    else
      out.line(
        created ? `Made a store at ${place}, time zone ${timeZone}.` : `The store at ${place} already exists, time zone ${timeZone}.`,
      );
    await out.flush();
  }
}
