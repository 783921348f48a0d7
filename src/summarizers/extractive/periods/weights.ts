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
    day: {leastBullets: 3, mostBullets: 8, words: 86, outcomes: 3, outcomeWords: 18, nameWords: 8, also: 5},
    week: {leastBullets: 5, mostBullets: 10, words: 142, outcomes: 3, outcomeWords: 14, nameWords: 7, also: 6},
    month: {leastBullets: 5, mostBullets: 8, words: 160, outcomes: 3, outcomeWords: 12, nameWords: 6, also: 8},
    year: {leastBullets: 3, mostBullets: 5, words: 110, outcomes: 3, outcomeWords: 12, nameWords: 6, also: 8},
  } satisfies Record<PeriodLevel, PeriodLimits>,

  /** What a workstream weighs: its events' square root, its commits and its days, each times this. */
  workstream: {events: 1, commits: 2, days: 3},

  /** How well a piece of each kind tells what came out. */
  kind: {
    commit: 3,
    pull_request: 2.6,
    plan: 1.8,
    task: 1.6,
    outcome: 1.5,
    report: 1,
    test: 0.7,
    request: 0.8,
    other: 0.4,
  },
  /** It merges, lints, answers a review: work on the work. */
  process: 0.35,
  /** It begins with "This", "It": what it speaks of is not shown. */
  leaning: 0.4,
  /** Many paths and identifiers among its words, times their share. */
  code: 0.6,
  /** It had to be cut. */
  cut: 0.8,
  /** It removes what the same period made: neither is left. */
  removal: 0.3,
  /** The newest of its workstream: the state in which it is. */
  newest: 1.4,
  /** The next outcome of a line is worth this much of the one before. */
  perOutcome: 0.8,
  /** A workstream that weighs twice as much is worth 2 to the power of this. */
  heaviness: 0.4,
  /** A gain is divided by (words + shift) to the power of this: more words say more, but not in proportion. */
  lengthShift: 3,
  lengthPower: 0.8,
  /** A piece of which less than this share is new only repeats. */
  leastNews: 0.34,
  /** A term that is in more than this share of the children is no topic of a period's title. */
  commonTerm: 0.3,
} as const;
