import {dirname} from 'node:path';
import {shellWord} from '../system/shell-word.js';
import {EMPTY, RECALL_PLACES, SERVER_PLACES, VERSIONED} from './agent-extras.js';
import type {ExtraName} from './connector.js';
import {type Before, type HookWish, unwire, type Wired, wire, wiredCommands} from './hook-entries.js';
import type {AgentPlaces, HookedAgent} from './hooked-agents.js';
import {runs, SHIM_NAME, STARTER_NAME} from './script-names.js';
import {putServer, type ServerOwner, serverCommand, serverOwner, takeServer} from './server-entry.js';
import {putTable, tableCommand, tableOwner, takeTable} from './toml/server-table.js';
import type {WiredPart} from './wiring-book.js';

/** One thing of mem in one file of an agent: how it comes in, and how it goes again. */
export interface SettingsEdit {
  readonly part: WiredPart;
  readonly path: string;
  /** A folder that is there when the agent is. */
  readonly folder: string;
  /** What a missing or an empty file is to hold. */
  readonly blank: string;
  /** The name of mem's script that it runs: a text without it has nothing of mem, whatever else is wrong with it. */
  readonly script: string;
  /** @throws MemError CONFIG_INVALID, as all of it */
  put(text: string, before: Before | undefined): Wired;
  take(text: string, before: Before): string;
  /** Whose entry is there. */
  owner(text: string): ServerOwner;
}

/** The scripts in mem's home. */
export interface OwnScripts {
  readonly shim: string;
  readonly starter: string;
}

export function hooksEdit({name, settings, events}: HookedAgent, places: AgentPlaces, {shim}: OwnScripts): SettingsEdit {
  const path = settings(places);
  const command = `${shellWord(shim)} ${name}`;
  const entry = {hooks: [{type: 'command', command, timeout: 10}]};
  const wishes = events.map((event) => ({event, command, entry}));
  return {part: 'hooks', path, folder: dirname(path), blank: EMPTY, ...hookWork(path, SHIM_NAME, wishes)};
}

/** Undefined for an agent that has no such hook. */
export function recallEdit(agent: string, places: AgentPlaces, {starter}: OwnScripts): SettingsEdit | undefined {
  const place = RECALL_PLACES[agent];
  if (place === undefined) return undefined;
  const path = place.path(places);
  const wish = place.wish(`${shellWord(starter)} recall --hook --for ${agent}`);
  return {part: 'recall', path, folder: place.folder(places), blank: place.blank, ...hookWork(path, STARTER_NAME, [wish])};
}

function hookWork(path: string, script: string, wishes: readonly HookWish[]): Pick<SettingsEdit, 'script' | 'put' | 'take' | 'owner'> {
  return {
    script,
    put: (text, before) => wire(text, path, script, wishes, before),
    take: (text, before) => unwire(text, path, script, before),
    owner: (text) => (wiredCommands(text, path, script).size > 0 ? 'mem' : 'nobody'),
  };
}

/** Undefined for an agent that takes no servers from a file that mem can write. */
export function serverEdit(agent: string, places: AgentPlaces, {starter}: OwnScripts): SettingsEdit | undefined {
  const place = SERVER_PLACES[agent];
  if (place === undefined) return undefined;
  const path = place.path(places);
  const common = {part: 'mcp', path, folder: place.folder(places), script: STARTER_NAME} as const;
  if (path.endsWith('.toml')) {
    return {
      ...common,
      blank: '',
      put: (text, before = {}) => ({text: putTable(text, path, starter), before}),
      take: (text) => takeTable(text, path),
      owner: (text) => tableOwner(text, path),
    };
  }
  return {
    ...common,
    blank: EMPTY,
    put: (text, before) => putServer(text, path, place.keys(text, path), place.value(starter), before),
    take: (text, before) => takeServer(text, path, place.keys(text, path), before),
    owner: (text) => serverOwner(text, path, place.keys(text, path)),
  };
}

const SERVER_KEYS = [['mcpServers'], ['mcp', 'servers'], ['mcp']];

/** Takes out of any file whatever mem may have put there. @throws MemError CONFIG_INVALID for a text that holds it and is invalid */
export function takeAll(given: string, path: string, before: Before): string {
  if (!given.includes(SHIM_NAME) && !given.includes(STARTER_NAME)) return given;
  if (path.endsWith('.toml')) return takeTable(given, path);
  const withoutHooks = unwire(unwire(given, path, SHIM_NAME, before), path, STARTER_NAME, before);
  return SERVER_KEYS.reduce((text, keys) => takeServer(text, path, keys, before), withoutHooks);
}

/** The words by which an agent starts the server with mem's name, whoever wrote it; undefined where it starts none. */
export function serverWords(text: string, path: string): readonly string[] | undefined {
  if (path.endsWith('.toml')) return tableCommand(text, path);
  return SERVER_KEYS.map((keys) => serverCommand(text, path, keys)).find((words) => words !== undefined);
}

/** What an agent runs for an extra that mem put into its settings; undefined where it is not there. */
export function extraCommand(text: string, path: string, name: ExtraName): string | undefined {
  if (name === 'recall') return path.endsWith('.toml') ? undefined : [...wiredCommands(text, path, STARTER_NAME).values()][0];
  const words = serverWords(text, path);
  return words !== undefined && runs(words[0] ?? '', STARTER_NAME) ? words.map(shellWord).join(' ') : undefined;
}

/** Whether a text holds nothing that was not made for mem. */
export function isBare(text: string): boolean {
  return ['', EMPTY, VERSIONED].some((blank) => text.trim() === blank.trim());
}
