import type {TocLevel} from '../../../domain/toc/node-id.js';

export type PeriodLevel = Exclude<TocLevel, 'segment'>;

/** How much a period of one TOC level may say. */
export interface PeriodLimits {
  /** So many bullets where the period has as much to tell. */
  readonly leastBullets: number;
  readonly mostBullets: number;
  /** Words of all bullets together. A few more are said where one bullet for each of the heaviest workstreams needs them. */
  readonly words: number;
  /** Outcomes of one line. */
  readonly outcomes: number;
  /** A longer outcome is cut at a clause's border. */
  readonly outcomeWords: number;
  /** A line's name, in front of its outcomes. */
  readonly nameWords: number;
  /** Names in the line "Also: …". */
  readonly also: number;
}

/** Every figure by which a period's summary is chosen. */
export const WEIGHTS = {
  limits: {
    day: {leastBullets: 3, mostBullets: 8, words: 115, outcomes: 7, outcomeWords: 18, nameWords: 8, also: 3},
    week: {leastBullets: 5, mostBullets: 9, words: 185, outcomes: 5, outcomeWords: 16, nameWords: 8, also: 3},
    month: {leastBullets: 5, mostBullets: 8, words: 172, outcomes: 5, outcomeWords: 13, nameWords: 7, also: 5},
    year: {leastBullets: 3, mostBullets: 5, words: 110, outcomes: 3, outcomeWords: 12, nameWords: 7, also: 8},
  } satisfies Record<PeriodLevel, PeriodLimits>,

  /** What a workstream weighs: its events' square root, its commits and its days, each times this. */
  workstream: {events: 0.6, commits: 4.5, days: 1.5},

  /** A workstream that weighs less than this share of the heaviest one stands in "Also: …", where there are lines enough without it. */
  lineShare: 0.2,

  /** A workstream is called after its branch where this share of the branch's words come up in its work. */
  branchSaid: 0.2,
  /** What the words of a name cover is divided by their number to the power of this. */
  nameLength: 0.75,

  /** Projects stand in front of names where at least two have this share of the events. */
  projectShare: 0.1,
  /** How well a piece of each kind tells what came out. */
  kind: {
    commit: 6,
    pull_request: 3,
    plan: 4,
    planned: 0.5,
    task: 2,
    outcome: 1,
    titled: 1,
    found: 0.7,
    report: 0.6,
    said: 0.6,
    test: 0.7,
    request: 0.4,
    other: 0.4,
  },
  /** A commit that changed one line, so much more for twice as many, and at most. */
  size: {least: 0.6, perDoubling: 0.1, most: 1.3},
  /** It merges, lints, runs the tests: work on the work. */
  chore: 0.15,
  /** It answers a review. */
  review: 0.45,
  /** A task of looking around, or of planning. */
  means: 0.1,
  /** How much a fact that has a word adds to the word's worth. */
  fact: 2.5,
  /** A piece that is worth less is not told where its line has a name. */
  leastTold: 0.3,
  /** A user's words that ask for nothing, or only for "this": a print-out, a piece of a review. */
  unasked: 0.5,
  /** Many paths and identifiers among its words, times their share. */
  code: 1.5,
  leastPlain: 0.3,
  /** The newest of its workstream: the state in which it is. */
  newest: 1.3,
  /** The next outcome of a line is worth this much of the one before. */
  perOutcome: 0.6,
  /** A workstream that weighs twice as much is worth 2 to the power of this. */
  heaviness: 0.6,
  /** A gain is divided by (words + shift) to the power of this: more words say more, but not in proportion. */
  lengthShift: 3.5,
  lengthPower: 0.7,
  /** A piece of whose words so many stand in its line's name repeats the name. */
  inName: 0.8,
  /** A piece of which less than this share is new only repeats. */
  leastNews: 0.3,
  /** A term that is in more than this share of the children is no topic of a period's title. */
  commonTerm: 0.3,

  /** A period in which people talked, by whole bullets. */
  talk: {
    /** Of a short period's bullets so many go up: one that repeats all of its parts would be no shorter than they are. */
    shareOfBullets: 0.6,
    mostBullets: {day: 8, week: 10, month: 8, year: 5},
    /** Words of a title, at most. */
    titleWords: 10,
    /** Below this rarity a word tells nothing. */
    leastRarity: 5,
    /** An identifier is rare, but tells a reader less than a rare word. */
    code: 0.55,
    /** A word in twice as many children is worth so much more (added to 1), up to so many children. */
    spread: 0.5,
    mostSpread: 6,
    /** What is left of a word's worth when a bullet has said it. */
    residue: 0.15,
    /** Small words alone are worth next to nothing, but more than nothing. */
    leastGain: 0.02,
    /** A bullet of which less than this share is new only repeats. */
    leastNews: 0.3,
    /** Each bullet of a child after its first, so that one loud hour does not fill a week. */
    perChild: 0.85,
    /** The last bullets say at least this share of what the best one says. */
    leastShare: 0.12,
    /** A stretch of the period that says less than this share is passed over. */
    leastHeard: 0.05,
    /** Answers tell more than questions. */
    question: 0.65,
    /** It leans on what was said before it. */
    leaning: 0.3,
    /** With fewer telling words it is a remark, which only who was there understands. */
    leastTelling: 4,
    remark: 0.03,
    /** It begins as others do in other children: a program says it each time. */
    formula: 0.25,
    /** As in lines of coding work. */
    lengthShift: 5,
    lengthPower: 0.75,
  },
} as const;
