import {describe, expect, test} from 'vitest';
import {childOf, eventsOf, summaryOf, summaryOfChildren} from './builders.js';

const titleOf = (...texts: string[]) => summaryOf(eventsOf(...texts)).title;

describe('a topic', () => {
  test.each([
    ['Displaying prompts took long. The harbour importer shows prompts.', /displaying/i],
    ['It was the testable importer string testable. Make the importer string testable.', /testable$/],
    ["We read Stefan's orchard review, and Stefan's orchard review was long.", /^Stefan's/],
  ])('is a name for something, which "%s" has in its middle', (said, wrong) => {
    for (const topic of titleOf('ok', said).split(', ')) expect(topic).not.toMatch(wrong);
  });

  test('that is a detail, said once, does not follow what was asked for', () => {
    const title = titleOf(
      'Please add a retry policy to the billing importer.',
      'The billing importer has a retry policy now. The velvet banner is pale.',
    );
    expect(title).toBe('Add retry policy to billing importer');
  });

  test('is no single common word where anything better is said', () => {
    expect(titleOf('ok', 'The double was seen. The glacier archive moved, and the glacier archive is safe.')).toBe('Glacier archive');
  });
});

describe('capitals', () => {
  test('of a name stay where a plan has capitals everywhere', () => {
    const title = titleOf(
      'Please implement this plan:\n\n# Plan: Replace GitHub Actions Runner\n\nWe pay for GitHub Actions every month, and the actions of the runner are slow.',
      'ok',
    );
    expect(title).toBe('Replace GitHub Actions runner');
  });

  test('of a name stay behind its lower-case command', () => {
    const title = titleOf('ok', 'Run `claude` and then `claude` again. The Claude Code hook is broken, so we skip the Claude Code hook.');
    expect(title).toContain('Claude Code hook');
  });

  test('of the beginning of a title are lost inside of another one', () => {
    const children = [
      childOf('a', 'Replace tide table', 'user: Replace the tide table of the harbour office, please.'),
      childOf('b', 'Cleanup of doubled rows', 'user: Cleanup of the doubled rows in the glacier archive.'),
    ];
    expect(['Replace tide table, cleanup of doubled rows', 'Cleanup of doubled rows, replace tide table']).toContain(
      summaryOfChildren('day', children).title,
    );
  });
});

describe('in German', () => {
  test.each([
    ['Unser nächtlicher Import bricht seit dem Wochenende mit einem Zeitlimit ab.', /bricht|seit| ab\b/],
    ['Die SMS fliegt sofort raus, weil der Betriebsrat sie nicht mehr will.', /fliegt|sofort|raus/],
    ['Ich habe einen Test mit zwölf Namenspaaren angelegt, und er ist grün.', /angelegt/],
  ])('"%s" gives nouns', (said, verb) => {
    const title = titleOf('Ja, bitte, das ist gut.', said);
    expect(title).not.toBe('');
    expect(title).not.toMatch(verb);
  });

  test('a noun and the infinitive at the end of the clause are a task', () => {
    expect(titleOf('Kannst du die Anmeldung auf Passkeys umstellen?', 'Ja, das ist nun fertig.')).toContain('Passkeys umstellen');
  });
});

test('a Chinese title begins with no announcement', () => {
  expect(titleOf('订单列表页面加载太慢了。', '我先看一下接口的耗时和数据库查询。')).not.toMatch(/我先|看一下/);
});
