/**
 * Every figure by which the extractive summarizer chooses, in one table. Those of `talk` were chosen by leaving one conversation out; those of
 * `work` by leaving one developer out. A figure is a factor unless it says otherwise.
 */
export const WEIGHTS = {
  /** How a conversation among people is condensed: whole sentences that say much and repeat nothing. */
  talk: {
    /** Words of a summary, at most. */
    words: 118,
    /** Words of one bullet; a longer sentence is cut. */
    bulletWords: 38,
    /** Below this rarity a word tells nothing. */
    leastRarity: 5,
    /** How much faster than its rarity a word's worth grows: an exponent. */
    rarityPower: 1.25,
    /** A word that comes up in twice as many events is worth so much more (added to 1). */
    spread: 0.4,
    /** What is left of a word's worth when a bullet has said it. */
    residue: 0.15,
    /** An identifier is rare, but tells a reader less than a rare word. */
    code: 0.55,
    /** A gain is divided by (words + lengthShift) ** lengthPower: a longer sentence says more, but not in proportion. */
    lengthShift: 4,
    lengthPower: 0.75,
    /** Answers tell more than questions. */
    question: 0.65,
    /** "Hey …", "Thanks …": half of it is politeness. */
    greeting: 0.7,
    /** What somebody says of himself is news; what he says of the other is known to the other. */
    ofOneself: 1.6,
    /** What has a date happened, or will. */
    dated: 2,
    /** A picture's description, a quotation. */
    aside: 0.5,
    /** A sentence of which less than this share is new only repeats. */
    leastNews: 0.3,
    /** A third bullet says at least this share of what the best one says. */
    leastShare: 0.12,
    /** A sentence that prolongs a bullet is worth this much a word, at least. */
    leastProlonging: 0.8,
  },
} as const;
