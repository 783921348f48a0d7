import * as Args from '@oclif/core/args';
import {jsonFlag, MemCommand, notFromStdin} from '../cli/frame/mem-command.js';

export default class Note extends MemCommand {
  static override summary = 'Keep a note of your own';
  static override description =
    'It is an event like any other: in search, segments and summaries. It belongs to the project of the folder in which the command runs. Secrets in it are replaced, and what stands between <private> and </private> is left out.';
  static override examples = ['<%= config.bin %> <%= command.id %> "We keep the old parser, because the new one drops comments."'];
  static override strict = false;
  static override args = {text: Args.string({...notFromStdin, description: 'what is to be remembered', required: true})};
  static override flags = {...jsonFlag};

  async run(): Promise<void> {
    const {argv, flags} = await this.parse(Note);
    const {settings, out} = this.start(flags);
    const mem = await this.open(flags, settings);
    const {takeNote} = await import('../operations/ingest/take-note.js');
    const note = takeNote(argv.map(String).join(' '), process.cwd(), await mem.openImport());
    const project = mem.projectNames(note.project);
    if (flags.json) out.json({event_id: note.id, session_id: note.sessionId, project});
    else out.line(`Kept as ${note.id}${project === '' ? '' : `, of the project ${project}`}.`);
    await out.flush();
  }
}
