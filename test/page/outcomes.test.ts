import {expect, test} from 'vitest';
import type {EventId} from '../../src/domain/event/event.js';
import type {Fact} from '../../src/domain/facts/fact.js';
import type {ShownNode} from '../../src/domain/toc/shown-node.js';
import {outcomesOf, shortRef} from '../../src/page/outcomes.js';
import {reportPage} from '../../src/page/report-page.js';
import {aNode, aSegment} from '../cli/shown-node-builder.js';
import {attribute, parsePage, textIn} from './parsed-page.js';
import {anAgentEvent, aReport, EVENT_ID} from './report-builder.js';

const fact = (kind: Fact['kind'], text: string, ref: string, workstream = 'w1'): Fact => ({
  kind,
  text,
  ref,
  workstream,
  eventIds: [EVENT_ID],
});
const stream = (id: string, branch: string) => ({id, branch, project: 'acme/api', events: 9, commits: 1, days: 1});

function withFacts(id: string, facts: readonly Fact[]): ShownNode {
  return {...aNode(id, {title: 'The tide table'}), facts, workstreams: [stream('w2', 'fix/gauge'), stream('w1', '')]};
}

test('groups what came out by workstream, the heaviest first, each thing once', () => {
  const facts = [
    fact('commit', 'Fix the table', 'aaaa1111bbbb'),
    fact('plan', 'The plan', ''),
    fact('commit', 'Read the gauge', 'cccc2222', 'w2'),
    fact('pull_request', 'Gauge', 'https://example.org/acme/api/pull/12', 'w2'),
  ];
  const outcomes = outcomesOf([withFacts('toc:day:2024-01-15', facts), withFacts('toc:day:2024-01-16', facts.slice(0, 1))]);
  expect(outcomes.map(({branch, commits, pullRequests}) => [branch, commits.map(({text}) => text), pullRequests.map(shortRef)])).toEqual([
    ['fix/gauge', ['Read the gauge'], ['#12']],
    ['', ['Fix the table'], []],
  ]);
});

test.each([
  [fact('commit', 'x', '0123456789abcdef'), '01234567'],
  [fact('pull_request', 'x', '#7'), '#7'],
  [fact('pull_request', 'x', '7'), '#7'],
  [fact('pull_request', 'x', 'javascript:alert(1)'), ''],
])('the reference %j is told as %j', (given, told) => {
  expect(shortRef(given)).toBe(told);
});

test('the page tells commits as text, with the way to the event, and folds what are many', () => {
  const commits = Array.from({length: 9}, (_, at) => fact('commit', `<b>Commit ${at}</b>`, `aaaa000${at}`));
  const {elements, errors} = parsePage(
    reportPage(aReport({nodes: [withFacts('toc:day:2024-01-15', commits)], events: [anAgentEvent({id: EVENT_ID as EventId})]})),
  );
  expect(errors).toEqual([]);
  const rows = elements.filter((element) => attribute(element, 'class') === 'commit');
  expect(rows).toHaveLength(9);
  expect(rows[0] && textIn(rows[0]).trim()).toBe('aaaa0000<b>Commit 0</b>1');
  expect(elements.filter(({tagName}) => tagName === 'summary').map(textIn)).toEqual(['3 more commits']);
});

test("a period's bullet begins with the name of its workstream, a segment's with what was said", () => {
  const bullets = [{text: 'Tide table: Fix the rows', eventIds: [EVENT_ID], workstream: 'w1'}];
  const facts = {sessionKey: 'A' as never, sessionId: 's', eventCount: 1, tokenCount: 9, agents: [], projects: []};
  const segment = {...aSegment(`toc:segment:2024-01-15:${EVENT_ID}`, facts, {title: 'Rows'}), bullets};
  const day = {...aNode('toc:day:2024-01-15', {title: 'Rows', children: [segment]}), bullets};
  const {elements} = parsePage(reportPage(aReport({nodes: [day]})));
  const bold = elements.filter(({tagName, parentNode}) => tagName === 'b' && parentNode?.nodeName === 'li');
  expect(bold.map(textIn)).toEqual(['Tide table:']);
});
