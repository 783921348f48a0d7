import type {SyncReport, Way} from '../operations/sync/sync.js';
import type {Settled} from '../sync/peer.js';

/** What a sync exchanged. */
export function syncJson({location, dryRun, received, sent, adopted, refused, hasTwoKeys}: SyncReport): Record<string, unknown> {
  return {
    peer: location,
    dry_run: dryRun,
    received: wayJson(received),
    sent: wayJson(sent),
    zone_and_key_taken: adopted ?? null,
    two_keys: hasTwoKeys,
    refused: refused.map(({path, reason}) => ({path, reason})),
  };
}

function wayJson({files, bytes, events, forgotten, left}: Way & Settled): Record<string, unknown> {
  return {files, bytes, new_events: events, forgotten_events: forgotten, left: left ?? null};
}
