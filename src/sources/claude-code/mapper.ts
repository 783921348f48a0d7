import type {EpochMs, JsonValue} from '../../domain/event/event.js';
import {THINKING} from '../../domain/event/thinking.js';
import {instant} from '../../domain/time/instant.js';
import {asKept, asList, asObject, asText, type Fields, hashId, holdsNumber, toKeep} from '../reading/fields.js';
import type {LineMapper} from '../reading/lines.js';
import type {SourceEvent} from '../source.js';
import {IMAGE, textOfContent} from './content.js';
import {eventIn, type Frame, frameOf} from './frame.js';
import {HeldMessage} from './held-message.js';
import {SessionFolder} from './subagents.js';
import {callsFrom, inputOf, ToolCalls} from './tool-calls.js';
import {resultEvents} from './tool-results.js';
import {wordsOf} from './user-words.js';

/** How many messages of subagents in the file itself are remembered, by their hashes: their results come soon after. */
const REMEMBERED = 64;
/** Most lines of a file are of these types: their types stand at the front, behind plain members. */
const SKIPPED = /^\{[^{]*?"type":"(?:file-history-snapshot|queue-operation|progress"(?=[^{]*"data":\{"type":"))/;

/** Makes events of the lines of a transcript, of a session or a subagent. */
export class TranscriptMapper implements LineMapper {
  readonly #folder: SessionFolder;
  readonly #calls: ToolCalls;
  readonly #held = new HeldMessage();
  #sidechainTexts: readonly string[];
  #lastTime: EpochMs | undefined;
  #state: JsonValue | undefined;
  /** Undefined where an earlier line is held back, too. */
  #stateBefore: JsonValue | undefined;

  constructor(path: string, state: JsonValue | undefined) {
    this.#folder = new SessionFolder(path);
    const kept = asObject(state);
    this.#calls = new ToolCalls(callsFrom(asKept(kept?.['calls'])));
    this.#sidechainTexts = asList(kept?.['sidechainTexts']).map(String);
    this.#lastTime = typeof kept?.['lastTime'] === 'number' ? instant(kept['lastTime']) : undefined;
  }

  skips(head: string): boolean {
    return SKIPPED.test(head);
  }

  hasInput(record: Fields): boolean {
    const said = record['type'] === 'progress' ? asObject(asObject(record['data'])?.['message']) : record;
    // A record without an id of its own is known by its JSON, which must stay as it was.
    if (said?.['type'] !== 'assistant' || asText(said['uuid']) === undefined) return false;
    return asList(asObject(said['message'])?.['content']).some((block) => holdsNumber(asObject(block)?.['input']));
  }

  take(record: Fields, line: number): readonly SourceEvent[] {
    this.#stateBefore = undefined;
    switch (record['type']) {
      case 'assistant':
        return this.#assistant(record, line);
      case 'user':
        return [...this.#held.release(), ...this.#user(record, line)];
      case 'attachment':
        return [...this.#held.release(), ...this.#attachment(record, line)];
      case 'system':
        return this.#held.release();
      case 'progress':
        return this.#progress(record, line);
      default:
        return [];
    }
  }

  finish(): readonly SourceEvent[] {
    this.#state = undefined;
    return [...this.#held.release(), ...this.#calls.interruptAll()];
  }

  state(): JsonValue | undefined {
    if (!this.#held.isEmpty) return undefined;
    this.#state ??= this.#kept();
    return this.#state;
  }

  stateBefore(): JsonValue | undefined {
    return this.#stateBefore;
  }

  #kept(): JsonValue {
    return {calls: toKeep(this.#calls.all), sidechainTexts: this.#sidechainTexts, lastTime: this.#lastTime ?? null};
  }

  #frame(record: Fields, message: Fields | undefined, line: number): Frame {
    const frame = frameOf(record, message, line, {sessionId: this.#folder.sessionId, before: this.#lastTime});
    this.#lastTime = frame.time;
    this.#state = undefined;
    return frame;
  }

  #assistant(record: Fields, line: number): readonly SourceEvent[] {
    const message = asObject(record['message']);
    const before = this.#kept();
    const frame = this.#frame(record, message, line);
    const events = [...this.#held.releaseUnless(asText(message?.['id']) ?? frame.uuid)];
    if (this.#held.isEmpty) this.#stateBefore = before;
    if (message?.['model'] === '<synthetic>' || record['isApiErrorMessage'] === true) return [...events, ...failure(frame, message)];
    const content = message?.['content'];
    const blocks = typeof content === 'string' ? [{type: 'text', text: content}] : asList(content);
    for (const [place, value] of blocks.entries()) {
      const block = asObject(value) ?? {};
      const text = nonBlank(block['type'] === 'text' ? block['text'] : block['type'] === 'thinking' ? block['thinking'] : undefined);
      // Of narration, only a summary that the agent's server wrote is left, as a block of thinking.
      if (text !== undefined && block['type'] === 'thinking' && !isNarration(block)) this.#thought(frame, text, place);
      else if (text !== undefined) this.#said(frame, text, place);
      else if (block['type'] === 'tool_use' || block['type'] === 'server_tool_use') events.push(...this.#call(frame, block, place));
      else if (String(block['type']).endsWith('tool_result')) events.push(...this.#result(frame, block, place, undefined));
    }
    return events;
  }

  #said(frame: Frame, text: string, place: number): void {
    const eventId = `${frame.uuid}#${place}`;
    this.#held.hold(eventIn(frame, {type: 'assistant_message', role: 'assistant', text, eventId, block: place}));
    if (frame.agentId === undefined) return;
    this.#sidechainTexts = [...this.#sidechainTexts.slice(1 - REMEMBERED), hashId(text.trim())];
  }

  #thought(frame: Frame, text: string, place: number): void {
    const eventId = `${frame.uuid}#${place}`;
    this.#held.hold(eventIn(frame, {type: 'assistant_message', role: 'assistant', text, eventId, block: place, metadata: THINKING}));
  }

  #call(frame: Frame, block: Fields, place: number): readonly SourceEvent[] {
    const name = asText(block['name']) ?? '';
    const plan = name === 'ExitPlanMode' ? asText(asObject(block['input'])?.['plan']) : undefined;
    if (plan !== undefined) this.#said(frame, plan, place);
    const call = {
      id: asText(block['id']) ?? `${frame.uuid}#${place}`,
      name,
      input: inputOf(name, block['input']),
      frame,
      block: place,
      isGiven: false,
    };
    return this.#calls.open(plan === undefined ? call : {...call, plan: hashId(plan)});
  }

  #result(frame: Frame, block: Fields, place: number, result: Fields | undefined): readonly SourceEvent[] {
    return resultEvents({
      frame,
      block,
      place,
      result,
      call: this.#calls.close(asText(block['tool_use_id']) ?? ''),
      folder: this.#folder,
      hasSubagentSaid: (text) => this.#sidechainTexts.includes(hashId(text.trim())),
    });
  }

  #user(record: Fields, line: number): readonly SourceEvent[] {
    const message = asObject(record['message']);
    const frame = this.#frame(record, message, line);
    const content = message?.['content'];
    const blocks = typeof content === 'string' ? [{type: 'text', text: content}] : asList(content);
    const types = blocks.map((block) => asObject(block)?.['type']);
    const hasResult = types.includes('tool_result');
    const images = types.filter((type) => type === 'image').length;
    // The lines of a turn carry its prompt's id; on one with a result it is that of an earlier line.
    let promptId = hasResult ? undefined : asText(record['promptId']);
    const events: SourceEvent[] = [];
    for (const [place, value] of blocks.entries()) {
      const block = asObject(value) ?? {};
      if (block['type'] === 'tool_result') events.push(...this.#result(frame, block, place, asObject(record['toolUseResult'])));
      const text = block['type'] === 'text' ? asText(block['text']) : undefined;
      if (text === undefined) continue;
      const said = wordEvent(frame, record, text, promptId ?? blockId(frame, place), place, images);
      if (said === undefined) continue;
      events.push(said);
      if (said.role === 'user') promptId = undefined;
    }
    if (images > 0 && events.length === 0 && record['isMeta'] !== true) {
      const said = wordEvent(frame, record, IMAGE, promptId ?? frame.uuid, 0, images);
      if (said !== undefined) events.push(said);
    }
    return events;
  }

  /** What was typed while the agent worked. */
  #attachment(record: Fields, line: number): readonly SourceEvent[] {
    const attachment = asObject(record['attachment']);
    if (attachment?.['type'] !== 'queued_command') return [];
    const frame = this.#frame(record, undefined, line);
    const text = textOfContent(attachment['prompt']);
    const mode = attachment['commandMode'];
    const isOfMachine = mode !== undefined && mode !== 'prompt' && mode !== 'bash';
    const eventId = asText(attachment['source_uuid']) ?? hashId(frame.time, text);
    const said = wordEvent(frame, isOfMachine ? {...record, promptSource: 'system'} : record, text, eventId, 0, 0);
    return said === undefined ? [] : [{...said, metadata: {...said.metadata, queued: true}}];
  }

  /** A subagent's work, told in the file of its session: taken where its own file is gone. */
  #progress(record: Fields, line: number): readonly SourceEvent[] {
    const progress = asObject(record['data']);
    const nested = asObject(progress?.['message']);
    const agentId = asText(progress?.['agentId']);
    if (progress?.['type'] !== 'agent_progress' || nested === undefined || agentId === undefined) return [];
    const sessionId = asText(record['sessionId']) ?? this.#folder.sessionId;
    if (this.#folder.hasSubagent(sessionId, agentId)) return [];
    const {cwd, gitBranch, version} = record;
    const ofAgent = {...nested, sessionId, cwd, gitBranch, version, agentId, isSidechain: true};
    return nested['type'] === 'user' ? [...this.#held.release(), ...this.#user(ofAgent, line)] : this.#assistant(ofAgent, line);
  }
}

const blockId = ({uuid}: Frame, place: number): string => (place === 0 ? uuid : `${uuid}#${place}`);

function wordEvent(frame: Frame, record: Fields, given: string, eventId: string, block: number, images: number): SourceEvent | undefined {
  const source = record['promptSource'];
  const origin = asText(asObject(record['origin'])?.['kind']);
  const words = wordsOf(given, {
    isMeta: record['isMeta'] === true,
    isCompactSummary: record['isCompactSummary'] === true,
    isOfMachine: source === 'system' || record['planContent'] !== undefined || (origin !== undefined && origin !== 'human'),
  });
  if (words.kind === 'nothing') return undefined;
  const {text} = words;
  const metadata = images > 0 ? {images} : {};
  if (words.kind === 'summary') return eventIn(frame, {type: 'summary', role: 'system', text, eventId, block});
  if (words.kind === 'interrupt') {
    return eventIn(frame, {type: 'assistant_stop', role: 'system', text, eventId, block, metadata: {interrupted: true}});
  }
  // A subagent is spoken to by the agent, unless the user typed it.
  if (frame.agentId !== undefined && source !== 'typed') {
    const type = frame.parentId === undefined ? 'subagent_start' : 'user_message';
    return eventIn(frame, {type, role: 'system', text, eventId, block, metadata});
  }
  return eventIn(frame, {type: 'user_message', role: words.kind, text, eventId, block, metadata});
}

function nonBlank(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

function isNarration(block: Fields): boolean {
  if (block['block_kind'] === 'narration') return true;
  return typeof block['signature'] === 'string' && Buffer.from(block['signature'], 'base64').includes('narration');
}

/** What the agent's program says in the agent's place: that the model could not be had. */
function failure(frame: Frame, message: Fields | undefined): readonly SourceEvent[] {
  const text = textOfContent(message?.['content']);
  if (text === '' || text === 'No response requested.') return [];
  return [eventIn(frame, {type: 'assistant_stop', role: 'system', text, eventId: `${frame.uuid}#0`, metadata: {is_error: true}})];
}
