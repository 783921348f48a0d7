import {isDeepStrictEqual} from 'node:util';
import type {Node} from 'jsonc-parser';
import {getNodeValue} from 'jsonc-parser';
import type {Before, Wired} from './hook-entries.js';
import {innerOf, insertLast, removeMember, replaceInner, replaceNode} from './json/json-edit.js';
import {renderedOnOneLine, styleOf} from './json/json-style.js';
import {invalid, isEmpty, memberOf, parseObject} from './json/json-tree.js';
import {runs, STARTER_NAME} from './script-names.js';

/** The name of mem's server among those of an agent. */
export const SERVER_NAME = 'mem';

/** Whose server stands under the name of mem: nobody's, ours, or one that its user wrote. */
export type ServerOwner = 'nobody' | 'mem' | 'user';

/** @param keys of the object that holds the servers @throws MemError CONFIG_INVALID for a text that is not JSON */
export function serverOwner(text: string, path: string, keys: readonly string[]): ServerOwner {
  const server = serverAt(text, path, keys);
  if (server === undefined) return 'nobody';
  return isOwn(server) ? 'mem' : 'user';
}

/** The words that start the server, whoever wrote it; undefined where it starts nothing. */
export function serverCommand(text: string, path: string, keys: readonly string[]): readonly string[] | undefined {
  const server = serverAt(text, path, keys);
  const words = server === undefined ? [] : wordsOf(server);
  return words.length === 0 ? undefined : words;
}

/**
 * Puts mem's server behind those of others. One that is there already gets the command that it should have; what its user added to it stays.
 * @param before what an earlier call gave @throws MemError CONFIG_INVALID as `serverOwner`
 */
export function putServer(given: string, path: string, keys: readonly string[], value: object, before: Before = {}): Wired {
  const known: Record<string, string | null> = {...before};
  if (serverAt(given, path, keys) !== undefined) return {text: updated(given, path, keys, value), before: known};
  let container = parseObject(given, path);
  const style = styleOf(given);
  for (const [at, key] of keys.entries()) {
    const name = keys.slice(0, at).join('.');
    const next = memberOf(container, key)?.value;
    if (next === undefined) {
      known[name] ??= isEmpty(container) ? innerOf(given, container) : null;
      const inner = keys.slice(at + 1).reduceRight<object>((held, outer) => ({[outer]: held}), {[SERVER_NAME]: value});
      return {text: insertLast(given, container, {name: key, value: inner}, style), before: known};
    }
    if (next.type !== 'object') throw invalid(path, given, next.offset, `"${key}" should be an object`);
    container = next;
  }
  if (isEmpty(container)) known[keys.join('.')] ??= innerOf(given, container);
  return {text: insertLast(given, container, {name: SERVER_NAME, value}, style), before: known};
}

/** Takes mem's own server out, and what was made for it: what `putServer` did, backwards. @throws MemError CONFIG_INVALID as it does */
export function takeServer(given: string, path: string, keys: readonly string[], before: Before): string {
  if (serverOwner(given, path, keys) !== 'mem') return given;
  let text = removeMember(given, containerAt(given, path, keys), SERVER_NAME);
  for (let depth = keys.length; depth >= 0; depth--) {
    const container = containerAt(text, path, keys.slice(0, depth));
    if (container === undefined || !isEmpty(container) || innerOf(text, container).trim() !== '') return text;
    const inner = before[keys.slice(0, depth).join('.')];
    if (typeof inner === 'string') return replaceInner(text, container, inner);
    if (depth > 0) text = removeMember(text, containerAt(text, path, keys.slice(0, depth - 1)), keys[depth - 1] ?? '');
  }
  return text;
}

function updated(given: string, path: string, keys: readonly string[], value: object): string {
  let text = given;
  for (const [name, wanted] of Object.entries(value)) {
    const server = serverAt(text, path, keys);
    if (server === undefined) return text;
    const found = memberOf(server, name)?.value;
    const style = styleOf(text);
    if (found === undefined) text = insertLast(text, server, {name, value: wanted}, style);
    else if ((name === 'command' || name === 'args') && !isDeepStrictEqual(getNodeValue(found), wanted))
      text = replaceNode(text, found, renderedOnOneLine(wanted, style));
  }
  return text;
}

function containerAt(text: string, path: string, keys: readonly string[]): Node | undefined {
  let node: Node | undefined = parseObject(text, path);
  for (const key of keys) node = node?.type === 'object' ? memberOf(node, key)?.value : undefined;
  return node?.type === 'object' ? node : undefined;
}

function serverAt(text: string, path: string, keys: readonly string[]): Node | undefined {
  const container = containerAt(text, path, keys);
  return container === undefined ? undefined : memberOf(container, SERVER_NAME)?.value;
}

function isOwn(server: Node): boolean {
  return runs(wordsOf(server)[0] ?? '', STARTER_NAME);
}

function wordsOf(server: Node): readonly string[] {
  const {command, args = []}: {command?: unknown; args?: unknown} = server.type === 'object' ? getNodeValue(server) : {};
  return [command, args].flat().filter((word) => typeof word === 'string');
}
