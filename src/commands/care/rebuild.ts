import * as Flags from '@oclif/core/flags';
import {jsonFlag, MemCommand} from '../../cli/frame/mem-command.js';
import type {RebuildOptions} from '../../operations/care/repair/rebuild.js';

export default class Rebuild extends MemCommand {
  static override summary = 'Make the store again from the journal alone';
  static override description =
    "Every event and every version of every node comes from the journal, so no model is asked again; then the search index is counted. Of the old store it takes the time zone, the jobs' state and what was spent. The old store is kept as a folder db.damaged-… in the home. A home of which only the folder journal is left becomes the whole memory again. While the store is made, no other command gets into it; events are taken in all the same. It can be stopped or killed at any point and run again. Where the journal has less than the store, nothing is changed without --partial.";
  static override examples = [
    '<%= config.bin %> <%= command.id %> --dry-run',
    '<%= config.bin %> <%= command.id %>',
    {description: 'Take this memory into a database', command: '<%= config.bin %> <%= command.id %> --into postgres://ada@db.example/mem'},
    {description: 'And back', command: '<%= config.bin %> <%= command.id %> --from postgres://ada@db.example/mem'},
  ];
  static override flags = {
    'dry-run': Flags.boolean({summary: 'only say what the journal has'}),
    partial: Flags.boolean({summary: 'also where the journal has less than the store'}),
    'time-zone': Flags.string({
      summary: "the memory's time zone, where the store cannot tell it; default: this machine's",
      helpValue: 'ZONE',
    }),
    into: Flags.string({
      summary:
        'put what the journal holds into the memory in a database, which keeps what it has; then use it with: mem init --store-url URL',
      helpValue: 'URL',
      exclusive: ['from'],
    }),
    from: Flags.string({summary: "make the home's store from its journal and from the memory in a database", helpValue: 'URL'}),
    ...jsonFlag,
  };

  async run(): Promise<void> {
    const {flags} = await this.parse(Rebuild);
    const {settings, out} = this.start(flags);
    const {rebuild} = await import('../../operations/care/repair/rebuild.js');
    const {rebuildInto} = await import('../../operations/care/repair/rebuild-into.js');
    const {rebuildFrom} = await import('../../operations/care/repair/rebuild-from.js');
    const {parseTimeZone} = await import('../../operations/settings/change-setting.js');
    const {rebuildLines} = await import('../../cli/store/repair-text.js');
    const {ownTimeZone} = await import('../../settings/config.js');
    const {openSettingsFile} = await import('../../settings/own-settings-file.js');
    const url = flags.into ?? flags.from;
    if (url !== undefined) openSettingsFile().parse('store.url', url);
    // With a database at the other end the home's own store is meant, wherever the memory is now.
    const mem = await this.open(flags, url === undefined ? settings : {...settings, database: {...settings.database, url: undefined}});
    const {rebuildJson} = await import('../../json/care-json.js');
    const {Progress} = await import('../../cli/frame/progress.js');
    const {stopSignals} = await import('../../cli/frame/signals.js');
    using stop = stopSignals();
    const progress = new Progress();
    const options: RebuildOptions = {
      dryRun: flags['dry-run'],
      isPartial: flags.partial,
      timeZone: parseTimeZone(flags['time-zone'] ?? ownTimeZone()),
      signal: stop.signal,
      onProgress: (what, done) => progress.show(`making the store: ${done} ${what}`),
    };
    const other = async () =>
      (await import('../../entries/postgres.js')).openDatabase(mem.home, {...settings.database, url}, {hasJournal: false});
    const report =
      flags.into !== undefined
        ? await rebuildInto(mem, await other(), options)
        : flags.from !== undefined
          ? await rebuildFrom(mem, await other(), options)
          : await rebuild(mem, options);
    progress.clear();
    if (flags.json) out.json(rebuildJson(report), 'indented');
    else out.lines(rebuildLines(report));
    await out.flush();
    process.exitCode = stop.exitStatus || ((report.store?.lostEvents ?? 0) > 0 || report.damaged > 0 ? 74 : 0);
  }
}
