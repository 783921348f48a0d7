import type {EpochMs} from '../event/event.js';
import type {FailureReason} from '../model/failure-reason.js';
import {MINUTE_MS} from '../time/durations.js';
import {instant} from '../time/instant.js';
import type {NodeId} from '../toc/node-id.js';

/** How long after a failure the model is asked again; after the last one only `--redo fallback` does. */
const RETRY_AFTER_MS = [15, 60, 6 * 60, 24 * 60].map((minutes) => minutes * MINUTE_MS);

/** An entry of the retry list: a node whose latest version is a fallback, for a reason that can pass. */
export interface Retry {
  readonly id: NodeId;
  /** Why the model gave no summary the last time. */
  readonly reason: FailureReason;
  /** How often it was asked again. */
  readonly tries: number;
  readonly dueAt: EpochMs;
}

/** The entry of a node for which the model failed just now. */
export function firstRetry(id: NodeId, reason: FailureReason, now: EpochMs): Retry {
  return {id, reason, tries: 0, dueAt: instant(now + (RETRY_AFTER_MS[0] ?? 0))};
}

/** The entry after a retry that failed too; undefined when no retry is left. */
export function nextRetry({id, tries}: Retry, reason: FailureReason, now: EpochMs): Retry | undefined {
  const after = RETRY_AFTER_MS[tries + 1];
  return after === undefined ? undefined : {id, reason, tries: tries + 1, dueAt: instant(now + after)};
}
