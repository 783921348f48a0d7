import type {JsonValue} from '../event.js';
import {ExactNumber} from './exact-number.js';

/** JSON with keys sorted by code unit and no white space: equal values give equal text. */
export function canonicalJson(value: JsonValue): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (value instanceof ExactNumber) return value.digits;
  if (isJsonArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const members = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key] ?? null)}`);
  return `{${members.join(',')}}`;
}

function isJsonArray(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/** Whether arrays and objects in `value` are nested deeper than `limit`. It looks no deeper than that. */
export function isDeeperThan(value: unknown, limit: number): boolean {
  if (typeof value !== 'object' || value === null || value instanceof ExactNumber) return false;
  if (limit === 0) return true;
  for (const member of Object.values(value)) if (isDeeperThan(member, limit - 1)) return true;
  return false;
}

/** What of JSON as text is beyond a limit. */
export type Excess = 'depth' | 'commas';

/**
 * Whether arrays and objects are nested more than `depth` deep in JSON that is not parsed yet, or hold more than `commas` commas. It takes
 * one pass, and needs no memory: values take many times that of their text. For text that is not JSON the answer means nothing.
 */
export function excessOf(json: string, limits: {readonly depth: number; readonly commas: number}): Excess | undefined {
  let depth = 0;
  let commas = 0;
  for (let at = 0; at < json.length; at++) {
    const unit = json.charCodeAt(at);
    if (unit === 0x22) at = stringEnd(json, at) - 1;
    else if (unit === 0x7b || unit === 0x5b) {
      if (++depth > limits.depth) return 'depth';
    } else if (unit === 0x7d || unit === 0x5d) depth--;
    else if (unit === 0x2c && ++commas > limits.commas) return 'commas';
  }
  return undefined;
}

/** The place behind the quote that ends the string which begins at `start`. */
export function stringEnd(json: string, start: number): number {
  for (let quote = json.indexOf('"', start + 1); quote !== -1; quote = json.indexOf('"', quote + 1)) {
    let before = quote - 1;
    while (json.charCodeAt(before) === 0x5c) before--;
    if ((quote - before) % 2 === 1) return quote + 1;
  }
  return json.length;
}
