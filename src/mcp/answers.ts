import {ROLES} from '../domain/event/event.js';
import {quoteText} from '../domain/recall/quote.js';
import {snippetOf} from '../domain/search/query/snippet.js';
import {SearchTokenizer} from '../domain/search/words/tokenizer.js';
import {Calendar} from '../domain/time/period.js';
import {parseTimeRange} from '../domain/time/time-range.js';
import {readToday} from '../operations/access/read-today.js';
import type {Mem} from '../operations/mem.js';
import {folderScope, type RecallScope, recall} from '../operations/recall/recall.js';
import {recallPage} from '../operations/recall/recall-page.js';
import {search} from '../operations/search/search.js';
import {shownWord} from '../operations/search/search-notes.js';
import {escapeText} from '../text/escape.js';
import {type Answer, answer, frame} from './answer.js';
import {branchOf} from './answer-event.js';
import {answerRead, whatThereIs} from './answer-read.js';
import type {Arguments} from './check-arguments.js';
import {ALL_PROJECTS, type ToolName} from './tools.js';

const DEFAULT_BUDGET = 2_000;

type AnswerTool = (mem: Mem, given: Arguments) => Promise<Answer>;

/** Each opens the store, reads, and closes it again. @throws MemError */
export const ANSWERS: Readonly<Record<ToolName, AnswerTool>> = {
  mem_search: answerSearch,
  mem_recall: answerRecall,
  mem_read: answerRead,
};

async function answerSearch(mem: Mem, given: Arguments): Promise<Answer> {
  const {timeZone, today} = await readToday(mem);
  const calendar = new Calendar(timeZone);
  const range = parseTimeRange(textOf(given['from']), textOf(given['to']), today, calendar);
  const project = textOf(given['project']);
  const result = await search(mem, {
    ...range,
    query: textOf(given['query']) ?? '',
    by: 'event',
    limit: Number(given['limit']),
    role: ROLES.find((role) => role === given['role']),
    branch: textOf(given['branch']),
    projects: project === undefined ? [] : [project],
  });
  const tokenizer = new SearchTokenizer();
  const lines = result.hits.map(({event, segment}) => {
    const quoted = snippetOf(event.text, result.weights, tokenizer).map(({text}) => quoteText(text, escapeText));
    const branch = branchOf(event);
    const where = [segment && `in ${quoteText(segment.title, escapeText)}`, branch && `on ${quoteText(branch, escapeText)}`];
    const place = where.filter((part) => part !== undefined).join(', ');
    const at = calendar.format(event.time).slice(0, 16).replace('T', ' ');
    return `- ${at}, ${event.role}: ${quoted.join(' ')} [${event.id}]${place === '' ? '' : ` — ${place}`}`;
  });
  const notes = result.replaced.map(
    ({word, by}) => `${quoteText(shownWord(word), escapeText)} occurs nowhere${by.length === 0 ? '' : `; looked for ${by.join(', ')}`}.`,
  );
  if (result.notSearched > 0) notes.push(`${result.notSearched} events are not searched yet.`);
  return answer([lines.length === 0 ? 'Nothing was found.' : frame(timeZone), ...lines, ...notes]);
}

async function answerRecall(mem: Mem, given: Arguments): Promise<Answer> {
  const query = textOf(given['query']) ?? '';
  const name = textOf(given['project']);
  const recalled = await recall(mem, {query, scope: await scopeOf(mem, name)});
  const {text, eventIds} = recallPage(recalled, {
    query,
    budget: Number(given['budget'] ?? DEFAULT_BUDGET),
    show: escapeText,
    howToGoOn: query.trim() === '' ? 'mem_read' : 'mem_search, or mem_read with an id',
  });
  return {text: text === '' ? await nothingFits(mem, recalled.project, query) : text, eventIds};
}

async function scopeOf(mem: Mem, name: string | undefined): Promise<RecallScope> {
  if (name === ALL_PROJECTS) return {kind: 'all'};
  return name === undefined ? folderScope(mem, process.cwd()) : {kind: 'named', name};
}

async function nothingFits(mem: Mem, project: string, query: string): Promise<string> {
  const where = project === '' ? 'any project' : quoteText(project, escapeText);
  if (query.trim() === '')
    return `Nothing was said in ${where} in the last month. Name a query, or look further back: ${await whatThereIs(mem)}`;
  return project === '' ? 'Nothing fits.' : `Nothing fits in ${where}. mem_search looks in all projects.`;
}

function textOf(value: string | number | undefined): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}
