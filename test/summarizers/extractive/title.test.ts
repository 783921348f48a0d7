import {describe, expect, test} from 'vitest';
import {childOf, eventsOf, summaryOf, summaryOfChildren} from './builders.js';

const titleOf = (...texts: string[]) => summaryOf(eventsOf(...texts)).title;

describe('a segment is named', () => {
  test('by what was asked for, without the politeness before it', () => {
    expect(titleOf('Could you please add a retry policy to the billing importer? It loses rows.', 'Sure!')).toBe(
      'Add retry policy to billing importer',
    );
  });

  test('by what was done, as one would ask for it', () => {
    expect(titleOf('ok, next', "I've implemented the nightly export of invoices. The clerk was happy.")).toBe(
      'Implement nightly export of invoices',
    );
  });

  test('by the name of a plan, without its label and in the case of a sentence', () => {
    const plan = '# Plan: Invert Telemetry Flag Logic\n\n## Context\n\nThe flag is confusing.\n\n- Rename `noTelemetry` to `telemetry`';
    expect(titleOf(`Implement the following plan:\n\n${plan}`, 'Done.')).toBe('Invert telemetry flag logic');
  });

  test('never by what was refused', () => {
    expect(titleOf('Please do not remove the glacier archive.', 'The glacier archive stays.')).not.toMatch(/^Remove/);
  });

  test('by names that keep their capitals', () => {
    const title = titleOf(
      'Please look at it.',
      'We talked to Homebrew people. The formula for Homebrew was rejected, and GoReleaser builds the Homebrew formula.',
    );
    expect(title).toContain('Homebrew');
    expect(title).not.toContain('homebrew');
  });

  test('by code that stays whole', () => {
    expect(titleOf('ok', 'Updated `src/lexer/scan_all.ts` surrogate handling.')).toBe('Update src/lexer/scan_all.ts surrogate handling');
    expect(titleOf('ok', 'Fixed `git worktree prune` behaviour on detached heads.')).toContain('`git worktree prune`');
  });

  test.each([
    ['The reviewer approved the migration and the exporter emits warnings.', /\b(?:approved|emits)\b/],
    ['It improves type safety because the parser rejects surrogates.', /improves|rejects/],
    ['We saw that the subagent reported success while the importer crashed.', /reported|crashed/],
  ])('by no half of the clause "%s"', (clause, verbs) => {
    expect(titleOf('ok', clause)).not.toMatch(verbs);
  });
});

describe('a period is named', () => {
  test('by whole parts of the titles below it', () => {
    const children = [
      childOf('a', 'Billing gateway timeouts, typo in changelog', 'user: The billing gateway times out under load.'),
      childOf('b', 'Retry policy for billing gateway', 'user: A retry policy for the billing gateway was chosen.'),
      childOf('c', 'Invoice archive', 'user: The invoice archive moved.'),
    ];
    const parts = children.flatMap(({title}) => title.split(', ')).map((part) => part.toLowerCase());
    const {title} = summaryOfChildren('week', children);
    expect(title).toMatch(/billing gateway/i);
    for (const part of title.split(', ')) expect(parts).toContain(part.toLowerCase());
  });

  test('by one to three topics of at most 10 words together', () => {
    const topics = 'harbour violin glacier orchard telescope parliament saffron locomotive'.split(' ');
    const children = topics.map((topic) => childOf(topic, `${topic} restoration budget`, `user: The ${topic} restoration was approved.`));
    const {title} = summaryOfChildren('month', children);
    expect(title.split(', ').length).toBeLessThanOrEqual(3);
    expect(title.split(' ').length).toBeLessThanOrEqual(10);
  });
});
