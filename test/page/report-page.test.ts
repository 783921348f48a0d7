import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import type {EventId} from '../../src/domain/event/event.js';
import {reportPage} from '../../src/page/report-page.js';
import {aNode, aSegment} from '../cli/shown-node-builder.js';
import {attribute, parsePage, textIn} from './parsed-page.js';
import {aDay, anAgentEvent, aReport, EVENT_ID} from './report-builder.js';

const {classes} = JSON.parse(readFileSync(new URL('../fixtures/hostile-text.json', import.meta.url), 'utf8')) as {
  classes: Record<string, string>;
};
const MARKUP = `</p></style><script>alert(1)</script><img src=x onerror=alert(1)>"'><a href="javascript:alert(1)">&lt;b&gt;</a>`;
const FACTS = {sessionKey: 'A' as never, sessionId: 's-1', eventCount: 3, tokenCount: 40, agents: ['claude-code'], projects: ['acme/api']};
const SEGMENT_ID = `toc:segment:2024-01-15:${EVENT_ID}`;
/** Everything that a page is made of. */
const ELEMENTS =
  'html head meta title style body header main footer section article div p span h1 h2 h3 ol ul li a b code pre details summary svg rect text'.split(
    ' ',
  );

function aDayWith(text: string) {
  const segment = aSegment(SEGMENT_ID, {...FACTS, projects: [text]}, {title: text, bullets: [text]});
  return aNode('toc:day:2024-01-15', {title: text, bullets: [`user: ${text}`], keywords: [text], children: [segment]});
}

/** A page in which a text stands in every place that has stored text. */
function pageWith(text: string): string {
  const event = anAgentEvent({text, project: text, agent: text, metadata: {speaker: text}});
  const tool = anAgentEvent({id: '01HKZ5D0A0BBBBBBBBBBBBBBBB' as EventId, role: 'tool', text, metadata: {tool_name: text}});
  const [projects, agents] = [new Map([[text, 12]]), new Map([[text, 12]])];
  return reportPage(
    aReport({
      nodes: [aDayWith(text), aNode('toc:day:2024-01-16', {title: text, bullets: [text]})],
      events: [event, tool],
      days: [aDay('2024-01-15', 12, {projects, agents})],
    }),
  );
}

test('is whole by itself: no script, nothing to load, no event handler, and links only to places on the page', () => {
  const {elements, errors} = parsePage(pageWith(MARKUP));
  expect(errors).toEqual([]);
  expect([...new Set(elements.map(({tagName}) => tagName))].filter((name) => !ELEMENTS.includes(name))).toEqual([]);
  const ids = elements.map((element) => attribute(element, 'id')).filter((id) => id !== undefined);
  expect(new Set(ids).size).toBe(ids.length);
  for (const element of elements) {
    for (const {name, value} of element.attrs) {
      expect(name).not.toMatch(/^on|src|style|action|formaction|data|poster|background/);
      if (name.endsWith('href')) expect(ids.map((id) => `#${id}`)).toContain(value);
    }
  }
  const [style] = elements.filter(({tagName}) => tagName === 'style');
  expect(reportPage(aReport())).not.toMatch(/url\(|@import|https?:/);
  expect(style?.childNodes).toHaveLength(1);
});

test('shows stored text as text, wherever it stands', () => {
  const {elements} = parsePage(pageWith(MARKUP));
  const texts = elements.filter(({tagName}) => tagName === 'body').map(textIn);
  // Titles, bullets, keywords, projects and agents of the header and of segments, and events: each as it was said.
  expect(texts.join('').split(MARKUP).length - 1).toBeGreaterThanOrEqual(12);
});

test.each(Object.entries(classes))('shows hostile text of the class %s by visible names', (_, text) => {
  const {elements} = parsePage(pageWith(`a ${text} b`));
  const [page] = elements;
  const shown = page === undefined ? '' : textIn(page);
  expect(shown).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]/u);
  expect(shown).not.toMatch(/[\u{e0000}-\u{e0fff}]/u);
  expect(shown).toMatch(/\^.|\\x|<U\+/);
});

test('leads from each bullet to what was said, and back', () => {
  const {elements} = parsePage(reportPage(aReport({nodes: [aDayWith('The table was fixed.')], events: [anAgentEvent()]})));
  const bullets = elements.filter(
    ({tagName, parentNode}) => tagName === 'li' && 'attrs' in (parentNode ?? {}) && textIn(parentNode as never) !== '',
  );
  const cites = elements.filter((element) => attribute(element, 'class') === 'cite');
  expect(cites.map((element) => attribute(element, 'href'))).toEqual(['#e1', '#e1']);
  const event = elements.find((element) => attribute(element, 'id') === 'e1');
  expect(event && textIn(event)).toContain('Fix the tide table.');
  const back = elements
    .filter((element) => attribute(element, 'title') === 'back to the bullet')
    .map((element) => attribute(element, 'href'));
  expect(back).toEqual(['#b1', '#b2']);
  expect(bullets.map((element) => attribute(element, 'id'))).toEqual(expect.arrayContaining(['b1', 'b2']));
});

test('folds what a tool returned, and the rest of a long text', () => {
  const long = `${'The first sentence of many. '.repeat(200)}The end.`;
  const events = [
    anAgentEvent({role: 'tool', text: 'one line', metadata: {tool_name: 'Bash'}}),
    anAgentEvent({id: '01HKZ5D0A0BBBBBBBBBBBBBBBB' as EventId, text: long}),
  ];
  const {elements} = parsePage(reportPage(aReport({events})));
  const folded = elements.filter(({tagName}) => tagName === 'details').map(textIn);
  expect(folded).toHaveLength(2);
  expect(folded[0]).toBe('Output, 8 charactersone line');
  // The text is bounded: the event's id says where the rest is.
  expect(folded[1]).toContain('1,608 more characters: mem events 01HKZ5D0A0BBBBBBBBBBBBBBBB');
  const whole = elements.find((element) => attribute(element, 'id') === 'e2');
  expect(whole && textIn(whole).length).toBeLessThan(4_700);
});

test('draws a bar for each hour of a day, of a week too, and one for each day of a month', () => {
  const bars = (what: string, first: string, last: string) => {
    const {elements} = parsePage(reportPage(aReport({what: what as never, dates: {first, last} as never})));
    const rects = elements.filter(({tagName}) => tagName === 'rect');
    return {all: rects.length, high: rects.filter((rect) => attribute(rect, 'class') === 'bar').map(textIn)};
  };
  expect(bars('toc:day:2024-01-15', '2024-01-15', '2024-01-15')).toEqual({all: 24, high: ['Mon, Jan 15, 9:00: 12 events']});
  expect(bars('toc:week:2024:W03', '2024-01-15', '2024-01-21').all).toBe(7 * 24);
  expect(bars('toc:month:2024:01', '2024-01-01', '2024-01-31')).toEqual({all: 31, high: ['Mon, Jan 15: 12 events']});
});

test('says that nothing was recorded', () => {
  const {elements} = parsePage(reportPage(aReport({days: []})));
  expect(elements.filter((element) => attribute(element, 'class') === 'note').map(textIn)).toEqual(['Nothing was recorded.']);
});
