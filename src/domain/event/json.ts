import type {JsonValue} from './event.js';
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

/** The same for JSON text before it is parsed; for text that is not JSON the result means nothing. */
export function isDeeperThanText(json: string, limit: number): boolean {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < json.length; at++) {
    const unit = json.charCodeAt(at);
    if (unit === 0x22) inString = !inString;
    else if (inString) at += unit === 0x5c ? 1 : 0;
    else if (unit === 0x7b || unit === 0x5b) {
      if (++depth > limit) return true;
    } else if (unit === 0x7d || unit === 0x5d) depth--;
  }
  return false;
}
