/** What a part of a bullet is. An `outcome` is a report that begins with what was done, `found` one of a failure, a reason or a decision; `planned` is a plan to which nothing was done; `titled` is a segment's title; `said` is what no label tells of, as in a line. */
export type PieceKind =
  | 'commit'
  | 'pull_request'
  | 'plan'
  | 'planned'
  | 'task'
  | 'outcome'
  | 'titled'
  | 'found'
  | 'report'
  | 'said'
  | 'test'
  | 'request'
  | 'other';

/** A part of a child's bullet that can stand in a line of the period. */
export interface Piece {
  readonly child: number;
  readonly bullet: number;
  readonly kind: PieceKind;
  /** The name that the child's line gives it; empty if none. */
  readonly name: string;
  readonly text: string;
  readonly terms: readonly number[];
  /** How well it tells by itself what came out: see `worthOf`. */
  readonly worth: number;
  /** Whether it can follow another one in a line: see `isOutcome`. */
  readonly isOutcome: boolean;
  readonly workstream?: string;
}

/** In time order. */
export function byPlace(a: Piece, b: Piece): number {
  return a.child - b.child || a.bullet - b.bullet;
}

/** What a summarizer cites. */
export function placeOf({child, bullet}: Piece): string {
  return `${child}.${bullet}`;
}
