/** What a hit is: an event, or the best one of each of what events are in. */
export const HIT_KINDS = ['event', 'session', 'day', 'segment'] as const;
export type HitKind = (typeof HIT_KINDS)[number];
