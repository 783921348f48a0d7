import {RawServer} from '../../mcp/mcp-rig.js';
import {anEvent, type MemRig, type RunResult} from '../mem-rig.js';

interface ReadingCommand {
  readonly args: readonly string[];
  /** It says how many there are, and none of them. */
  readonly isWithoutNames?: boolean;
}

const MCP_CALLS: readonly (readonly [tool: string, args: Record<string, unknown>])[] = [
  ['mem_search', {query: 'idempotency key'}],
  ['mem_recall', {project: '*'}],
  ['mem_read', {id: '2026-03-03'}],
];

/** The fortnight names no file that was changed. */
export const AN_EDIT = anEvent({
  at: '2026-03-13T10:30:00Z',
  text: 'done',
  event_type: 'tool_result',
  project: 'tidewatch',
  metadata: {cwd: '/w/tidewatch', tool_name: 'Edit', tool_input: {file_path: '/w/tidewatch/docs/plan.md'}},
});

/** Commands that read, with words and dates of the fortnight, each by the form of its output that says most. */
export const READING_COMMANDS: readonly ReadingCommand[] = [
  {args: ['toc', 'show']},
  {args: ['toc', 'show', '2026-03-03', '--json']},
  {args: ['toc', 'list', '--json']},
  {args: ['toc', 'log', '2026-03-03', '--json']},
  {args: ['events', '--json']},
  {args: ['events', 'toc:day:2026-03-03']},
  {args: ['export']},
  {args: ['search', 'idempotency key', '--json']},
  {args: ['recall', 'harbour master', '--all-projects']},
  {args: ['resume', 'harbour', '--json']},
  {args: ['why', 'plan.md', '--all-projects', '--json']},
  {args: ['report', '2026-W10', '--html']},
  {args: ['stats', '2026', '--json']},
  {args: ['doctor', '--secrets', '--json'], isWithoutNames: true},
  {args: ['rollup', '--dry-run', '--json'], isWithoutNames: true},
  {args: ['forget', 'harbour', '--dry-run']},
  {args: ['mcp']},
];

/** These say where the memory is, too, or when something was done. */
export const COMMANDS_ON_THE_STATE: readonly ReadingCommand[] = [
  {args: ['status', '--json']},
  {args: ['doctor']},
  {args: ['check', '--full']},
  {args: ['schedule', 'status']},
];

/** Runs a command; of `mcp`, has its tools answer. */
export async function read(mem: MemRig, {args}: ReadingCommand): Promise<RunResult> {
  if (args[0] !== 'mcp') return mem.run(args);
  const server = new RawServer(mem);
  const answers: unknown[] = [];
  for (const [id, [name, given]] of MCP_CALLS.entries()) {
    server.ask(id, 'tools/call', {name, arguments: given});
    answers.push((await server.answer(id)).result);
  }
  server.child.stdin.end();
  return {status: await server.ended, stdout: JSON.stringify(answers), stderr: ''};
}

/** What differs by nature: when something was made, with which file of the inbox an event came in; and that there are other homes. */
export function plain(text: string): string {
  return text
    .replaceAll(/"(?:arrival|created_at|took_ms)": ?(?:"[^"]*"|[\d.]+)/g, '')
    .replaceAll(/^.*(?:the journals of other homes|backups of the database).*\n/gm, '');
}
