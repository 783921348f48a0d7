import * as Flags from '@oclif/core/flags';
import {MemCommand, onlyFlags, sessionFlag} from '../../cli/frame/mem-command.js';

export default class Export extends MemCommand {
  static override summary = 'Print events as lines that "mem ingest" takes back unchanged';
  static override description =
    'One line of JSON for each stored event, oldest first, with its id, its arrival and what was redacted or cut: "mem ingest" of it gives the same events, byte for byte. Superseded events are in it, too. Secrets stay the marks that they became when they came in.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> > events.jsonl',
    {
      description: 'One project, to another memory',
      command: '<%= config.bin %> <%= command.id %> --project api | mem ingest --store ~/other',
    },
    {description: 'A month, packed', command: '<%= config.bin %> <%= command.id %> --from 2024-01 --to 2024-01 | gzip > january.jsonl.gz'},
  ];
  static override flags = {
    from: Flags.string({summary: 'starting at a date, a period or an RFC 3339 instant', helpValue: 'WHEN'}),
    to: Flags.string({summary: 'up to a date or a period (included), or an instant (excluded)', helpValue: 'WHEN'}),
    session: sessionFlag,
    ...onlyFlags,
  };

  async run(): Promise<void> {
    const {flags} = await this.parse(Export);
    const {settings, out} = this.start(flags, {onlyPrints: true});
    const mem = await this.openToRead(flags, settings);
    const {printExport} = await import('../../cli/store/print-export.js');
    await printExport(mem, flags, out);
    await this.sayAlarms(mem);
    await out.flush();
  }
}
