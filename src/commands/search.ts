import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import {jsonFlag, MemCommand, notFromStdin, onlyFlags, sessionFlag} from '../cli/frame/mem-command.js';
import {ROLES} from '../domain/event/event.js';
import {HIT_KINDS} from '../domain/search/query/hit-kind.js';

export default class Search extends MemCommand {
  static override summary = 'Find what was said, by its words';
  static override description =
    'QUERY is words in any order; "a phrase" in quotation marks must stand there as it is; a word behind a minus must not. Best first. A word that occurs nowhere is replaced by near ones, which stderr names. With --json each line is one hit.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> login redirect loop',
    `<%= config.bin %> <%= command.id %> '"exit code 1" -docker' --from "last month"`,
    {description: 'Sessions instead of single events', command: '<%= config.bin %> <%= command.id %> --by session migration'},
  ];
  static override strict = false;
  static override args = {query: Args.string({...notFromStdin, description: 'words, "phrases", -not', required: true})};
  static override flags = {
    from: Flags.string({summary: 'starting at a date, a period or an RFC 3339 instant', helpValue: 'WHEN'}),
    to: Flags.string({summary: 'up to a date or a period (included), or an instant (excluded)', helpValue: 'WHEN'}),
    ...onlyFlags,
    session: sessionFlag,
    role: Flags.option({summary: 'only one role', options: ROLES})(),
    branch: Flags.string({summary: 'only one branch', helpValue: 'NAME'}),
    by: Flags.option({
      summary: 'what a hit is: an event, or the best one of each session, day or segment',
      options: HIT_KINDS,
      default: 'event',
    })(),
    limit: Flags.integer({summary: 'at most N hits', helpValue: 'N', min: 1, max: 1_000, default: 10}),
    ...jsonFlag,
  };

  async run(): Promise<void> {
    const {argv, flags} = await this.parse(Search);
    const {settings, out} = this.start(flags, {onlyPrints: true});
    const mem = await this.openToRead(flags, settings);
    const {printSearch} = await import('../cli/search/print-search.js');
    await printSearch(mem, argv.map(String).join(' '), flags, out);
    await this.sayAlarms(mem);
    await out.flush();
  }
}
