import {MemError} from '../../errors.js';
import type {Mem} from '../../operations/mem.js';
import {folderScope, type RecallScope, recall} from '../../operations/recall/recall.js';
import {recallPage} from '../../operations/recall/recall-page.js';
import {environment} from '../../settings/config.js';
import {noteRecall, readRecalls} from '../../system/notes/recall-log.js';
import {escapeText} from '../../text/escape.js';
import {note, type Output} from '../frame/output.js';
import {type AnsweredAgent, hookAnswer} from './hook-answer.js';

/** Tokens without a query, at the start of a session, and with one. */
const BUDGET = {start: 600, query: 2_000};
const LOG_LINES = 50;

export interface RecallFlags {
  readonly project?: string | undefined;
  readonly 'all-projects': boolean;
  readonly budget?: number | undefined;
  readonly hook: boolean;
  /** Whose hook it is. */
  readonly for?: AnsweredAgent | undefined;
  readonly json: boolean;
}

/** Prints what was done before, as Markdown; nothing where nothing fits. */
export async function printRecall(mem: Mem, query: string, flags: RecallFlags, out: Output): Promise<void> {
  // A summarizer of mem may itself be an agent with hooks: what it is to sum up is all that it needs.
  if (environment['MEM_RECALL'] === '0' || environment['MEM_SUMMARIZING'] === '1') return;
  const hook = flags.hook ? await readHook() : undefined;
  // What is resumed, or copied, is still in the conversation.
  if (hook?.source === 'resume' || hook?.source === 'fork') return;
  const scope = await scopeOf(mem, flags, hook?.cwd ?? process.cwd());
  const recalled = await recall(mem, {query, scope}).catch((error: unknown) => {
    // A session that begins before anything was remembered is no fault.
    if (flags.hook && error instanceof MemError && error.code === 'NO_STORE') return undefined;
    throw error;
  });
  if (recalled === undefined) return;
  const {project} = recalled;
  const {text, eventIds, left} = recallPage(recalled, {
    query,
    budget: flags.budget ?? (query.trim() === '' ? BUDGET.start : BUDGET.query),
    show: escapeText,
    howToGoOn: howToGoOn(project, query),
  });
  if (flags.json) out.json({project, query, text, event_ids: eventIds, left}, 'indented');
  else if (text !== '') out.text(hookAnswer(flags.for ?? 'claude-code', text));
  // An agent is told nothing; a person could not tell silence from a fault.
  else if (!flags.hook && process.stderr.isTTY === true) note([`mem: ${nothingFits(project, query)}`]);
  if (eventIds.length === 0) return;
  const by = flags.hook ? 'hook' : 'recall';
  noteRecall(mem.home, {at: new Date(mem.clock()).toISOString(), by, project, query, event_ids: eventIds});
}

function howToGoOn(project: string, query: string): string {
  if (query.trim() === '') return '`mem toc show`, `mem events ID`';
  return `\`mem search WORDS${project === '' ? '' : ' --project NAME'}\`, \`mem events ID --around 3\``;
}

function nothingFits(project: string, query: string): string {
  const where = project === '' ? 'anywhere' : `in ${escapeText(project)}`;
  if (query.trim() === '') return `nothing was said ${where} in the last month; look further back with: mem toc, or mem recall QUERY`;
  return `nothing fits ${where}; look in all projects with: mem search`;
}

/** Cursor runs the hooks of its user in its own folder, and tells which ones are open. */
function firstFolder(payload: object): string | undefined {
  const [first]: unknown[] = 'workspace_roots' in payload && Array.isArray(payload.workspace_roots) ? payload.workspace_roots : [];
  return typeof first === 'string' ? first : undefined;
}

/** Prints what was recalled, when and for whom: the newest last. */
export function printRecallLog(mem: Mem, json: boolean, out: Output): void {
  for (const entry of readRecalls(mem.home, LOG_LINES)) {
    if (json) out.json(entry);
    else
      out.line(
        escapeText(
          [entry.at.slice(0, 16).replace('T', ' '), entry.by, entry.project || '-', `${entry.event_ids.length} events`, entry.query].join(
            '  ',
          ),
        ),
      );
  }
}

async function scopeOf(mem: Mem, flags: RecallFlags, folder: string): Promise<RecallScope> {
  if (flags['all-projects']) return {kind: 'all'};
  if (flags.project !== undefined) return {kind: 'named', name: flags.project};
  return folderScope(mem, folder);
}

interface HookPayload {
  readonly source: string;
  readonly cwd: string | undefined;
}

/** What an agent's session-start hook says on stdin. @throws MemError USAGE on a terminal */
async function readHook(): Promise<HookPayload> {
  if (process.stdin.isTTY)
    throw new MemError('USAGE', '--hook reads what an agent sends to its hook', {hint: 'leave --hook out to ask by hand'});
  let text = '';
  for await (const part of process.stdin) text += String(part);
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return {source: '', cwd: undefined};
    return {
      source: 'source' in value && typeof value.source === 'string' ? value.source : '',
      cwd: 'cwd' in value && typeof value.cwd === 'string' ? value.cwd : firstFolder(value),
    };
  } catch {
    // Whatever it was, a session is beginning.
    return {source: '', cwd: undefined};
  }
}
