import type {JsonObject, JsonValue} from '../event.js';
import {ExactNumber} from '../json/exact-number.js';
import {canonicalJson} from '../json/json.js';
import {METADATA_LIMIT} from './event-fields.js';

/** What is left of each text in a tool's input that is too large as a whole. */
const SHORT_TEXT = 200;

/**
 * Metadata that has room in an event. A tool's input is what can be large: its texts are cut shorter, and if even that is too much only its
 * size is left.
 */
export function limitMetadata(metadata: JsonObject): JsonObject {
  if (isSmall(metadata)) return metadata;
  const {tool_input: input, ...others} = metadata;
  if (input === undefined) return {cut_bytes: sizeOf(metadata)};
  const cut = {...others, tool_input: shorten(input)};
  return sizeOf(cut) <= METADATA_LIMIT ? cut : {...others, tool_input: {cut_bytes: sizeOf(input)}};
}

/** Nearly all: told without writing JSON. No UTF-16 unit takes more than six bytes of JSON. */
function isSmall(metadata: JsonObject): boolean {
  return roughSize(metadata) * 6 <= METADATA_LIMIT || sizeOf(metadata) <= METADATA_LIMIT;
}

function roughSize(value: JsonValue): number {
  if (typeof value === 'string') return value.length + 3;
  if (typeof value !== 'object' || value === null) return 8;
  let size = 2;
  for (const [name, member] of Object.entries(value)) size += name.length + 4 + roughSize(member);
  return size;
}

const sizeOf = (value: JsonValue): number => Buffer.byteLength(canonicalJson(value));

function shorten(value: JsonValue): JsonValue {
  if (typeof value === 'string') return value.length <= SHORT_TEXT ? value : `${value.slice(0, SHORT_TEXT).toWellFormed()}…`;
  if (typeof value !== 'object' || value === null || value instanceof ExactNumber) return value;
  if (Array.isArray(value)) return value.map((member: JsonValue) => shorten(member));
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, shorten(member)]));
}
