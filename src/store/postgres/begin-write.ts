/**
 * The rows of the login's own memory. `current_user` alone is a name, which sorts by bytes: an index on text, in the order of the database,
 * is then of no use, and every question would read the rows of all owners.
 */
export const OWN = 'owner = current_user::text collate "default"';
/** Commits take milliseconds, so even who tries once waits for them; a whole memory that moves takes longer. */
const LEAST_WAIT_MS = 5_000;

/** How long to wait for others who write, in whole ms. */
export function waitOf(patienceMs: number): number {
  return Math.max(LEAST_WAIT_MS, Math.ceil(patienceMs));
}

/**
 * Who changes a memory locks its row first: commits of one owner come one after the other, those of others do not wait. Whose network
 * was lost in the middle gives the row back after a minute.
 */
export function beginWrite({waitMs, sync, isLong}: {waitMs: number; sync: boolean; isLong: boolean}): string {
  return [
    'begin isolation level read committed',
    `set local lock_timeout = ${waitMs}`,
    ...(isLong ? [] : ["set local idle_in_transaction_session_timeout = '60s'"]),
    ...(sync ? [] : ['set local synchronous_commit = off']),
    `select 1 from mem.memories where ${OWN} for update`,
    'savepoint open',
  ].join('; ');
}
