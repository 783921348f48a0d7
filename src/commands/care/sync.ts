import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import {jsonFlag, MemCommand, notFromStdin} from '../../cli/frame/mem-command.js';
import {MemError} from '../../errors.js';
import type {PeerOutcome} from '../../operations/sync/peer-outcomes.js';

export default class Sync extends MemCommand {
  static override summary = "Exchange the memory with that of another of one's machines";
  static override description =
    "Sends what the other side lacks and takes what is missing here: events, and what was forgotten. The other side is a folder that something carries from machine to machine (Syncthing, rclone, a share, git), or a machine that ssh reaches and that has mem: nothing but `mem sync --serve` runs there, and keys, jumps and ports are those of one's ssh_config. What came is taken in as an ingest is; the next rollup makes the same nodes on every machine. A new home takes the memory's time zone and the key of its redaction marks from the first peer. What comes and is not whole or not of mem is named and left alone; the exit status is 74 then. It can be stopped, cut or killed at any point and run again: a file that was on its way goes on behind its last whole part.";
  static override examples = [
    '<%= config.bin %> <%= command.id %> ~/Sync/mem',
    '<%= config.bin %> <%= command.id %> ssh://desk --dry-run',
    '<%= config.bin %> <%= command.id %> ssh://me@desk:2222/~/memory',
  ];
  static override args = {
    peer: Args.string({description: 'a folder, or ssh://[user@]HOST[:port][/home]; without it, all of sync.peers', ...notFromStdin}),
  };
  static override flags = {
    'dry-run': Flags.boolean({summary: 'only say what would be exchanged'}),
    serve: Flags.boolean({
      summary: 'answer the mem sync of another machine over stdin and stdout; ssh starts it',
      exclusive: ['dry-run', 'json'],
    }),
    ...jsonFlag,
  };

  async run(): Promise<void> {
    const {args, flags} = await this.parse(Sync);
    if (flags.serve) return this.#serve(args.peer, flags.store);
    const {settings, out} = this.start(flags);
    const mem = await this.open(flags, settings);
    const {syncPeers} = await import('../../operations/sync/sync-peers.js');
    const {outcomeLines} = await import('../../cli/store/sync-text.js');
    const {syncJson, syncsJson} = await import('../../json/sync-json.js');
    const {Progress} = await import('../../cli/frame/progress.js');
    const {stopSignals} = await import('../../cli/frame/signals.js');
    using stop = stopSignals();
    const progress = new Progress();
    const targets = args.peer === undefined ? mem.syncTargets : [args.peer];
    if (targets.length === 0) {
      throw new MemError('USAGE', 'no peer is named', {
        hint: 'name a folder, or: ssh://HOST; or set sync.peers: mem config get sync.peers',
      });
    }
    const outcomes: PeerOutcome[] = [];
    for await (const outcome of syncPeers(mem, targets, {
      isLocked: false,
      dryRun: flags['dry-run'],
      canAsk: process.stdin.isTTY && process.stderr.isTTY,
      signal: stop.signal,
      onProgress: (what, bytes, of) => progress.show(`${what}: ${(bytes / 1e6).toFixed(1)} of ${(of / 1e6).toFixed(1)} MB`),
    })) {
      progress.clear();
      if (args.peer !== undefined && outcome.kind === 'failed') throw outcome.fault;
      outcomes.push(outcome);
      if (!flags.json) out.lines(outcomeLines(outcome, args.peer === undefined));
    }
    if (flags.json) {
      const [first] = outcomes;
      if (args.peer === undefined) out.json(syncsJson(outcomes), 'indented');
      else if (first?.kind === 'synced') out.json(syncJson(first.report), 'indented');
    }
    await out.flush();
    process.exitCode = stop.exitStatus || Math.max(0, ...outcomes.map(statusOf));
  }

  async #serve(peer: string | undefined, store: string | undefined): Promise<void> {
    if (peer !== undefined || process.stdin.isTTY) {
      throw new MemError('USAGE', 'mem sync --serve is started by the mem sync of another machine, over ssh', {
        hint: 'run there: mem sync ssh://THIS_HOST',
      });
    }
    const {servedHome, servePeer} = await import('../../entries/sync.js');
    const {serveMemory} = await import('../../operations/sync/serve-memory.js');
    const {stopSignals} = await import('../../cli/frame/signals.js');
    using stop = stopSignals();
    await servePeer({input: process.stdin, output: process.stdout}, async (asked) => {
      const home = asked === undefined ? undefined : servedHome(asked);
      // Whoever allows nothing but this command may name the home in it: then there is no other.
      if (home !== undefined && store !== undefined && home !== store) {
        throw new MemError('USAGE', `only the home ${store} is served here`, {hint: 'leave the folder out of the address'});
      }
      const flags = {store: store ?? home};
      const {settings} = this.start(flags);
      const mem = await this.open(flags, settings);
      const {files} = await mem.openSync();
      return serveMemory({mem, files, signal: stop.signal});
    });
    if (stop.exitStatus !== 0) process.exitCode = stop.exitStatus;
  }
}

function statusOf(outcome: PeerOutcome): number {
  if (outcome.kind === 'failed') return outcome.fault.exitStatus;
  const {received, sent, refused} = outcome.report;
  if (refused.length > 0) return 74;
  return received.left !== undefined || sent.left !== undefined ? 75 : 0;
}
