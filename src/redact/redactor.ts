import type {JsonObject, JsonValue} from '../domain/event/event.js';
import {ExactNumber} from '../domain/event/json/exact-number.js';
import type {OwnRule, Redactor} from '../domain/event/redactor.js';
import {hmacSha256} from './hmac.js';
import {isPlaceholder, isSecretName, NAME_LITERALS, namedValueAt} from './named-values.js';
import {type HideOwn, ownHider} from './own/hide-own.js';
import {SECRET_RULES, type SecretRule} from './rules.js';

const MARK_DIGITS = 6;
const LEAST_NAMED = 6;
const escaped = (literal: string): string => literal.replace(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`);
const LITERALS = [...SECRET_RULES.flatMap(({literals}) => literals), ...NAME_LITERALS].sort((a, b) => b.length - a.length);
/** One pass over the text finds every place where a rule can match; nearly all texts have none. */
const TRIGGER = new RegExp([...new Set(LITERALS)].map(escaped).join('|'), 'g');
/** By literal, with their expressions: made when a text first holds the literal. To make all of them takes longer than to ingest an event. */
const rulesOfLiteral = new Map<string, readonly (SecretRule & {readonly expression: RegExp})[]>();

function rulesOf(literal: string): readonly (SecretRule & {readonly expression: RegExp})[] {
  let rules = rulesOfLiteral.get(literal);
  if (rules === undefined) {
    rules = SECRET_RULES.filter(({literals}) => literals.some((own) => literal.startsWith(own))).map((rule) => ({
      ...rule,
      expression: new RegExp(rule.pattern, 'y'),
    }));
    rulesOfLiteral.set(literal, rules);
  }
  return rules;
}

/**
 * @param key gives that of the memory when a secret is found: the same secret has the same mark everywhere in it, and nobody without
 * the key can try out what it was
 * @param ownRules the user's, asked for once, when the first text comes
 */
export function makeRedactor(key: () => Buffer, ownRules: () => readonly OwnRule[] = () => []): Redactor {
  let hideOwn: HideOwn | undefined;
  const mark = (rule: string, secret: string) => markOf(rule, secret, key);
  const redactor: Redactor = {
    text: (text) => {
      hideOwn ??= ownHider(ownRules());
      // Behind the rules of mem: what an own one takes out of a secret's middle would hide the rest from them.
      return hideOwn(redactText(text, key), mark);
    },
    metadata: (metadata) => redactValue(metadata, redactor, key) as JsonObject,
  };
  return redactor;
}

/** `[redacted:RULE:HHHHHH]`: the digits are the first of an HMAC-SHA256 of the secret. */
function markOf(rule: string, secret: string, key: () => Buffer): string {
  return `[redacted:${rule}:${hmacSha256(key(), secret).slice(0, MARK_DIGITS)}]`;
}

function redactText(text: string, key: () => Buffer): string {
  let kept = '';
  let done = 0;
  let namesDone = 0;
  TRIGGER.lastIndex = 0;
  for (let hit = TRIGGER.exec(text); hit !== null; hit = TRIGGER.exec(text)) {
    let found = secretOfRule(text, hit.index, hit[0], done);
    if (found === undefined && hit.index >= namesDone && NAME_LITERALS.includes(hit[0])) {
      const {nameEnd, value} = namedValueAt(text, hit.index);
      namesDone = nameEnd;
      if (value !== undefined && value.start >= done) found = {rule: 'named', ...value};
    }
    if (found === undefined) {
      TRIGGER.lastIndex = hit.index + 1;
      continue;
    }
    const {rule, start, end} = found;
    kept += text.slice(done, start) + markOf(rule, text.slice(start, end), key);
    done = end;
    TRIGGER.lastIndex = Math.max(end, hit.index + 1);
  }
  return done === 0 ? text : kept + text.slice(done);
}

interface FoundSecret {
  readonly rule: string;
  readonly start: number;
  readonly end: number;
}

/** @param from nothing before it is looked at: it has been replaced */
function secretOfRule(text: string, at: number, literal: string, from: number): FoundSecret | undefined {
  for (const {name, expression, before = 0, holds} of rulesOf(literal)) {
    for (let start = at; start >= Math.max(from, at - before); start--) {
      expression.lastIndex = start;
      const match = expression.exec(text);
      if (match === null) continue;
      const end = expression.lastIndex;
      const secret = match.groups?.['secret'];
      if (secret === undefined) return {rule: name, start, end};
      if (isPlaceholder(secret) || holds?.(secret) === false) continue;
      const secretStart = text.indexOf(secret, start + match[0].indexOf(secret));
      return {rule: name, start: secretStart, end: secretStart + secret.length};
    }
  }
  return undefined;
}

function redactValue(value: JsonValue, redactor: Redactor, key: () => Buffer, name = ''): JsonValue {
  if (typeof value === 'string') {
    const redacted = redactor.text(value);
    const isNamed = redacted === value && value.length >= LEAST_NAMED && !/\s/.test(value) && isSecretName(name) && !isPlaceholder(value);
    return isNamed ? markOf('named', value, key) : redacted;
  }
  if (typeof value !== 'object' || value === null || value instanceof ExactNumber) return value;
  const isList = Array.isArray(value);
  const members = Object.entries(value).map(
    ([member, before]) => [member, before, redactValue(before, redactor, key, isList ? name : member)] as const,
  );
  if (members.every(([, before, after]) => before === after)) return value;
  return isList ? members.map(([, , after]) => after) : Object.fromEntries(members.map(([member, , after]) => [member, after]));
}
