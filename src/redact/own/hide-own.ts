import type {OwnRule} from '../../domain/event/redactor.js';

/** What is redacted already: no rule looks into a mark. */
const MARKS = /(\[redacted:[a-z][a-z0-9_-]{0,40}:[0-9a-f]{6}\])/;

/** Replaces what a user's own rules find, by the marks that `markOf` makes. */
export type HideOwn = (text: string, markOf: (rule: string, secret: string) => string) => string;

/** @param rules whose patterns `checkPatterns` has passed: a pattern that can backtrack for ever would stop an ingest */
export function ownHider(rules: readonly OwnRule[]): HideOwn {
  const compiled = rules.map(({name, pattern}) => {
    const hasGroup = pattern.includes(`(?<${name}>`);
    return {name, hasGroup, expression: new RegExp(pattern, hasGroup ? 'dg' : 'g')};
  });
  return (text, markOf) =>
    compiled.reduce((before, rule) => {
      const parts = before.includes('[redacted:') ? before.split(MARKS) : [before];
      // Every second part is a mark.
      return parts.map((part, at) => (at % 2 === 1 ? part : hide(part, rule, (secret) => markOf(rule.name, secret)))).join('');
    }, text);
}

interface CompiledRule {
  readonly name: string;
  /** Only the group named as the rule is replaced. */
  readonly hasGroup: boolean;
  readonly expression: RegExp;
}

function hide(text: string, {name, hasGroup, expression}: CompiledRule, mark: (secret: string) => string): string {
  let kept = '';
  let done = 0;
  expression.lastIndex = 0;
  for (let match = expression.exec(text); match !== null; match = expression.exec(text)) {
    if (match[0] === '') expression.lastIndex++;
    const [start, end] = (hasGroup ? match.indices?.groups?.[name] : undefined) ?? [match.index, match.index + match[0].length];
    if (end <= start || start < done) continue;
    kept += text.slice(done, start) + mark(text.slice(start, end));
    done = end;
  }
  return done === 0 ? text : kept + text.slice(done);
}
