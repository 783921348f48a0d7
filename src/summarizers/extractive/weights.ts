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
    /** A picture's description, a quotation, code. */
    aside: 0.5,
    /** A sentence of which less than this share is new only repeats. */
    leastNews: 0.3,
    /** A third bullet says at least this share of what the best one says. */
    leastShare: 0.12,
    /** A sentence that prolongs a bullet is worth this much a word, at least. */
    leastProlonging: 0.8,
  },
  /** What a title of a coding session covers: the worth of its words, times these. */
  title: {
    /** An answer to a review says that work went on, but not what it is. */
    review: 0.3,
    /** To read or to look at something is a means. */
    looking: 0.5,
    /** What a segment was opened for. */
    first: 1.4,
    /** A finished task was planned and done; a request may be for a part of the work. */
    task: 1.4,
    /** Of finished tasks: (1 + its edits) / (1 + the most that one of them took), to the power of this. */
    editsOfTask: 0.5,
    /** Of a request's words this share comes up again in what was reported or changed; of another request nothing came, or it says how to work. */
    leastBorneOut: 0.34,
    /** Of a branch's telling words this share comes up in a segment without edits and commits; any other branch just happened to be checked out. */
    branchSaid: 0.2,
  },
  /** How the turns of a coding session are condensed: what was asked, what came out, what stays open. */
  work: {
    /** Words of all bullets, at most. */
    words: 70,
    /** Words of one bullet, at most; a request or an outcome is cut at the border of a clause. */
    bulletWords: 22,
    /** Words of one bullet that lists several commits, tasks or requests. */
    listWords: 26,
    /** Words of one request among several in a list. */
    listedRequestWords: 9,
    /** What a word is worth (added up) for each turn whose request, report, commit, plan or branch holds it. */
    inRequest: 2,
    inReport: 1,
    inCommit: 3,
    inPlan: 1,
    inBranch: 3,
    /** Below this rarity a word tells nothing. */
    leastRarity: 6,
    /** An identifier tells a reader less than a word. */
    code: 0.5,
    /** What is left of a word's worth when a bullet has said it. */
    residue: 0.1,
    /** A gain is divided by (words + lengthShift) ** lengthPower. */
    lengthShift: 8,
    lengthPower: 0.5,
    /** Each bullet of a turn after its first is worth this share of the one before. */
    perTurn: 0.6,
    /** What each kind of bullet is worth. */
    commit: 3,
    pull_request: 1.5,
    plan: 2,
    task: 1.2,
    request: 1.6,
    firstRequest: 1.3,
    /** A sentence of a message that asks for work. */
    asks: 1.2,
    question: 1.1,
    remark: 1.6,
    process: 0.1,
    assent: 0.1,
    pasted: 0.8,
    /** Of sentences of a report. */
    done: 1.3,
    found: 1.15,
    said: 0.8,
    leaning: 0.45,
    announced: 0.1,
    asked: 0.35,
    offered: 0.2,
    /** A sentence with two or more paths or identifiers tells details. */
    identifiers: 0.45,
    /** The last question of the last report, which nobody answered. */
    open: 0.8,
    /** The last report of the segment. */
    lastReport: 1.25,
    /** A sentence from the middle of a turn, where the turn has no report of its own to tell. */
    progress: 0.5,
    /** A further bullet says at least this share of what the best one says. */
    leastShare: 0.07,
  },
} as const;
