import {planHeading} from '../../domain/facts/plans.js';
import {isObject} from '../../domain/facts/tool-use.js';
import {asList, asObject, asText, type Fields, hashId} from '../reading/fields.js';
import type {SourceEvent} from '../source.js';
import {answersOf, refusalOf} from './answers.js';
import {textOfBlock, textOfContent} from './content.js';
import {eventIn, type Frame} from './frame.js';
import {wholeResult} from './long-results.js';
import type {SessionFolder} from './subagents.js';
import {resultFacts, type ToolCall} from './tool-calls.js';

/** What the agent adds to a subagent's last message, for itself. */
const RESUME_HINT = /^(agentId: |<usage>)/;
const APPROVED_PLAN = /\n*## Approved Plan[^\n]*:\n/;

export interface ToolResult {
  readonly frame: Frame;
  /** The block of the type `tool_result`. */
  readonly block: Fields;
  readonly place: number;
  /** What the line says of the result beside its content. */
  readonly result: Fields | undefined;
  readonly call: ToolCall | undefined;
  readonly folder: SessionFolder;
  /** Whether the file itself has this text as a subagent's message. */
  hasSubagentSaid(text: string): boolean;
}

/** One event for the use of the tool; what the user said to it as the user's own words. */
export function resultEvents(given: ToolResult): readonly SourceEvent[] {
  const {frame, block, place, result, call, folder} = given;
  const id = asText(block['tool_use_id']) ?? `${frame.uuid}#${place}`;
  const name = call?.name ?? '';
  const isError = block['is_error'] === true;
  const userSaid = (text: string, eventId: string) =>
    eventIn(frame, {type: 'user_message', role: 'user', text, eventId, block: place, metadata: {tool_name: name}});

  const answers = isError ? '' : answersOf(result);
  if (answers !== '') return [userSaid(answers, id)];

  const content = textOfContent(block['content']);
  const refusal = isError ? refusalOf(content) : undefined;
  const events: SourceEvent[] = [];
  if (refusal !== undefined && refusal.said !== '') events.push(userSaid(refusal.said, `${id}#said`));
  const plan = name === 'ExitPlanMode' && !isError ? asText(result?.['plan']) : undefined;
  if (plan !== undefined && hashId(plan) !== call?.plan) {
    events.push(eventIn(frame, {type: 'assistant_message', role: 'assistant', text: plan, eventId: `${id}#plan`, block: place}));
  }
  const metadata = {
    tool_name: name,
    tool_input: plan === undefined ? call?.input : {...(isObject(call?.input) ? call.input : {}), plan: planHeading(plan)},
    ...resultFacts(content, isError, result),
    refused: refusal === undefined ? undefined : true,
  };
  const text = refusal?.notice ?? wholeResult(textOf(given, name, content), result, folder.resultsOf(frame.sessionId));
  events.push(eventIn(frame, {type: 'tool_result', role: 'tool', text, eventId: id, block: place, metadata}));
  return events;
}

function textOf(given: ToolResult, name: string, content: string): string {
  if (name === 'ExitPlanMode') return content.split(APPROVED_PLAN)[0] ?? content;
  const agentId = asText(given.result?.['agentId']);
  return name === 'Task' || name === 'Agent' || agentId !== undefined ? withoutLastMessage(given, agentId) : content;
}

/** A subagent's last message is its own event; here it stands only where its file is gone. */
function withoutLastMessage({frame, block, folder, hasSubagentSaid}: ToolResult, agentId: string | undefined): string {
  const content = block['content'];
  const texts = typeof content === 'string' ? [content] : asList(content).map((part) => textOfBlock(asObject(part)));
  return texts
    .filter((text) => text !== '' && !RESUME_HINT.test(text))
    .filter((text) => !hasSubagentSaid(text) && !(agentId !== undefined && folder.hasSaid(frame.sessionId, agentId, text)))
    .join('\n');
}
