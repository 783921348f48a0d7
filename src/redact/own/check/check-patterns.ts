import {type AST, RegExpParser, visitRegExpAST} from '@eslint-community/regexpp';
import type {OwnRule} from '../../../domain/event/redactor.js';
import {MemError} from '../../../errors.js';
import {patternCost} from './pattern-cost.js';

const MOST_PATTERNS = 50;
const MOST_LENGTH = 1_000;
/** Shorter finds stand everywhere. */
const LEAST_FOUND = 4;
/** For each character of a text. A hostile text of a megabyte then takes some seconds, an ordinary one nothing that can be measured. */
const MOST_STEPS = 500;
const GROUP_NAME = /^[a-z][a-z0-9_]{0,30}$/;

/**
 * Names the user's own patterns, `own-1` and so on, or as their first named group is.
 * @throws MemError CONFIG_INVALID for a pattern that a text could keep busy for long, or that finds nearly everything
 */
export function checkPatterns(patterns: readonly string[]): readonly OwnRule[] {
  if (patterns.length > MOST_PATTERNS) throw refusal(`there may be ${MOST_PATTERNS} patterns, not ${patterns.length}`);
  return patterns.map((pattern, at) => {
    const {group, reason} = lookAt(pattern);
    if (reason !== undefined) throw refusal(`pattern ${at + 1} of redact.patterns, ${JSON.stringify(pattern)}, ${reason}`);
    return {name: group ?? `own-${at + 1}`, pattern};
  });
}

function refusal(message: string): MemError {
  return new MemError('CONFIG_INVALID', message, {
    hint: 'give each repetition an upper bound, as in: mem config set redact.patterns \'["ACME-[0-9]{6,12}"]\'',
  });
}

function lookAt(pattern: string): {readonly group?: string | undefined; readonly reason?: string} {
  if (pattern.length > MOST_LENGTH) return {reason: `is longer than ${MOST_LENGTH} characters`};
  const parsed = parse(pattern);
  if (typeof parsed === 'string') return {reason: `is not a regular expression: ${parsed}`};
  let group: string | undefined;
  let reason: string | undefined;
  visitRegExpAST(parsed, {
    onQuantifierEnter({raw, max}) {
      if (max === Number.POSITIVE_INFINITY) reason ??= `repeats without a bound in ${raw}`;
    },
    onBackreferenceEnter({raw}) {
      reason ??= `refers back, in ${raw}`;
    },
    onCapturingGroupEnter({name}) {
      if (name === null) return;
      group ??= name;
      if (!GROUP_NAME.test(name)) reason ??= `names a group "${name}": a name has small letters, digits and _, 31 at most`;
    },
  });
  if (reason !== undefined) return {reason};
  const {steps, least} = patternCost(parsed);
  if (least < LEAST_FOUND) return {reason: `can match ${least} ${least === 1 ? 'character' : 'characters'}; ${LEAST_FOUND} is the least`};
  const perCharacter = steps / distanceOf(prefixOf(parsed));
  if (perCharacter > MOST_STEPS)
    return {reason: `can take ${stepsText(perCharacter)} steps for each character of a text; ${MOST_STEPS} is the most`};
  return {group};
}

/** The characters with which every match begins. */
function prefixOf({alternatives: [only, ...others]}: AST.Pattern): string {
  if (only === undefined || others.length > 0) return '';
  let prefix = '';
  for (const element of only.elements) {
    if (element.type === 'Character') prefix += String.fromCodePoint(element.value);
    else if (element.type !== 'Assertion') break;
  }
  return prefix;
}

/** How many characters lie between two places where a text stands, at least. */
function distanceOf(text: string): number {
  for (let distance = 1; distance < text.length; distance++) if (text.startsWith(text.slice(distance))) return distance;
  return Math.max(1, text.length);
}

function stepsText(steps: number): string {
  return steps < 1e9 ? steps.toFixed(0) : 'over a billion';
}

/** @returns what is wrong with it */
function parse(pattern: string): AST.Pattern | string {
  try {
    // As Node reads it, too: the parser may know a newer language.
    new RegExp(pattern);
    return new RegExpParser().parsePattern(pattern);
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^Invalid regular expression: /, '') : 'no reason';
  }
}
