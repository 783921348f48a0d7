import type {JsonObject, JsonValue} from '../event.js';
import {ExactNumber} from '../json/exact-number.js';
import {limitText} from './text-limit.js';

/** Of each text in what a tool was given, in bytes of UTF-8. */
export const TOOL_INPUT_LIMIT = 4 * 1024;

/**
 * Cuts the long texts in `tool_input`, head and tail kept: what a tool was given says what was done, not what a file held.
 * @returns `metadata` itself where nothing is too long
 */
export function boundToolInput(metadata: JsonObject): JsonObject {
  const given = metadata['tool_input'];
  if (given === undefined) return metadata;
  const bounded = bound(given);
  return bounded === given ? metadata : {...metadata, tool_input: bounded};
}

function bound(value: JsonValue): JsonValue {
  if (typeof value === 'string') return limitText(value, TOOL_INPUT_LIMIT).text;
  if (typeof value !== 'object' || value === null || value instanceof ExactNumber) return value;
  const members = Object.entries(value).map(([name, member]) => [name, member, bound(member)] as const);
  if (members.every(([, before, after]) => before === after)) return value;
  return Array.isArray(value) ? members.map(([, , after]) => after) : Object.fromEntries(members.map(([name, , after]) => [name, after]));
}
