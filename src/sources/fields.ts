import type {JsonObject, JsonValue} from '../domain/event/event.js';

/** The object of a line or row, of which nothing is known yet. */
export type Fields = Readonly<Record<string, unknown>>;

/** `value` as an object; undefined for all else, lists too. */
export function asObject(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

/** `value` as a list; empty for all else. */
export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** `value` as a text that is not empty. */
export function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
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
