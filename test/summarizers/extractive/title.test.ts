import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {childOf, eventsOf, squeezed, summaryOf, summaryOfChildren} from './builders.js';

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

  test('by what was asked for, and not by a detail of the answer', () => {
    const answer = 'The billing importer has a retry policy now. The velvet banner is pale.';
    expect(titleOf('Please add a retry policy to the billing importer.', answer)).toBe('Add retry policy to billing importer');
  });

  test('by the name of a plan, without its label and in the case of a sentence', () => {
    const plan = '# Plan: Move Tide Tables Into Archive\n\n## Context\n\nThe tide tables are large.\n\n- Copy `tables/` to `archive/`';
    expect(titleOf(`Implement the following plan:\n\n${plan}`, 'Done.')).toBe('Move tide tables into archive');
  });

  test('never by what was refused', () => {
    expect(titleOf('Please do not remove the glacier archive.', 'The glacier archive stays.')).not.toMatch(/^Remove/);
  });

  test('by names that keep their capitals', () => {
    const title = titleOf(
      'Please look at it.',
      'We talked to the people of Harbourmaster. The plugin for Harbourmaster was late, and Harbourmaster reads our tables.',
    );
    expect(title).toContain('Harbourmaster');
  });

  test('by code that stays whole', () => {
    expect(titleOf('ok', 'Updated `src/lexer/scan_all.ts` surrogate handling.')).toBe('Update `src/lexer/scan_all.ts` surrogate handling');
    expect(titleOf('ok', 'Fixed `git worktree prune` behaviour on detached heads.')).toContain('`git worktree prune`');
  });

  test('in words of the conversation alone, ten at most', () => {
    const words = 'please add fix the a of tide table importer retry billing archive not was it and Harbourmaster `src/a.ts` . , ?'.split(
      ' ',
    );
    const text = fc.array(fc.constantFrom(...words), {minLength: 1, maxLength: 30}).map((chosen) => chosen.join(' '));
    fc.assert(
      fc.property(fc.array(text, {minLength: 1, maxLength: 4}), (texts) => {
        const title = titleOf(...texts);
        expect(title.split(/\s+/).length).toBeLessThanOrEqual(10);
        if (title.startsWith('A few words of ')) return;
        for (const word of squeezed(title).trim().split(' ')) expect(squeezed(texts.join(' ')), title).toContain(` ${word} `);
      }),
      {numRuns: 500},
    );
  });

  test('in German by nouns, and by a task where one is asked for', () => {
    const title = titleOf('Ja, bitte, das ist gut.', 'Unser nächtlicher Import bricht seit dem Wochenende mit einem Zeitlimit ab.');
    expect(title).toContain('Import');
    expect(title).not.toMatch(/bricht|seit| ab\b/);
    expect(titleOf('Kannst du die Anmeldung auf Passkeys umstellen?', 'Ja, das ist nun fertig.')).toContain('Passkeys umstellen');
  });

  test('in Chinese without the announcement before it', () => {
    expect(titleOf('订单列表页面加载太慢了。', '我先看一下接口的耗时和数据库查询。')).not.toMatch(/我先|看一下/);
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

  test('in the case of a sentence, whichever title comes first', () => {
    const children = [
      childOf('a', 'Replace tide table', 'user: Replace the tide table of the harbour office, please.'),
      childOf('b', 'Cleanup of doubled rows', 'user: Start the cleanup of the doubled rows in the glacier archive, and replace no tide.'),
    ];
    expect(['Replace tide table, cleanup of doubled rows', 'Cleanup of doubled rows, replace tide table']).toContain(
      summaryOfChildren('day', children).title,
    );
  });

  test('by one to three topics of at most 10 words together', () => {
    const topics = 'harbour violin glacier orchard telescope parliament saffron locomotive'.split(' ');
    const children = topics.map((topic) => childOf(topic, `${topic} restoration budget`, `user: The ${topic} restoration was approved.`));
    const {title} = summaryOfChildren('month', children);
    expect(title.split(', ').length).toBeLessThanOrEqual(3);
    expect(title.split(' ').length).toBeLessThanOrEqual(10);
  });
});
