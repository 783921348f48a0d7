import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import {jsonFlag, MemCommand, notFromStdin} from '../cli/frame/mem-command.js';

export default class Ingest extends MemCommand {
  static override summary = 'Take in events from stdin or files, as JSON Lines';
  static override description =
    'Each line is one JSON object with "session_id", "event_type" or "role", and usually "timestamp" and "text". If it exits with 0 or 65, every good line is on disk. Sending the same events again changes nothing. It never waits for a busy store: what is not stored at once stays in the inbox, and the next command stores it. It prints nothing on stdout unless asked, and it does not read config.toml.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> events.jsonl',
    {description: 'From another program', command: 'tail -f session.jsonl | <%= config.bin %> <%= command.id %>'},
    {description: 'Report the outcome of each line', command: '<%= config.bin %> <%= command.id %> --json events.jsonl'},
  ];
  static override strict = false;
  static override args = {files: Args.string({...notFromStdin, description: 'files of JSON Lines; without files, or for -, stdin'})};
  static override flags = {
    drain: Flags.boolean({
      summary: 'also move the events into the store; waits up to 3 s for it; 75 when the database that holds it is away',
    }),
    ...jsonFlag,
  };
  static override statuses = [0, 64, 65, 66, 70, 73, 74, 75] as const;

  async run(): Promise<void> {
    const {argv, flags} = await this.parse(Ingest);
    const {ingestInto} = await import('../cli/store/ingest-into.js');
    const {openIngest} = await import('../mem.js');
    process.exitCode = await ingestInto(argv.map(String), openIngest(flags.store), flags);
  }
}
