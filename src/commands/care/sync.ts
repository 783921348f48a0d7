import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import {jsonFlag, MemCommand, notFromStdin} from '../../cli/frame/mem-command.js';

export default class Sync extends MemCommand {
  static override summary = "Exchange the memory with that of another of one's machines";
  static override description =
    "Sends what the other side lacks and takes what is missing here: events, and what was forgotten. The other side is a folder that something carries from machine to machine (Syncthing, rclone, a share, git). What came is taken in as an ingest is; the next rollup makes the same nodes on every machine. A new home takes the memory's time zone and the key of its redaction marks from the first peer. What stands in the folder and is not whole or not of mem is named and left alone; the exit status is 74 then. It can be stopped or killed at any point and run again.";
  static override examples = ['<%= config.bin %> <%= command.id %> ~/Sync/mem', '<%= config.bin %> <%= command.id %> ~/Sync/mem --dry-run'];
  static override args = {peer: Args.string({description: 'a folder', required: true, ...notFromStdin})};
  static override flags = {'dry-run': Flags.boolean({summary: 'only say what would be exchanged'}), ...jsonFlag};

  async run(): Promise<void> {
    const {args, flags} = await this.parse(Sync);
    const {settings, out} = this.start(flags);
    const mem = await this.open(flags, settings);
    const {openHomeFiles, openPeer} = await import('../../entries/sync.js');
    const {sync} = await import('../../operations/sync/sync.js');
    const {syncLines} = await import('../../cli/store/sync-text.js');
    const {syncJson} = await import('../../json/sync-json.js');
    const {Progress} = await import('../../cli/frame/progress.js');
    const {stopSignals} = await import('../../cli/frame/signals.js');
    using stop = stopSignals();
    const progress = new Progress();
    const peer = openPeer(args.peer);
    const report = await sync(peer, {
      mem,
      files: openHomeFiles(mem.home),
      dryRun: flags['dry-run'],
      signal: stop.signal,
      onProgress: (what, bytes, of) => progress.show(`${what}: ${(bytes / 1e6).toFixed(1)} of ${(of / 1e6).toFixed(1)} MB`),
    }).finally(() => peer.close());
    progress.clear();
    if (flags.json) out.json(syncJson(report), 'indented');
    else out.lines(syncLines(report));
    await out.flush();
    const isLeft = report.received.left !== undefined || report.sent.left !== undefined;
    process.exitCode = stop.exitStatus || (report.refused.length > 0 ? 74 : isLeft ? 75 : 0);
  }
}
