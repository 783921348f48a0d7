import type {AgentEvent, JsonObject, JsonValue} from '../event/event.js';
import {ExactNumber} from '../event/json/exact-number.js';
import {type ShellCommand, shellCommands} from './shell-words.js';

/** A line of a tool's answer that is longer than this tells no fact. */
const LONGEST_LINE = 400;
/** A fact's text, in characters: a subject, a heading, a path. */
const FACT_TEXT = 200;
/** Colours of a terminal. */
const COLOURS = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*[A-Za-z]`, 'g');

/** What a tool was given and what came of it, whichever agent used it. */
export interface ToolUse {
  /** In lower case, letters and digits alone, without the server that offers it: `mcp__files__Write_File` is `writefile`; empty if not known. */
  readonly name: string;
  readonly input: JsonObject;
  /** `input` where it is a text and not an object. */
  readonly inputText: string;
  readonly answer: string;
  /** It ended with an error, was refused or interrupted. */
  readonly hasFailed: boolean;
  /** Nobody noted how it ended: the transcript ends with it, or the user ended it before it said anything. */
  readonly isUnanswered: boolean;
  /** The script that a shell was given; undefined where the tool is no shell. Empty where it may have been one, but nobody noted what it was given. */
  readonly script: string | undefined;
}

export function toolUseOf({type, text, metadata}: AgentEvent): ToolUse | undefined {
  if (type !== 'tool_result') return undefined;
  const {tool_name: given, tool_input: value, is_error: isError, refused, interrupted, exit_code: code} = metadata;
  const name = typeof given === 'string' ? nameOf(given) : '';
  const input = isObject(value) ? value : {};
  const inputText = typeof value === 'string' ? value : textIn(input, 'input');
  const hasFailed = isError === true || refused === true || interrupted === true || (typeof code === 'number' && code !== 0);
  const isUnanswered = interrupted === true && text === '';
  return {name, input, inputText, answer: text, hasFailed, isUnanswered, script: value === undefined && name === '' ? '' : scriptIn(input)};
}

function nameOf(given: string): string {
  return given
    .slice(given.lastIndexOf('__') < 0 ? 0 : given.lastIndexOf('__') + 2)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
}

/** A shell's script: a text, or the words of one command. */
function scriptIn(input: JsonObject): string | undefined {
  const command = input['command'] ?? input['cmd'] ?? input['script'];
  if (typeof command === 'string') return command;
  if (!Array.isArray(command)) return undefined;
  return command.map((word) => (typeof word === 'string' ? `'${word.replaceAll("'", "'\\''")}'` : '')).join(' ');
}

/** The simple commands that a shell ran, without what stands before a program's name: `FOO=1 sudo git …` is `git …`. */
export function commandsOf(script: string): readonly ShellCommand[] {
  return shellCommands(script).map(({words, stdin}) => {
    const first = words.findIndex((word) => !/^(?:\w+=.*|sudo|time|command|env|exec|then|do|else|!|\{)$/s.test(word));
    return {words: first < 0 ? [] : words.slice(first), stdin};
  });
}

/** A member that is a text, by the first of its names that is there; otherwise empty. */
export function textIn(input: JsonObject, ...names: readonly string[]): string {
  for (const name of names) {
    const value = input[name];
    if (typeof value === 'string' && value !== '') return value;
  }
  return '';
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber);
}

export function objectsIn(value: JsonValue | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** A text's lines without colours; none that is too long to tell a fact. One pass, whatever the text. */
export function* linesOf(text: string): Generator<string> {
  for (let start = 0; start <= text.length; ) {
    const found = text.indexOf('\n', start);
    const end = found < 0 ? text.length : found;
    if (end - start > 0 && end - start <= LONGEST_LINE) yield text.slice(start, end).replace(COLOURS, '').trimEnd();
    start = end + 1;
  }
}

/** A fact's text on one line. */
export function factText(text: string): string {
  const line = text
    .slice(0, 4 * FACT_TEXT)
    .replace(/\s+/g, ' ')
    .trim();
  const points = [...line];
  return points.length <= FACT_TEXT ? line : `${points.slice(0, FACT_TEXT - 1).join('')}…`;
}

/** The first line that says something. */
export function firstLine(text: string): string {
  return factText(/\S[^\n]*/.exec(text.slice(0, 10_000))?.[0] ?? '');
}
