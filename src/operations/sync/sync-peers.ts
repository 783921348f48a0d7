import type {LastSync, PeerSyncs} from '../../domain/care/last-syncs.js';
import {DAY_MS} from '../../domain/time/durations.js';
import {MemError} from '../../errors.js';
import {lockBusy} from '../../locks/locks.js';
import type {Mem} from '../mem.js';
import {assertHasFiles} from './home-peer.js';
import {type SyncOptions, type SyncReport, sync} from './sync.js';
import type {OpenPeerOptions} from './sync-parts.js';

/** What became of the exchange with one peer. */
export type PeerOutcome =
  | {readonly kind: 'synced'; readonly peer: string; readonly report: SyncReport}
  | {readonly kind: 'failed'; readonly peer: string; readonly fault: MemError};

export interface SyncPeersOptions extends Pick<SyncOptions, 'dryRun' | 'onProgress'>, OpenPeerOptions {
  /** The caller holds the lock of syncs. */
  readonly isLocked: boolean;
  /** How long one peer may take, so that one that hangs does not keep the others waiting; undefined for no end. In ms. */
  readonly patienceMs?: number | undefined;
}

/** So long a peer that is not set is told of. */
const TOLD_MS = 30 * DAY_MS;

/**
 * Exchanges with one peer after the other, and notes what became of it. One that fails does not stop the others.
 * @throws MemError STORE_REFUSED for a memory in a database; LOCK_BUSY beside another sync
 */
export async function* syncPeers(mem: Mem, targets: readonly string[], options: SyncPeersOptions): AsyncGenerator<PeerOutcome> {
  assertHasFiles(mem);
  const lock = options.isLocked ? undefined : mem.locks.acquire('sync', {trigger: 'hand'});
  if (lock?.kind === 'busy') throw lockBusy('sync', lock.holder);
  try {
    for (const target of targets) {
      if (options.signal?.aborted) return;
      const outcome = await syncOne(mem, target, options);
      // What a signal cut short says nothing of the peer.
      if (outcome.kind === 'failed' && options.signal?.aborted) return;
      if (!options.dryRun && !options.signal?.aborted) noteOutcome(mem, outcome);
      yield outcome;
    }
  } finally {
    lock?.release();
  }
}

async function syncOne(mem: Mem, target: string, {dryRun, onProgress, canAsk, signal, patienceMs}: SyncPeersOptions): Promise<PeerOutcome> {
  const limit = new AbortController();
  const timer = patienceMs === undefined ? undefined : setTimeout(() => limit.abort(), patienceMs);
  const either = signal === undefined ? limit.signal : AbortSignal.any([signal, limit.signal]);
  let location = target;
  try {
    const {files, openPeer} = await mem.openSync();
    const peer = openPeer(target, {canAsk, signal: either});
    location = peer.location;
    const report = await sync(peer, {mem, files, dryRun, onProgress, signal: either}).finally(() => peer.close());
    if (limit.signal.aborted) return {kind: 'failed', peer: location, fault: timeIsUp(location)};
    return {kind: 'synced', peer: location, report};
  } catch (error) {
    if (!(error instanceof MemError)) throw error;
    return {kind: 'failed', peer: location, fault: limit.signal.aborted ? timeIsUp(location) : error};
  } finally {
    clearTimeout(timer);
  }
}

function timeIsUp(target: string): MemError {
  return new MemError('TIME_LIMIT', `the time for ${target} was up; the next sync goes on where it was`, {
    hint: `give it more time by hand: mem sync ${target}`,
  });
}

function noteOutcome({syncNotes, syncTargets, clock}: Mem, outcome: PeerOutcome): void {
  const now = clock();
  const noted = syncNotes.read() ?? [];
  const before = noted.find(({peer}) => peer === outcome.peer)?.last;
  const {peer} = outcome;
  // A name that was mistyped once is no peer.
  if (outcome.kind === 'failed' && before === undefined && !syncTargets.includes(peer)) return;
  const made: PeerSyncs =
    outcome.kind === 'synced'
      ? {peer, last: lastOf(outcome.report, now), failure: undefined}
      : {peer, last: before, failure: {at: now, code: outcome.fault.code, message: outcome.fault.message}};
  const others = noted.filter((each) => each.peer !== peer && (syncTargets.includes(each.peer) || now - newestOf(each) < TOLD_MS));
  syncNotes.write([...others, made]);
}

const newestOf = ({last, failure}: PeerSyncs): number => Math.max(last?.at ?? 0, failure?.at ?? 0);

function lastOf({received, sent, refused}: SyncReport, at: LastSync['at']): LastSync {
  const way = ({bytes, events, forgotten}: SyncReport['sent']) => ({bytes, events, forgotten});
  return {at, received: way(received), sent: way(sent), refused: refused.length, left: received.left ?? sent.left};
}

/** What is known of each peer: those that are set, whether or not there was an exchange, then others of the last time. */
export function readPeerSyncs({syncNotes, syncTargets}: Pick<Mem, 'syncNotes' | 'syncTargets'>): readonly PeerSyncs[] {
  const noted = syncNotes.read() ?? [];
  const set = syncTargets.map((peer) => noted.find((each) => each.peer === peer) ?? {peer, last: undefined, failure: undefined});
  return [...set, ...noted.filter(({peer}) => !syncTargets.includes(peer))];
}
