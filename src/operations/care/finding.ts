export const PARTS = [
  'settings',
  'node',
  'path',
  'home',
  'sources',
  'hooks',
  'schedule',
  'inbox',
  'store',
  'check',
  'backup',
  'sync',
  'secrets',
  'model',
] as const;

/** Whether a part of mem works, and what to do if it does not. */
export interface Finding {
  readonly part: (typeof PARTS)[number];
  readonly message: string;
  /** 0 where all is well; else what it costs as an exit status. */
  readonly status: number;
  /** What to do, as an imperative; undefined where the message says it, or nothing is to be done. */
  readonly cure?: string | undefined;
}
