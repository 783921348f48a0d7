import type {JsonObject, JsonValue} from '../../domain/event/event.js';
import {asList, asObject, asText, type Fields, parseKept} from '../reading/fields.js';
import {boundInput} from '../reading/open-calls.js';

/** The texts of a message's content, one for each part. */
export function textsOf(content: unknown): readonly string[] {
  if (typeof content === 'string') return content === '' ? [] : [content];
  return asList(content).flatMap((part) => asText(asObject(part)?.['text']) ?? []);
}

export function imagesIn(content: unknown): number {
  return asList(content).filter((part) => String(asObject(part)?.['type']).endsWith('image')).length;
}

/** What a tool was given: a text of JSON, a text of its own, or an action. */
export function inputOf(payload: Fields): JsonValue | undefined {
  const given = payload['arguments'] ?? payload['input'] ?? payload['action'];
  return boundInput(typeof given === 'string' ? (parsed(given) ?? {input: given}) : given, new Set());
}

export interface ToolOutput {
  readonly text: string;
  /** `exit_code`, `is_error`. */
  readonly facts: JsonObject;
}

const EXIT_CODE = /^(?:Exit code: |failed in sandbox [^\n]{0,200}?exit code: |[\s\S]{0,400}?Process exited with code )(\d+)/;

/** What a tool gave: a text, JSON in a text, a list of parts, or an object. */
export function outputOf(given: unknown): ToolOutput {
  const output = typeof given === 'string' && given.startsWith('{"output":') ? (parsed(given) ?? given) : given;
  const object = asObject(output);
  const inner = object?.['output'] ?? object?.['content'] ?? output;
  const text = textsOf(inner).join('\n') || (object === undefined || typeof inner === 'string' ? '' : JSON.stringify(inner));
  const code = asObject(object?.['metadata'])?.['exit_code'] ?? EXIT_CODE.exec(text)?.[1];
  const exitCode = code === undefined || code === null ? undefined : Number(code);
  const isError = object?.['success'] === false || (exitCode !== undefined && exitCode !== 0);
  return {text, facts: {...(exitCode === undefined ? {} : {exit_code: exitCode}), ...(isError ? {is_error: true} : {})}};
}

/** The user's answers to questions of the agent, as "Q: … A: …"; empty where there are none. */
export function answersOf(input: JsonValue | undefined, output: string): string {
  const answers = asObject(asObject(parsed(output))?.['answers']);
  const questions = asList(asObject(input)?.['questions']).map(asObject);
  const pairs = Object.entries(answers ?? {}).flatMap(([id, value]) => {
    const given = asObject(value)?.['answers'] ?? value;
    const said = (Array.isArray(given) ? given : [given]).filter((answer) => typeof answer === 'string' && answer !== '');
    const question = asText(questions.find((asked) => asked?.['id'] === id)?.['question']) ?? id;
    return said.length === 0 ? [] : [`Q: ${question}\nA: ${said.join('\n')}`];
  });
  return pairs.join('\n\n');
}

function parsed(json: string): Fields | undefined {
  try {
    return asObject(parseKept(json));
  } catch {
    return undefined;
  }
}
