import type {TocLevel} from '../../../domain/toc/node-id.js';

export interface AnswerLimits {
  /** The fewest for a long input, and the most for any input. */
  readonly bullets: readonly [number, number];
  readonly titleWords: number;
  readonly bulletWords: number;
  readonly keywords: number;
}

const EVERYWHERE = {titleWords: 10, bulletWords: 40, keywords: 7};

/** What an entry of the table of contents may hold. */
export const ANSWER_LIMITS: Readonly<Record<TocLevel, AnswerLimits>> = {
  segment: {bullets: [2, 5], ...EVERYWHERE},
  day: {bullets: [3, 8], ...EVERYWHERE},
  week: {bullets: [5, 10], ...EVERYWHERE},
  month: {bullets: [5, 8], ...EVERYWHERE},
  year: {bullets: [3, 5], ...EVERYWHERE},
};
