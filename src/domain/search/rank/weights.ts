/** All constants of the ranker. They are fixed for every kind of conversation: see docs/decisions. */
export const RANK = {
  /** Of BM25 over events: how soon more of a term adds less, and how much a long event is held back. */
  event: {k1: 0.9, b: 0.55},
  /** Of BM25 over session-days. */
  day: {k1: 1.2, b: 0.4},
  /** Of BM25 over whole sessions. */
  session: {k1: 1.2, b: 0.75},
  /** What the session-day adds to each of its events. */
  dayWeight: 0.4,
  /** What the whole session adds to its score. */
  sessionWeight: 2,
  /** What further events of a session add to its score, by rank. */
  furtherEvents: {count: 7, weight: 0.4},
  /** What the event at a distance of 1, 2, 3 in the session-day adds to an event. */
  neighbours: [0.5, 0.2, 0.2],
  /** The neighbours of an event with so many terms count by half: a long event speaks for itself. */
  neighbourLength: 60,
  /** Pairs of different terms of the query at most `distance` terms apart; together at most `most`. */
  proximity: {weight: 0.3, distance: 4, most: 20, events: 50},
  /** What each term of the query that an event has at all adds, by its idf. */
  coverage: 0.2,
  /** Events of so many session-days are scored. */
  openDays: 60,
  /** How much a near word counts that stands for one that occurs nowhere. */
  nearWord: 0.6,
} as const;
