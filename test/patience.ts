/** How long a test waits for what must come. It is no criterion: nothing on a busy machine takes as long, and a test that hangs ends some day. */
export const PATIENCE_MS = 10 * 60_000;
