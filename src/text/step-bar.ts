const STEPS = '▁▂▃▄▅▆▇█';

/** A figure as one of eight steps of the largest one; a space for nothing. */
export function stepBar(figure: number, largest: number): string {
  if (figure <= 0 || largest <= 0) return ' ';
  const step = Math.ceil((Math.min(figure, largest) / largest) * STEPS.length);
  return STEPS[Math.max(1, step) - 1] ?? ' ';
}
