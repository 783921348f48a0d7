import type {EventId} from '../event/event.js';

/** In the order in which they tell what came out: the first kinds carry a title before the later ones. */
export const FACT_KINDS = ['commit', 'pull_request', 'plan', 'task', 'test', 'file', 'branch'] as const;
export type FactKind = (typeof FACT_KINDS)[number];

/**
 * Of a task: where it stands; one that was given up is `dropped`. Of a test run: how it ended. A commit that a rebase or a cherry-pick made of
 * another one, or that is somebody else's, is `replayed`: an event tells it, no node does.
 */
export const FACT_STATES = ['open', 'doing', 'done', 'dropped', 'passed', 'failed', 'replayed'] as const;
export type FactState = (typeof FACT_STATES)[number];

/** What can be read off an event without understanding prose. It is cited like a sentence. */
export interface Fact {
  readonly kind: FactKind;
  /** The commit's subject, the pull request's title, the plan's heading, the task's subject, the line of the test's result, the path, the branch. */
  readonly text: string;
  /** A commit's hash as git printed it, a pull request's address, a task's number in its session (`#3`). */
  readonly ref?: string;
  readonly state?: FactState;
  /** Of a commit, where git said it: how many lines it added and removed. */
  readonly lines?: number;
  /** The events that it was read off, in their one order. */
  readonly eventIds: readonly EventId[];
  /** The id of the workstream it belongs to, where it is known: see `workstream.ts`. */
  readonly workstream?: string;
}
