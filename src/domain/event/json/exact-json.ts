import type {JsonValue} from '../event.js';
import {ExactNumber, hasExactNumber, isHeldByDouble} from './exact-number.js';
import {stringEnd} from './json.js';

/** Only a text that matches can hold a number that a double cannot: 16 digits in a row or more, or an exponent. */
const SUSPICIOUS = /\d[\d.]{15}|\d[eE][-+]?\d/;

/**
 * What `JSON.parse` gives, but numbers that a double cannot hold are `ExactNumber`s.
 * @returns undefined when no number needs it: the caller's own value is right then
 * @param json must be valid JSON, nested less deep than the stack is
 */
export function parseExactly(json: string): JsonValue | undefined {
  if (!SUSPICIOUS.test(json) || !hasInexactNumber(json)) return undefined;
  return new ExactReader(json).value();
}

function hasInexactNumber(json: string): boolean {
  for (let at = 0; at < json.length; at++) {
    const unit = json.charCodeAt(at);
    if (unit === 0x22) at = stringEnd(json, at) - 1;
    else if (startsNumber(unit)) {
      const end = numberEnd(json, at);
      if (!isHeldByDouble(json.slice(at, end))) return true;
      at = end - 1;
    }
  }
  return false;
}

function startsNumber(unit: number): boolean {
  return unit === 0x2d || (unit >= 0x30 && unit <= 0x39);
}

function numberEnd(json: string, start: number): number {
  let end = start + 1;
  while (end < json.length && '0123456789.eE+-'.includes(json.charAt(end))) end++;
  return end;
}

/** Reads JSON that is known to be valid. */
class ExactReader {
  readonly #json: string;
  #at = 0;

  constructor(json: string) {
    this.#json = json;
  }

  value(): JsonValue {
    this.#skipSpace();
    const first = this.#json.charAt(this.#at);
    if (first === '{') return this.#object();
    if (first === '[') return this.#array();
    if (first === '"') return this.#string();
    const literal = /[a-z]/.test(first);
    const start = this.#at;
    if (!literal) this.#at = numberEnd(this.#json, start);
    else while (/[a-z]/.test(this.#json.charAt(this.#at))) this.#at++;
    const text = this.#json.slice(start, this.#at);
    return literal || isHeldByDouble(text) ? (JSON.parse(text) as JsonValue) : new ExactNumber(text);
  }

  #object(): JsonValue {
    const members: [string, JsonValue][] = [];
    for (let next = this.#enter(); next !== '}'; next = this.#separator()) {
      const name = this.#string();
      this.#skipSpace();
      this.#at++; // The colon.
      members.push([name, this.value()]);
    }
    // Not by assignment: a member named __proto__ is a member like any other.
    return Object.fromEntries(members);
  }

  #array(): JsonValue {
    const list: JsonValue[] = [];
    for (let next = this.#enter(); next !== ']'; next = this.#separator()) list.push(this.value());
    return list;
  }

  /** Steps behind an opening bracket. @returns the closing one, stepped over, where nothing is in between; else '' */
  #enter(): string {
    this.#at++;
    this.#skipSpace();
    const next = this.#json.charAt(this.#at);
    if (next !== '}' && next !== ']') return '';
    this.#at++;
    return next;
  }

  /** Steps over a comma or a closing bracket, which it returns. */
  #separator(): string {
    this.#skipSpace();
    const next = this.#json.charAt(this.#at++);
    this.#skipSpace();
    return next;
  }

  #string(): string {
    const end = stringEnd(this.#json, this.#at);
    const text = JSON.parse(this.#json.slice(this.#at, end)) as string;
    this.#at = end;
    return text;
  }

  #skipSpace(): void {
    while (' \t\n\r'.includes(this.#json.charAt(this.#at)) && this.#at < this.#json.length) this.#at++;
  }
}

/** JSON as `JSON.stringify` writes it, with the digits of exact numbers. Several times slower: for values that hold one. */
export function exactJson(value: JsonValue): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (value instanceof ExactNumber) return value.digits;
  if (isList(value)) return `[${value.map(exactJson).join(',')}]`;
  return `{${Object.entries<JsonValue | undefined>(value)
    .flatMap(([name, member]) => (member === undefined ? [] : [`${JSON.stringify(name)}:${exactJson(member)}`]))
    .join(',')}}`;
}

/** The same for any value: as fast as `JSON.stringify` where none is exact. */
export function anyJson(value: JsonValue): string {
  return hasExactNumber(value) ? exactJson(value) : JSON.stringify(value);
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
