import {createHash} from 'node:crypto';
import type {EpochMs, JsonObject, JsonValue} from '../../domain/event/event.js';
import {parseExactly} from '../../domain/event/json/exact-json.js';
import {parseTimestamp} from '../../domain/event/parse/timestamp.js';
import {isRecord} from '../../domain/stored/fields.js';
import {instant} from '../../domain/time/instant.js';

/** The object of a line or row, of which nothing is known yet. */
export type Fields = Readonly<Record<string, unknown>>;

/** `value` as an object; undefined for all else, lists too. */
export function asObject(value: unknown): Fields | undefined {
  return isRecord(value) ? value : undefined;
}

/** `value` as a list; empty for all else. */
export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** `value` as a text that is not empty. */
export function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A record's time, however far ahead; undefined where it is invalid. */
export function asTime(value: unknown): EpochMs | undefined {
  const time = parseTimestamp(value, instant(Number.MAX_SAFE_INTEGER));
  return typeof time === 'number' ? time : undefined;
}

/** An id for a record that has none of its own, from what it says. */
export function hashId(...parts: readonly (string | number | undefined)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}

/**
 * What `JSON.parse` gives; numbers that a double cannot hold keep their digits.
 * @throws SyntaxError
 */
export function parseKept(json: string): unknown {
  return keepDigits(json, JSON.parse(json));
}

/** The same for what was parsed already. @param value what `JSON.parse` gave of `json` */
export function keepDigits(json: string, value: unknown): unknown {
  try {
    return parseExactly(json) ?? value;
  } catch (error) {
    // Too deep for its reader: no agent writes that.
    if (error instanceof RangeError) return value;
    throw error;
  }
}

/** Whether there is a number in it, at any depth. */
export function holdsNumber(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return typeof value === 'number';
  for (const member of Object.values(value)) if (holdsNumber(member)) return true;
  return false;
}

/** What `JSON.parse` gave, for metadata. */
export function asJson(value: unknown): JsonValue {
  return value === undefined ? null : (value as JsonValue);
}

/** Metadata of those members that say something. */
export function metadataOf(members: Readonly<Record<string, JsonValue | undefined>>): JsonObject {
  const said: Record<string, JsonValue> = {};
  for (const name in members) {
    const value = members[name];
    if (value !== undefined && value !== '') said[name] = value;
  }
  return said;
}

/** What a mapper kept between readings: what it gave to `toKeep`. A cursor of another shape is given to no mapper. */
export function asKept<T>(value: unknown): T | undefined {
  return (value ?? undefined) as T | undefined;
}

/** A mapper's own data as JSON, to be kept between readings. */
export function toKeep(value: object): JsonValue {
  return value as JsonValue;
}
