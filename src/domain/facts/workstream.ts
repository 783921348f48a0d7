/** What belongs together across sessions: (project, branch); without a branch of its own, the session. */
export interface Workstream {
  /** The same for the same workstream in every node. */
  readonly id: string;
  readonly project: string;
  /** Empty where the session stands for it: main, master, trunk, develop, a detached HEAD or no branch. */
  readonly branch: string;
  /** How many events of it the node has below it. */
  readonly events: number;
  /** How many commits. */
  readonly commits: number;
  /** On how many days. */
  readonly days: number;
}
