import {MINUTE_MS} from '../domain/time/durations.js';
/** How one setting is written and what it means. */
export interface SettingKind<T> {
  /** Its default, as a user would write it. */
  readonly fallback: string;
  readonly about: string;
  /** An invalid value may be a key, typed in the wrong place: messages do not repeat it. */
  readonly isHidden?: boolean;
  /** @returns undefined when the text is invalid */
  parse(text: string): {readonly value: T} | undefined;
}

const UNITS_MS: Readonly<Record<string, number>> = {s: 1_000, m: MINUTE_MS, h: 60 * MINUTE_MS, d: 24 * 60 * MINUTE_MS};

export function kind<T>(fallback: string, about: string, parse: SettingKind<T>['parse']): SettingKind<T> {
  return {fallback, about, parse};
}

export function choice<T extends string>(fallback: T, values: readonly T[], about: string): SettingKind<T> {
  return kind(fallback, about, (text) => {
    const value = values.find((known) => known === text);
    return value === undefined ? undefined : {value};
  });
}

/** `30m`, in ms: a number and a unit of s, m, h, d. */
export function duration(
  fallback: string,
  about: string,
  {leastMs = 0, mostMs = Infinity}: {leastMs?: number; mostMs?: number},
): SettingKind<number> {
  return kind(fallback, about, (text) => {
    const [, number, unit] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
    const value = Number(number) * (UNITS_MS[unit ?? ''] ?? Number.NaN);
    return value >= leastMs && value <= mostMs ? {value} : undefined;
  });
}

/** A text; an empty text means that the value is not set. */
export function optional<T>(about: string, parse: (text: string) => T | undefined, isHidden = false): SettingKind<T | undefined> {
  return {
    fallback: '',
    about,
    isHidden,
    parse: (text) => {
      const value = text === '' ? undefined : parse(text);
      return text === '' || value !== undefined ? {value} : undefined;
    },
  };
}

/** An argument list as JSON. */
export function argumentsIn(text: string): readonly string[] | undefined {
  try {
    const list: unknown = JSON.parse(text);
    const isList = Array.isArray(list) && list.length > 0 && list.every((word) => typeof word === 'string' && !word.includes('\0'));
    return isList && list[0] !== '' ? list : undefined;
  } catch {
    return undefined;
  }
}
