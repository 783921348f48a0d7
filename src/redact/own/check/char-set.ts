/** Which UTF-16 units an element can match: a place for each. */
export type CharSet = Uint8Array;

const UNITS = 65_536;

export const noChars = (): CharSet => new Uint8Array(UNITS);
export const allChars = (): CharSet => new Uint8Array(UNITS).fill(1);

const known = new Map<string, CharSet>();

/** @param source of an expression for a single character: `a`, `\d`, `[^x-z]` */
export function charsOf(source: string): CharSet {
  let set = known.get(source);
  if (set === undefined) {
    const expression = new RegExp(`^${source}$`);
    set = Uint8Array.from({length: UNITS}, (_, unit) => Number(expression.test(String.fromCharCode(unit))));
    known.set(source, set);
  }
  return set;
}

export function union(...sets: readonly CharSet[]): CharSet {
  const all = noChars();
  for (const set of sets) for (let unit = 0; unit < UNITS; unit++) all[unit] = (all[unit] ?? 0) | (set[unit] ?? 0);
  return all;
}

export function areDisjoint(one: CharSet, other: CharSet): boolean {
  return one.every((is, unit) => is === 0 || other[unit] === 0);
}
