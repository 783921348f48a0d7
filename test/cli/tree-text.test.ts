import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {treeLines} from '../../src/cli/toc/tree-text.js';
import type {SessionKey} from '../../src/domain/event/event.js';
import type {ShownNode} from '../../src/domain/toc/shown-node.js';
import {nodeJson} from '../../src/json/node-json.js';
import {type Line, renderLine} from '../../src/text/line.js';
import {widthOf} from '../../src/text/width.js';
import {aNode, aSegment, at, BERLIN} from './shown-node-builder.js';

function textOf(lines: readonly Line[], color = false): string {
  return lines.map((line) => renderLine(line, color)).join('\n');
}

const FACTS = {
  sessionKey: 'k' as SessionKey,
  sessionId: 's-1',
  eventCount: 12,
  tokenCount: 3400,
  agents: ['claude-code'],
  projects: ['site'],
};
const SEGMENT = aSegment('toc:segment:2024-01-29:01HNABCDEFGHJKMNPQRSTVWXYZ', FACTS, {
  start: at('2024-01-29T11:00:00Z'),
  end: at('2024-01-29T11:42:10.001Z'),
  title: 'Parser drops trailing commas',
  bullets: ['Ada: The parser drops the trailing comma.', 'Claude: Fixed in the tokenizer, with a test.'],
});

const MONTH = aNode('toc:month:2024:01', {
  open: true,
  provisional: true,
  title: 'Parser rewrite and the first release',
  childIds: ['toc:day:2024-01-15', 'toc:day:2024-01-29'],
  bullets: ['Ada: We should rewrite the parser before the release, since each new rule makes the old one slower.', 'Claude: Done.'],
  keywords: ['parser', 'release'],
  waitingEvents: 1234,
  children: [
    aNode('toc:week:2024:W03', {
      title: 'Tokenizer',
      bullets: ['One.', 'Two.', 'Three.', 'Four.'],
      childIds: ['toc:day:2024-01-15'],
      stale: true,
    }),
    aNode('toc:week:2024:W05', {
      title: 'Week 5 of 2024',
      start: at('2024-01-28T23:00:00Z'),
      end: at('2024-01-31T23:00:00Z'),
      bullets: ['Ada: The parser drops the trailing comma in lists, and only there.'],
      clipped: true,
      fallback: 'timeout',
    }),
  ],
});

test('shows the chosen node in full and the nodes below it as a tree', () => {
  expect(textOf(treeLines(MONTH, BERLIN, 58))).toBe(
    `January 2024  [open, provisional]
Jan 1 – 31 · 2 days · 2024-01

Parser rewrite and the first release

• Ada: We should rewrite the parser before the release,
  since each new rule makes the old one slower.
• Claude: Done.

Keywords: parser, release

1,234 events wait to be summarized; run: mem rollup

├─ Week 3 of 2024  Jan 15 – 21 · 1 day  [stale]
│     Tokenizer
│     • One.
│     • Two.
│     • Three.
│     … 1 more: mem toc show 2024-W03
└─ Week 5 of 2024  [clipped, fallback: timeout]
      Jan 29 – 31
      • Ada: The parser drops the trailing comma in lists,
        and only there.

Look closer: mem toc show 2024-W05`,
  );
});

test('puts what is known of a node on its own line where the screen is wide enough', () => {
  expect(textOf(treeLines(MONTH, BERLIN, 200))).toContain('└─ Week 5 of 2024  Jan 29 – 31  [clipped, fallback: timeout]\n');
});

test('shows a segment by its times of day, who spoke, and the id that opens it', () => {
  const day = aNode('toc:day:2024-01-29', {title: 'Commas', childIds: [SEGMENT.id], children: [SEGMENT]});
  expect(textOf(treeLines(day, BERLIN, 100))).toBe(
    `Monday, January 29, 2024
1 segment · 2024-01-29

Commas

└─ January 29, 2024 at 12:00  12:00 – 12:42 · 12 events, 3,400 tokens · claude-code, site
      Parser drops trailing commas
      • Ada: The parser drops the trailing comma.
      • Claude: Fixed in the tokenizer, with a test.
      toc:segment:2024-01-29:01HNABCDEFGHJKMNPQRSTVWXYZ

Look closer: mem events toc:segment:2024-01-29:01HNABCDEFGHJKMNPQRSTVWXYZ`,
  );
});

test('a segment that is chosen has its id on a line of its own', () => {
  // It came behind a dot at the end of a line.
  expect(
    textOf(treeLines(SEGMENT, BERLIN, 80))
      .split('\n')
      .slice(0, 3),
  ).toEqual([
    'January 29, 2024 at 12:00',
    '12:00 – 12:42 · 12 events, 3,400 tokens · claude-code, site',
    'toc:segment:2024-01-29:01HNABCDEFGHJKMNPQRSTVWXYZ',
  ]);
});

test('an inner node of the tree gives way to what is below it', () => {
  const year = aNode('toc:year:2024', {
    children: [aNode('toc:month:2024:01', {bullets: ['Hidden.'], children: [aNode('toc:week:2024:W03', {bullets: ['Shown.']})]})],
  });
  const text = textOf(treeLines(year, BERLIN, 80));
  expect(text).not.toContain('Hidden.');
  expect(text).toContain('\n   └─ Week 3 of 2024  Jan 15 – 21\n         • Shown.\n');
});

