import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import {jsonFlag, MemCommand, notFromStdin, onlyFlags, sessionFlag} from '../cli/frame/mem-command.js';
import {ROLES} from '../domain/event/event.js';

export default class Events extends MemCommand {
  static override summary = 'Print the events themselves, oldest first';
  static override description =
    'WHAT is a node id, an event id, a date or a phrase, as for "toc show". Without it all events are printed. With --json each line is one event, in the form that "mem ingest" reads.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> yesterday',
    '<%= config.bin %> <%= command.id %> 2024-01-15 --role user --json',
    {
      description: 'What stood around an event that a search found',
      command: '<%= config.bin %> <%= command.id %> 01HM6B1WZA5XNT2F7QJ0GDSRKE --around 3',
    },
    {description: 'Everything since a moment', command: '<%= config.bin %> <%= command.id %> --from 2024-01-15T12:00:00Z'},
  ];
  static override strict = false;
  static override args = {what: Args.string({...notFromStdin, description: 'a node id, an event id, a date or a phrase'})};
  static override flags = {
    from: Flags.string({summary: 'starting at a date, a period or an RFC 3339 instant', helpValue: 'WHEN'}),
    to: Flags.string({summary: 'up to a date or a period (included), or an instant (excluded)', helpValue: 'WHEN'}),
    session: sessionFlag,
    role: Flags.option({summary: 'only one role', options: ROLES})(),
    ...onlyFlags,
    limit: Flags.integer({summary: 'print at most N events; default: all', helpValue: 'N', min: 1}),
    around: Flags.integer({
      summary: 'with an event id: also up to N events before and behind it in its session, at most a day away',
      helpValue: 'N',
      min: 0,
      max: 1_000,
      exclusive: ['from', 'to', 'session', 'role', 'agent', 'project', 'limit'],
    }),
    ...jsonFlag,
  };

  async run(): Promise<void> {
    const {argv, flags} = await this.parse(Events);
    const {settings, out} = this.start(flags, {onlyPrints: true});
    const mem = await this.openToRead(flags, settings);
    const {printEvents} = await import('../cli/toc/print-events.js');
    await printEvents(mem, argv.map(String), flags, out);
    await this.sayAlarms(mem);
    await out.flush();
  }
}
