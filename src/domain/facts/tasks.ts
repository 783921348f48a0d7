import type {JsonObject} from '../event/event.js';
import type {FactState} from './fact.js';
import {factText, linesOf, objectsIn, type ToolUse, textIn} from './tool-use.js';

/** A task as one tool use shows it. */
export interface FoundTask {
  /** Empty where the use names it by its number alone. */
  readonly text: string;
  /** `#3`: its number in its session, where it has one. */
  readonly ref?: string;
  readonly state?: FactState;
}

const LISTS = new Set(['todowrite', 'updateplan', 'writetodos', 'updatetodo', 'todo', 'managetodolist']);
const CREATED = /^Task #(\d+) created/;
const LISTED = /^#(\d+) \[(\w+)\] (.+)$/;
const BOX = /^\s*(?:[-*]|\d+\.) \[([ xX~/-])\] (.+)$/;

export function tasksOf(use: ToolUse): readonly FoundTask[] {
  const {name, input, answer, hasFailed} = use;
  if (hasFailed) return [];
  if (name === 'taskcreate') {
    const number = CREATED.exec(answer)?.[1];
    return named(textIn(input, 'subject'), 'open', number);
  }
  if (name === 'taskupdate') {
    const number = textIn(input, 'taskId', 'task_id');
    return number === '' ? [] : [taskOf(textIn(input, 'subject'), stateOf(textIn(input, 'status')), number)];
  }
  if (name === 'tasklist') return listed(answer);
  if (!LISTS.has(name)) return [];
  const items = [...objectsIn(input['todos']), ...objectsIn(input['plan']), ...objectsIn(input['todoList'])];
  if (items.length > 0) return items.flatMap((item) => named(subjectOf(item), stateOf(textIn(item, 'status'))));
  return boxes(textIn(input, 'todos', 'content'));
}

function subjectOf(item: JsonObject): string {
  return textIn(item, 'content', 'step', 'description', 'subject', 'title', 'text');
}

function stateOf(status: string): FactState | undefined {
  switch (status.toLowerCase().replace(/[^a-z]/g, '')) {
    case 'pending':
    case 'open':
    case 'todo':
    case 'notstarted':
      return 'open';
    case 'inprogress':
    case 'doing':
    case 'active':
      return 'doing';
    case 'completed':
    case 'complete':
    case 'done':
      return 'done';
    case 'cancelled':
    case 'canceled':
    case 'deleted':
    case 'skipped':
      return 'dropped';
    default:
      return undefined;
  }
}

function named(subject: string, state: FactState | undefined, number?: string): readonly FoundTask[] {
  return subject.trim() === '' ? [] : [taskOf(subject, state, number)];
}

function taskOf(subject: string, state: FactState | undefined, number: string | undefined): FoundTask {
  return {text: factText(subject), ...(number !== undefined && {ref: `#${number}`}), ...(state !== undefined && {state})};
}

function listed(answer: string): readonly FoundTask[] {
  const tasks: FoundTask[] = [];
  for (const line of linesOf(answer)) {
    const [, number, status = '', subject = ''] = LISTED.exec(line) ?? [];
    if (number !== undefined) tasks.push(taskOf(subject, stateOf(status), number));
  }
  return tasks;
}

/** A list of tasks that is written as Markdown. */
function boxes(text: string): readonly FoundTask[] {
  const tasks: FoundTask[] = [];
  for (const line of linesOf(text)) {
    const [, mark, subject = ''] = BOX.exec(line) ?? [];
    if (mark !== undefined) tasks.push(taskOf(subject, mark === ' ' ? 'open' : mark.toLowerCase() === 'x' ? 'done' : 'doing', undefined));
  }
  return tasks;
}
