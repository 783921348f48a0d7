import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import {jsonFlag, MemCommand, notFromStdin, onlyFlags} from '../cli/frame/mem-command.js';

export default class Stats extends MemCommand {
  static override summary = 'Show a year as a heat map by day, its hours by weekday, its projects and agents';
  static override description =
    `YEAR is a year such as 2025, or "last year"; without it, this year. Days and hours are those of the store's zone.

All figures count events: messages, tool results, starts and ends. What is superseded is not counted. The figures of what was rolled up stand in one record per session and day, so no event is read for them; of what was not, the events are read, up to 20,000. Beyond these, events are counted by their day alone, with what may be superseded, and stderr says how many they are. With --project, the hours of a session that had several projects on a day are shared out by their events.

--svg prints the heat map as a picture: it holds numbers and dates, no name and no text.`;
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> 2025 --project acme/api',
    {description: 'A picture for a profile', command: '<%= config.bin %> <%= command.id %> --svg > year.svg'},
  ];
  static override strict = false;
  static override args = {year: Args.string({...notFromStdin, description: 'a year; default: this year'})};
  static override flags = {
    svg: Flags.boolean({summary: 'print the heat map as an SVG picture', exclusive: ['json']}),
    ...onlyFlags,
    ...jsonFlag,
  };

  async run(): Promise<void> {
    const {argv, flags} = await this.parse(Stats);
    const {settings, out} = this.start(flags, {onlyPrints: true});
    const mem = await this.openToRead(flags, settings);
    const {printStats} = await import('../cli/report/print-stats.js');
    await printStats(mem, argv.map(String), {...flags, projects: flags.project ?? []}, out);
    await this.sayAlarms(mem);
    await out.flush();
  }
}
