import type {Peer} from '../../sync/peer.js';
import type {SyncFiles} from '../../sync/sync-files.js';

export interface OpenPeerOptions {
  /** A person is there and can be asked, by ssh. Without one nothing asks for a password. */
  readonly canAsk: boolean;
  readonly signal: AbortSignal | undefined;
}

/** What only a sync needs, loaded on first use. */
export interface SyncParts {
  readonly files: SyncFiles;
  /** @param target a folder, or `ssh://HOST` @throws MemError USAGE */
  readonly openPeer: (target: string, options: OpenPeerOptions) => Peer;
  /** Looks at peers that are to be set. @throws MemError CONFIG_INVALID with what to write */
  readonly checkPeers: (targets: readonly string[]) => void;
}
