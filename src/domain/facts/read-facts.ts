import {emptiedIn} from '../event/emptied.js';
import type {AgentEvent} from '../event/event.js';
import {answeredCommits, begunCommitsOf, commitsOf, gitCommandsIn} from './commits.js';
import type {Fact, FactKind, FactState} from './fact.js';
import {filesOf} from './files.js';
import {planOf} from './plans.js';
import {pullRequestsOf} from './pull-requests.js';
import {tasksOf} from './tasks.js';
import {testResultOf} from './test-results.js';
import {factText, linesOf, type ToolUse, toolUseOf} from './tool-use.js';

/** At most so many facts are read off one event: a list of tasks or a patch may be long. */
const MOST_FACTS = 60;
const NONE: readonly Fact[] = [];

interface Found {
  readonly kind: FactKind;
  readonly text: string;
  readonly ref?: string;
  readonly state?: FactState;
  readonly lines?: number;
}

/**
 * The facts that one event holds: its tool's input and the whole of its text, in one pass. The branch is not among them, since every event
 * of a session may have one: see `merge-facts.ts`. A task that is named by its number alone has no text: see `name-tasks.ts`.
 */
export function factsOf(event: AgentEvent): readonly Fact[] {
  const emptied = emptiedIn(event);
  if (emptied !== undefined) return emptied.facts.map((fact) => ({...fact, eventIds: [event.id]}));
  const use = toolUseOf(event);
  const found = use === undefined ? said(event) : used(event, use);
  if (found.length === 0) return NONE;
  return found.slice(0, MOST_FACTS).map((fact) => ({...fact, eventIds: [event.id]}));
}

function used(event: AgentEvent, use: ToolUse): readonly Found[] {
  const found: Found[] = [];
  const cwd = typeof event.metadata['cwd'] === 'string' ? event.metadata['cwd'] : '';
  for (const commit of commitsOf(use, cwd)) found.push({kind: 'commit', ...commit});
  for (const request of pullRequestsOf(use)) found.push({kind: 'pull_request', ...request});
  const plan = planOf(event, use);
  if (plan !== '') found.push({kind: 'plan', text: plan});
  for (const task of tasksOf(use)) found.push({kind: 'task', ...task});
  for (const text of begunCommitsOf(use, cwd)) found.push({kind: 'task', text, state: 'doing'});
  const test = testResultOf(use);
  if (test !== undefined) found.push({kind: 'test', ...test});
  for (const text of filesOf(use, cwd)) found.push({kind: 'file', text});
  return event.agent === 'aider' ? [...found, ...noted(event.text)] : found;
}

/** What stands in a message: a plan to carry out, or a command that the user ran beside the agent, with its answer. */
function said(event: AgentEvent): readonly Found[] {
  if (event.type !== 'user_message') return [];
  const plan = planOf(event, undefined);
  if (plan !== '') return [{kind: 'plan', text: plan}];
  const isCommand = event.role === 'system' && event.text.startsWith('! ');
  if (!isCommand) return [];
  const [command = ''] = event.text.slice(2).split('\n', 1);
  return answeredCommits(event.text, gitCommandsIn(command)).map((commit) => ({kind: 'commit', ...commit}));
}

/** aider notes what it did in lines of its own. */
function noted(text: string): readonly Found[] {
  const found: Found[] = [];
  for (const line of linesOf(text)) {
    const [, ref, subject] = /^Commit ([0-9a-f]{7,40}) (\S.*)$/.exec(line) ?? [];
    if (ref !== undefined && subject !== undefined) found.push({kind: 'commit', text: factText(subject), ref});
    const path = /^Applied edit to (\S.*)$/.exec(line)?.[1];
    if (path !== undefined) found.push({kind: 'file', text: factText(path)});
  }
  return found;
}
