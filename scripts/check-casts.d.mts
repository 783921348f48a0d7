export function castsIn(text: string): number;
export function castFaults(
  folder: string,
  table?: Readonly<Record<string, readonly [casts: number, why: string]>>,
  most?: number,
): readonly string[];