test.each([40, 80, 200])('keeps within %i columns, wide characters and emoji too', (columns) => {
  const text =
    '日本語の文章はスペースなしで書かれるので、どこでも改行できる。 👩‍💻 👩‍💻 and some words in English to go on with for a while. '.repeat(
      3,
    );
  const node = aNode('toc:week:2024:W03', {bullets: [text], children: [aNode('toc:day:2024-01-15', {bullets: [text], title: text})]});
  for (const line of textOf(treeLines(node, BERLIN, columns))
    .split('\n')
    .slice(0, -1))
    expect(widthOf(line), line).toBeLessThanOrEqual(columns);
});

test('colour changes nothing but colours', () => {
  const colored = textOf(treeLines(MONTH, BERLIN, 80), true);
  // biome-ignore lint/complexity/useRegexLiterals: a literal would hold the control character itself
  expect(colored.replace(new RegExp('\x1b\\[\\d+m', 'g'), '')).toBe(textOf(treeLines(MONTH, BERLIN, 80)));
  expect(colored).not.toBe(textOf(treeLines(MONTH, BERLIN, 80)));
});

const {classes} = JSON.parse(readFileSync(new URL('../fixtures/hostile-text.json', import.meta.url), 'utf8')) as {
  classes: Record<string, string>;
};

test.each(Object.entries(classes))('hostile text of the class %s stays harmless wherever it stands in a node', (name, hostile) => {
  const segment = {...SEGMENT.segment, sessionId: hostile, agents: [hostile], projects: [hostile]};
  const inner = {...SEGMENT, title: hostile, segment, bullets: [{text: hostile, eventIds: []}], keywords: [hostile]};
  const node = aNode('toc:day:2024-01-29', {
    title: hostile,
    bullets: [hostile],
    keywords: [hostile],
    fallback: 'timeout',
    children: [inner],
  });
  for (const columns of [30, 80]) {
    expect(textOf(treeLines(node, BERLIN, columns)), name).not.toMatch(
      /[\0-\x09\x0b-\x1f\x7f-\x9f\u200b\u2028\u202e\u2060\u2066\ufeff\u{e0000}-\u{e0fff}\ud800-\udfff]/u,
    );
  }
});

test('JSON has the names of the design, instants in the zone of the store, and children nested', () => {
  const day = aNode('toc:day:2024-01-29', {children: [SEGMENT]});
  expect(nodeJson(day, BERLIN)).toMatchObject({node_id: day.id, children: [nodeJson(SEGMENT, BERLIN)]});
  expect(nodeJson(SEGMENT, BERLIN)).toEqual({
    node_id: SEGMENT.id,
    toc_level: 'segment',
    parent_node_id: 'toc:day:2024-01-29',
    label: 'January 29, 2024 at 12:00',
    title: 'Parser drops trailing commas',
    start: '2024-01-29T12:00:00.000+01:00',
    end: '2024-01-29T12:42:10.001+01:00',
    bullets: [
      {text: 'Ada: The parser drops the trailing comma.', event_ids: ['01HKZ5D0A0AAAAAAAAAAAAAAAA']},
      {text: 'Claude: Fixed in the tokenizer, with a test.', event_ids: ['01HKZ5D0A0AAAAAAAAAAAAAAAA']},
    ],
    keywords: [],
    facts: [],
    workstreams: [],
    child_node_ids: [],
    version: 1,
    created_at: '2024-02-01T01:30:00.000+01:00',
    summarizer: 'extractive/1',
    input_fingerprint: 'f0',
    status: 'current',
    session_id: 's-1',
    event_count: 12,
    token_count: 3400,
    agents: ['claude-code'],
    projects: ['site'],
    provisional: false,
    stale: false,
    clipped: false,
    open: false,
  });
});

test('of a day with thousands of segments the first hundred are shown, and how to list the others is said', () => {
  const segments = Array.from({length: 20_000}, (_, n) => ({
    ...SEGMENT,
    id: `${SEGMENT.id.slice(0, -5)}${String(n).padStart(5, '0')}` as const,
  }));
  const day = aNode('toc:day:2024-01-29', {title: 'Much', children: segments as unknown as ShownNode[]});
  const text = textOf(treeLines(day, BERLIN, 100));
  expect(text.match(/toc:segment:\S+/g)).toEqual([...segments.slice(0, 100).map(({id}) => id), segments[99]?.id]);
  expect(text).toContain('\n└─ … 19,900 more: mem toc list --level segment --from 2024-01-29 --to 2024-01-29\n');
  expect(nodeJson(day, BERLIN)).toMatchObject({children: {length: 20_000}});
  const hundred = aNode('toc:day:2024-01-29', {title: 'Less', children: segments.slice(0, 100) as unknown as ShownNode[]});
  expect(textOf(treeLines(hundred, BERLIN, 100))).not.toContain('more: mem toc list');
  const unmade = aNode('toc:day:2024-01-29', {children: segments.map((one) => ({...one, provisional: true})) as unknown as ShownNode[]});
  expect(textOf(treeLines(unmade, BERLIN, 100))).toContain('--to 2024-01-29 --provisional');
});
