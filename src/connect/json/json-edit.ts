import {indentAt, isFirstInLine, type JsonStyle, rendered, renderedOnOneLine} from './json-style.js';
import {type Container, endOf, findComma, memberOf} from './json-tree.js';

/** A value to put at the end of an object (with a name) or of a list. */
export interface NewChild {
  readonly name?: string;
  readonly value: unknown;
}

/** Puts a value behind all others of an object or a list, laid out as they are. All else stays byte for byte. */
export function insertLast(text: string, container: Container, child: NewChild, style: JsonStyle): string {
  const last = container.children?.at(-1);
  const close = endOf(container) - 1;
  if (last === undefined) return insertOnly(text, container, child, style);
  const {comma, lineEnd} = findComma(text, endOf(last), close);
  const isOnOneLine = !isFirstInLine(text, last.offset);
  const indent = indentAt(text, last.offset);
  const gap = isOnOneLine ? style.space : `${style.eol}${indent}`;
  const added = isOnOneLine ? oneLine(child, style) : lines(child, indent, style);
  // Where the last one has a comma behind it, ours has one, too.
  if (comma !== undefined) return `${text.slice(0, lineEnd)}${gap}${added},${text.slice(lineEnd)}`;
  return `${text.slice(0, endOf(last))},${text.slice(endOf(last), lineEnd)}${gap}${added}${text.slice(lineEnd)}`;
}

function insertOnly(text: string, container: Container, child: NewChild, style: JsonStyle): string {
  const close = endOf(container) - 1;
  const inner = innerOf(text, container);
  // Comments may stand where values could: ours comes behind them.
  const from = inner.trim() === '' ? container.offset + 1 : container.offset + 1 + inner.trimEnd().length;
  if (style.isCompact) return `${text.slice(0, from)}${oneLine(child, style)}${text.slice(close)}`;
  const outerIndent = indentAt(text, container.offset);
  const indent = outerIndent + style.unit;
  const rest = inner.trim() === '' ? `${style.eol}${outerIndent}` : text.slice(from, close);
  return `${text.slice(0, from)}${style.eol}${indent}${lines(child, indent, style)}${rest}${text.slice(close)}`;
}

function lines({name, value}: NewChild, indent: string, style: JsonStyle): string {
  return `${name === undefined ? '' : `${JSON.stringify(name)}: `}${rendered(value, indent, style)}`;
}

function oneLine({name, value}: NewChild, style: JsonStyle): string {
  return `${name === undefined ? '' : `${JSON.stringify(name)}:${style.space}`}${renderedOnOneLine(value, style)}`;
}

/** What stands between the brackets. */
export function innerOf(text: string, container: Container): string {
  return text.slice(container.offset + 1, endOf(container) - 1);
}

export function replaceInner(text: string, container: Container, inner: string): string {
  return `${text.slice(0, container.offset + 1)}${inner}${text.slice(endOf(container) - 1)}`;
}

/** Takes a value out of an object or a list: what `insertLast` did, backwards, also where others were put around it since. */
export function remove(text: string, container: Container, at: number): string {
  const children = container.children ?? [];
  const [child, before, after] = [children[at], children[at - 1], children[at + 1]];
  if (child === undefined) return text;
  const {comma} = findComma(text, endOf(child), after?.offset ?? endOf(container) - 1);
  const start = child.offset - gapBefore(text, child.offset);
  if (comma !== undefined) return `${text.slice(0, start)}${text.slice(endOf(child), comma)}${text.slice(comma + 1)}`;
  const commaBefore = before === undefined ? undefined : findComma(text, endOf(before), child.offset).comma;
  if (commaBefore === undefined) return `${text.slice(0, start)}${text.slice(endOf(child))}`;
  return `${text.slice(0, commaBefore)}${text.slice(commaBefore + 1, start)}${text.slice(endOf(child))}`;
}

/** The same by name; a text where it does not exist stays. */
export function removeMember(text: string, object: Container | undefined, name: string): string {
  const member = object === undefined ? undefined : memberOf(object, name);
  const at = member === undefined ? -1 : (object?.children?.indexOf(member.whole) ?? -1);
  return object === undefined || at < 0 ? text : remove(text, object, at);
}

export function replaceNode(text: string, node: Container, by: string): string {
  return `${text.slice(0, node.offset)}${by}${text.slice(endOf(node))}`;
}

/** The white space that leads from what is before to a value: the end of a line and an indent, or a space. */
function gapBefore(text: string, offset: number): number {
  return /(?:\r?\n)?[ \t]*$/.exec(text.slice(Math.max(0, offset - 1024), offset))?.[0].length ?? 0;
}
