/** Why a model gave no summary, as short codes for `fallback` and for people. They contain nothing of what was sent or answered. */
const FAILURE_REASONS = [
  // The network.
  'timeout',
  'connection',
  /** The host's name is unknown. */
  'dns',
  'tls',
  /** The connection closed before the answer was complete. */
  'cut-off',
  'too-large',
  /** The other side does not speak HTTP. */
  'not-http',
  'redirect',
  // The endpoint. Its other failures are `http-` and the status.
  'not-an-answer',
  'rate-limited',
  'context-too-long',
  'filtered',
  // The right to ask.
  'not-set',
  'no-key',
  'no-credit',
  'unknown-model',
  // The answer.
  'not-json',
  'wrong-shape',
  'no-sources',
  'answer-cut',
  /** The answer's room was used up by thinking. */
  'only-thought',
  /** The input has no room in a prompt. */
  'too-long',
  // No call was made, or none came to an end.
  'budget',
  'stopped',
  /** A newer mem stored a reason that this one does not know. */
  'other',
] as const;

export type FailureReason = (typeof FAILURE_REASONS)[number] | `http-${number}`;

/** A stored reason. */
export function parseFailureReason(text: string): FailureReason {
  const known = FAILURE_REASONS.find((reason) => reason === text);
  if (known !== undefined) return known;
  const status = /^http-([1-9]\d{2})$/.exec(text)?.[1];
  return status === undefined ? 'other' : `http-${Number(status)}`;
}
