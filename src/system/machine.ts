/** What of this machine decides whether a home can work. */
export interface MachineFacts {
  readonly nodeVersion: string;
  readonly nodePath: string;
  /** The mem that a shell finds; undefined where it finds none. */
  readonly memOnPath: string | undefined;
  /** Permissions of the home; undefined where it does not exist yet. */
  readonly homeMode: number | undefined;
  readonly isWritable: boolean;
  /** Undefined where the system does not tell. */
  readonly freeBytes: number | undefined;
}
