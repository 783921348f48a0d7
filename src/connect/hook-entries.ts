import type {Node} from 'jsonc-parser';
import {innerOf, insertLast, remove, removeMember, replaceInner, replaceNode} from './json/json-edit.js';
import {styleOf} from './json/json-style.js';
import {invalid, isEmpty, memberOf, parseObject} from './json/json-tree.js';
import {runs} from './script-names.js';

/** An object or list that is to go, or to be as it was, once nothing of ours is in it: what stood between its brackets; null where it was not there. */
export type Before = Readonly<Record<string, string | null>>;

export interface Wired {
  readonly text: string;
  readonly before: Before;
}

const HOOKS = 'hooks';

/** A hook that is to run a command of ours. */
export interface HookWish {
  readonly event: string;
  readonly command: string;
  /** What is put into the hook's list, with the command somewhere in it. */
  readonly entry: unknown;
}

/**
 * Has a script of mem run for some hooks of an agent: one entry each, behind those of others. Entries of ours are known by the script,
 * wherever it lies: a former place becomes the present one, a second entry goes, and so does one for a hook that is not wanted.
 * @param script its name @param before what an earlier call gave
 * @throws MemError CONFIG_INVALID for a text that is not JSON, or where hooks are something else
 */
export function wire(given: string, path: string, script: string, wishes: readonly HookWish[], before: Before = {}): Wired {
  let text = given;
  const known: Record<string, string | null> = {...before};
  for (const wish of wishes) {
    const [first] = ownOf(text, path, script, wish.event);
    if (first === undefined) text = insert(text, path, wish, known);
    else if (first.command.value !== wish.command) text = replaceNode(text, first.command, JSON.stringify(wish.command));
  }
  for (const event of eventsOf(text, path)) {
    text = removeOwn(text, path, script, event, wishes.some((wish) => wish.event === event) ? 1 : 0, known);
  }
  return {text, before: known};
}

/** Takes all entries of ours out: what `wire` did, backwards. @throws MemError CONFIG_INVALID as `wire` */
export function unwire(given: string, path: string, script: string, before: Before): string {
  return wire(given, path, script, [], before).text;
}

/** The commands of our entries, by hook. */
export function wiredCommands(text: string, path: string, script: string): ReadonlyMap<string, string> {
  return new Map(
    eventsOf(text, path).flatMap((event) => ownOf(text, path, script, event).map(({command}) => [event, String(command.value)])),
  );
}

function insert(text: string, path: string, {event, entry}: HookWish, known: Record<string, string | null>): string {
  const style = styleOf(text);
  const root = parseObject(text, path);
  const hooks = memberOf(root, HOOKS)?.value;
  if (hooks === undefined) {
    known[''] ??= isEmpty(root) ? innerOf(text, root) : null;
    known[HOOKS] ??= null;
    return insertLast(text, root, {name: HOOKS, value: {[event]: [entry]}}, style);
  }
  const list = memberOf(hooks, event)?.value;
  if (list === undefined) {
    if (isEmpty(hooks)) known[HOOKS] ??= innerOf(text, hooks);
    return insertLast(text, hooks, {name: event, value: [entry]}, style);
  }
  if (isEmpty(list)) known[`${HOOKS}.${event}`] ??= innerOf(text, list);
  return insertLast(text, list, {value: entry}, style);
}

interface OwnEntry {
  /** Its place among the groups, and that within its group. */
  readonly group: number;
  readonly handler: number;
  readonly command: Node;
  /** Nothing else is in its group. */
  readonly isAlone: boolean;
}

function ownOf(text: string, path: string, script: string, event: string): readonly OwnEntry[] {
  const list = listOf(text, path, event);
  return (list?.children ?? []).flatMap((group, at) => {
    const handlers = handlersOf(group);
    return handlers.flatMap((handler, place): OwnEntry[] => {
      const command = commandOf(handler);
      if (command === undefined || !runs(String(command.value), script)) return [];
      return [{group: at, handler: place, command, isAlone: handlers.length === 1}];
    });
  });
}

/** Most agents have groups of handlers in the list of a hook, Cursor and Copilot CLI the handlers themselves. */
function handlersOf(group: Node): readonly Node[] {
  if (group.type !== 'object') return [];
  return memberOf(group, HOOKS)?.value.children ?? [group];
}

function commandOf(handler: Node): Node | undefined {
  if (handler.type !== 'object') return undefined;
  const command = memberOf(handler, 'command') ?? memberOf(handler, 'bash');
  return typeof command?.value.value === 'string' ? command.value : undefined;
}

/** @param kept how many of the first stay */
function removeOwn(given: string, path: string, script: string, event: string, kept: number, known: Record<string, string | null>): string {
  let text = given;
  const next = () => ownOf(text, path, script, event)[kept];
  for (let entry = next(); entry !== undefined; entry = next()) {
    const list = listOf(text, path, event);
    const group = list?.children?.[entry.group];
    if (list === undefined || group === undefined) return text;
    const handlers = memberOf(group, HOOKS)?.value;
    if (!entry.isAlone && handlers !== undefined) text = remove(text, handlers, entry.handler);
    else if (list.children?.length === 1) text = emptied(remove(text, list, entry.group), path, event, known);
    else text = remove(text, list, entry.group);
  }
  return text;
}

/** What held nothing but an entry of ours is as it was before it. @param text without the entry */
function emptied(text: string, path: string, event: string, known: Record<string, string | null>): string {
  const list = listOf(text, path, event);
  if (list === undefined) return text;
  const inner = known[`${HOOKS}.${event}`];
  if (innerOf(text, list).trim() !== '') return text;
  if (typeof inner === 'string') return replaceInner(text, list, inner);
  const without = removeMember(text, hooksOf(text, path), event);
  const hooks = hooksOf(without, path);
  if (hooks === undefined || !isEmpty(hooks) || innerOf(without, hooks).trim() !== '') return without;
  const hooksInner = known[HOOKS];
  if (typeof hooksInner === 'string') return replaceInner(without, hooks, hooksInner);
  const bare = removeMember(without, parseObject(without, path), HOOKS);
  const root = parseObject(bare, path);
  const rootInner = known[''];
  return isEmpty(root) && innerOf(bare, root).trim() === '' && typeof rootInner === 'string' ? replaceInner(bare, root, rootInner) : bare;
}

function hooksOf(text: string, path: string): Node | undefined {
  const hooks = memberOf(parseObject(text, path), HOOKS)?.value;
  if (hooks !== undefined && hooks.type !== 'object') throw invalid(path, text, hooks.offset, '"hooks" should be an object');
  return hooks;
}

function eventsOf(text: string, path: string): readonly string[] {
  return (hooksOf(text, path)?.children ?? []).map(({children}) => String(children?.[0]?.value));
}

function listOf(text: string, path: string, event: string): Node | undefined {
  const hooks = hooksOf(text, path);
  const list = hooks === undefined ? undefined : memberOf(hooks, event)?.value;
  if (list !== undefined && list.type !== 'array') throw invalid(path, text, list.offset, `"${event}" should be a list`);
  return list;
}
