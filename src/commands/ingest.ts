import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import {jsonFlag, MemCommand, notFromStdin} from '../cli/frame/mem-command.js';

export default class Ingest extends MemCommand {
  static override summary = 'Take in events from stdin or files, as JSON Lines';
  static override description =
    'Each line is one JSON object with "session_id", "event_type" or "role", and as a rule "timestamp" and "text". When it exits with 0 or 65, every good line is on disk; the same events again change nothing. It waits for nobody: what is not stored at once lies in the inbox until the next command moves it. Nothing is printed on stdout unless asked. It reads no config.toml.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> events.jsonl',
    {description: 'From another program', command: 'tail -f session.jsonl | <%= config.bin %> <%= command.id %>'},
    {description: 'Say what became of each line', command: '<%= config.bin %> <%= command.id %> --json events.jsonl'},
  ];
  static override strict = false;
  static override args = {files: Args.string({...notFromStdin, description: 'files of JSON Lines; - or none is stdin'})};
  static override flags = {drain: Flags.boolean({summary: 'also move the events into the store, waiting up to 3 s for it'}), ...jsonFlag};
  static override statuses = [0, 64, 65, 66, 70, 73, 74] as const;

  async run(): Promise<void> {
    const {argv, flags} = await this.parse(Ingest);
    const {ingestInto} = await import('../cli/store/ingest-into.js');
    const {openIngest} = await import('../mem.js');
    process.exitCode = await ingestInto(argv.map(String), openIngest(flags.store), flags);
  }
}
