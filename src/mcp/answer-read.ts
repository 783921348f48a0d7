import type {EventId} from '../domain/event/event.js';
import {asUlid} from '../domain/event/identity/event-id.js';
import {quoteText} from '../domain/recall/quote.js';
import {Calendar} from '../domain/time/period.js';
import {parsePhrase} from '../domain/time/phrase.js';
import {isNodeId, isPeriodId, type NodeId} from '../domain/toc/node-id.js';
import type {ShownNode} from '../domain/toc/shown-node.js';
import {readToday} from '../operations/access/read-today.js';
import type {Mem} from '../operations/mem.js';
import {listNodes} from '../operations/toc/list-nodes.js';
import {readToc} from '../operations/toc/read-toc.js';
import {escapeText} from '../text/escape.js';
import {type Answer, answer, frame} from './answer.js';
import {readEvent} from './answer-event.js';
import type {Arguments} from './check-arguments.js';

/** Of a bullet's events so many are named: of the entry itself, and of those below it, which are there to choose from. */
const MOST_IDS = 5;
const MOST_IDS_BELOW = 2;
const REPLACED = 'That segment is no more. Its events are in:';

/** An event with its neighbours, or an entry of the table of contents with what is below it. @throws MemError */
export async function answerRead(mem: Mem, given: Arguments): Promise<Answer> {
  const name = String(given['id'] ?? '').trim();
  if (name === '') return answer([frame(), ...(await years(mem)).map((year) => nodeLine(year, 0))]);
  const event = asUlid(name);
  if (event !== undefined) return readEvent(mem, event, {around: Number(given['around']), offset: Number(given['offset'])});
  const id = isNodeId(name) ? name : parsePhrase(name.split(/\s+/), (await readToday(mem)).today);
  const {node, successors, timeZone} = await readToc(mem, id, Number(given['depth']));
  if (node === undefined) return {text: `${nothingAt(id, new Calendar(timeZone))} ${await whatThereIs(mem)}`, eventIds: []};
  const lines = successors.length === 0 ? nodeLines(node, 0) : [REPLACED, ...successors.flatMap((segment) => nodeLines(segment, 0))];
  return answer([frame(), ...lines]);
}

/** Where to begin, for who asked for what is not there. */
export async function whatThereIs(mem: Mem): Promise<string> {
  const there = await years(mem);
  return there.length === 0 ? 'The memory is empty.' : `mem_read has: ${there.map(({label}) => label).join(', ')}.`;
}

async function years(mem: Mem): Promise<readonly ShownNode[]> {
  const found: ShownNode[] = [];
  for await (const {nodes} of listNodes(mem, {tocLevel: 'year', provisional: true})) found.push(...nodes);
  return found;
}

function nothingAt(id: NodeId, calendar: Calendar): string {
  const start = isPeriodId(id) ? calendar.boundsOf(id).start : undefined;
  return `Nothing was recorded: ${start === undefined ? id : calendar.labelOf(id, start)}.`;
}

function nodeLines(node: ShownNode, depth: number): readonly string[] {
  const indent = '  '.repeat(depth);
  const bullets = node.bullets.map(
    ({text, eventIds}) =>
      `${indent}  - ${quoteText(text, escapeText)}${eventIds.length === 0 ? '' : ` [${idsText(eventIds, depth === 0 ? MOST_IDS : MOST_IDS_BELOW)}]`}`,
  );
  const children = (node.children ?? []).flatMap((child) => nodeLines(child, depth + 1));
  return [nodeLine(node, depth), ...bullets, ...children];
}

function nodeLine(node: ShownNode, depth: number): string {
  const title = node.title === '' || node.title === node.label ? '' : `: ${quoteText(node.title, escapeText)}`;
  const part = 'clipped' in node && node.clipped === true ? ', in part' : '';
  return `${'  '.repeat(depth)}${node.label}${title} (${node.id}${part})`;
}

/** A period's bullet may tell of several events; each is to be read by its id. */
function idsText(ids: readonly EventId[], most: number): string {
  const more = ids.length - most;
  return ids.slice(0, most).join(' ') + (more > 0 ? ` and ${more} more` : '');
}
