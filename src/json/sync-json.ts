import type {PeerOutcome} from '../operations/sync/peer-outcomes.js';
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

/** What became of the exchange with each peer that is set. */
export function syncsJson(outcomes: readonly PeerOutcome[]): Record<string, unknown> {
  return {
    peers: outcomes.map((outcome) => {
      const {peer} = outcome;
      if (outcome.kind === 'synced') return {peer, report: syncJson(outcome.report), error: null};
      const {code, message, hint} = outcome.fault;
      return {peer, report: null, error: {code, message, hint: hint ?? null}};
    }),
  };
}

function wayJson({files, bytes, events, forgotten, left}: Way & Settled): Record<string, unknown> {
  return {files, bytes, new_events: events, forgotten_events: forgotten, left: left ?? null};
}
