/** How many shades there are above nothing. */
export const SHADES = 4;

export interface HeatScale {
  /** The largest figure of each shade, from the lightest. */
  readonly limits: readonly number[];
  /** 0 for nothing, else 1 to 4. */
  shadeOf(figure: number): number;
}

/** Each shade holds a quarter of the figures above 0: a single large one does not make all others look alike. */
export function heatScale(figures: readonly number[]): HeatScale {
  const sorted = figures.filter((figure) => figure > 0).sort((a, b) => a - b);
  const limits = Array.from({length: SHADES}, (_, at) => sorted[Math.ceil((sorted.length * (at + 1)) / SHADES) - 1] ?? 0);
  return {
    limits,
    shadeOf: (figure) => (figure <= 0 ? 0 : Math.min(SHADES, limits.findIndex((limit) => figure <= limit) + 1 || SHADES)),
  };
}
