import {createScanner, type Node, type ParseError, type ParseErrorCode, parseTree, printParseErrorCode} from 'jsonc-parser';
import {MemError} from '../../errors.js';

/** Of jsonc-parser, whose enumerations exist for its types alone. */
const KIND = {comma: 5, lineBreak: 14, blank: 15, end: 17} as const;
const CODE = {closeBrace: 7, closeBracket: 8} as const;

/** An object or a list of a text. */
export type Container = Node;

/** @param path for the message @throws MemError CONFIG_INVALID naming line and column, for what is not JSON with comments, or no object */
export function parseObject(text: string, path: string): Container {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, {allowTrailingComma: true});
  const [first] = errors;
  if (first !== undefined) throw invalid(path, text, first.offset, reasonOf(first.error));
  if (root?.type !== 'object') throw invalid(path, text, root?.offset ?? 0, 'an object should stand here');
  return root;
}

/** @param offset where the text is wrong */
export function invalid(path: string, text: string, offset: number, reason: string): MemError {
  const before = text.slice(0, offset).split('\n');
  const place = `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
  return new MemError('CONFIG_INVALID', `${path} is invalid in ${place}: ${reason}`, {
    hint: 'fix it in an editor, then run the command again; nothing was changed',
  });
}

/** `CommaExpected` becomes `comma expected`. */
function reasonOf(code: ParseErrorCode): string {
  const number: number = code;
  if (number === CODE.closeBrace) return '"}" is missing';
  if (number === CODE.closeBracket) return '"]" is missing';
  return printParseErrorCode(code)
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
}

/** The value of a member, and the whole member with its name. */
export interface Member {
  readonly value: Node;
  readonly whole: Node;
}

/** Of members with the same name the last counts, as everywhere. */
export function memberOf(object: Node, name: string): Member | undefined {
  const whole = object.children?.findLast(({children}) => children?.[0]?.value === name);
  const value = whole?.children?.[1];
  return whole === undefined || value === undefined ? undefined : {value, whole};
}

export function isEmpty(container: Node): boolean {
  return (container.children?.length ?? 0) === 0;
}

export function endOf({offset, length}: Node): number {
  return offset + length;
}

/** Where the first comma lies in a stretch of white space and comments, and where the comments end that belong to its line. */
export function findComma(text: string, from: number, to: number): {readonly comma: number | undefined; readonly lineEnd: number} {
  const scanner = createScanner(text.slice(from, to));
  let comma: number | undefined;
  let lineEnd = from;
  let isSameLine = true;
  for (let kind: number = scanner.scan(); kind !== KIND.end; kind = scanner.scan()) {
    const end = from + scanner.getTokenOffset() + scanner.getTokenLength();
    if (kind === KIND.comma && comma === undefined) {
      comma = end - 1;
      lineEnd = end;
      isSameLine = true;
    } else if (kind === KIND.lineBreak) isSameLine = false;
    else if (kind !== KIND.blank && isSameLine) lineEnd = end;
  }
  return {comma, lineEnd};
}
