import {existsSync} from 'node:fs';
import {dirname} from 'node:path';
import {MemError} from '../errors.js';
import {RECALL_PLACES} from './agent-extras.js';
import type {Extra, ExtraName, FileChange, WantedExtras, Wiring} from './connector.js';
import {type AgentPlaces, HOOKED_AGENTS} from './hooked-agents.js';
import {hooksEdit, isBare, type OwnScripts, recallEdit, type SettingsEdit, serverEdit, serverWords} from './settings-edits.js';
import {isBlank, readText, withBomOf, withoutBom} from './settings-text.js';
import type {WiredFile, WiredPart, WiringBook} from './wiring-book.js';

/** A file of an agent as it is and as it is to be, and what is to be remembered of it. */
export interface FileDraft {
  /** Undefined where it is as it should be. */
  readonly change: FileChange | undefined;
  readonly note: WiredFile;
  readonly parts: readonly WiredPart[];
}

export interface AgentDraft {
  readonly wiring: Wiring;
  readonly extras: readonly Extra[];
  readonly files: readonly FileDraft[];
  readonly notes: readonly string[];
}

export interface DraftFacts {
  readonly places: AgentPlaces;
  readonly scripts: OwnScripts;
  readonly book: WiringBook;
}

/** Everything of mem that the files of an agent may hold. */
export function editsOf(agent: string, {places, scripts}: Pick<DraftFacts, 'places' | 'scripts'>): readonly SettingsEdit[] {
  const hooked = HOOKED_AGENTS.find(({name}) => name === agent);
  const edits = [hooked && hooksEdit(hooked, places, scripts), serverEdit(agent, places, scripts), recallEdit(agent, places, scripts)];
  return edits.filter((edit) => edit !== undefined);
}

/** @throws MemError NO_INPUT for an agent that is not on this machine; CONFIG_INVALID, IO_ERROR */
export function draftSettings(agent: string, wanted: WantedExtras, facts: DraftFacts): AgentDraft {
  const edits = editsOf(agent, facts);
  const hooked = HOOKED_AGENTS.find(({name}) => name === agent);
  for (const {part, folder} of edits) if (part === 'hooks' || wanted[part] === true) requireFolder(agent, folder);
  const settings = hooked?.settings(facts.places);
  const text = settings === undefined ? '' : textOf(readText(settings), '{}');
  const plugin = settings === undefined ? undefined : hooked?.plugin(text, settings);
  const isWanted = (edit: SettingsEdit) => isPartWanted(edit, wanted, plugin);
  const paths = [...new Set(edits.map(({path}) => path))];
  const ofPath = (path: string) => edits.filter((edit) => edit.path === path);
  const files = paths.flatMap((path) => draftFile(agent, path, ofPath(path), isWanted, facts.book) ?? []);
  const extras = edits.flatMap((edit) => extraOf(edit, files, wanted, plugin) ?? []);
  return {
    wiring: wiringOf(hooked?.events, settings, plugin),
    extras,
    files,
    notes: [...(settings === undefined ? [] : (hooked?.notes(text, settings) ?? [])), ...extraNotes(agent, extras, wanted, plugin)],
  };
}

function requireFolder(agent: string, folder: string): void {
  if (existsSync(folder)) return;
  throw new MemError('NO_INPUT', `${agent} is not on this machine: the folder ${folder} does not exist`, {
    hint: 'run the agent once, then connect it',
  });
}

function wiringOf(events: readonly string[] | undefined, path: string | undefined, plugin: string | undefined): Wiring {
  if (events === undefined || path === undefined) return {kind: 'import-only'};
  return plugin === undefined ? {kind: 'hooks', path, events} : {kind: 'plugin', name: plugin};
}

/** The plugin has the hooks and the server. @throws MemError CONFIG_INVALID for a server of that name that is another program's */
function isPartWanted(edit: SettingsEdit, wanted: WantedExtras, plugin: string | undefined): boolean {
  const {part, path} = edit;
  if (part === 'hooks') return plugin === undefined;
  if (part === 'mcp' && plugin !== undefined) return false;
  const text = textOf(readText(path), edit.blank);
  // A file that nobody asks to change may be invalid.
  if (wanted[part] !== true && !text.includes(edit.script)) return false;
  const owner = edit.owner(text);
  if (owner !== 'user') return wanted[part] ?? owner === 'mem';
  if (wanted[part] === true && !isMem(serverWords(text, path))) {
    throw new MemError('CONFIG_INVALID', `${path} has a server named mem that is another program`, {
      hint: 'give that server another name, then run the command again',
    });
  }
  return false;
}

/** `mem mcp` as its user writes it, by whatever path. */
function isMem(words: readonly string[] | undefined = []): boolean {
  return words.at(-1) === 'mcp' && words.some((word) => /(?:^|\/)mem(?:\.js)?$/.test(word));
}

/** Undefined for a file that neither has nor gets anything of mem. */
function draftFile(
  agent: string,
  path: string,
  edits: readonly SettingsEdit[],
  isWanted: (edit: SettingsEdit) => boolean,
  book: WiringBook,
): FileDraft | undefined {
  const before = readText(path);
  const earlier = book.of(agent, path);
  const given = textOf(before, edits[0]?.blank ?? '');
  let [text, known] = [given, earlier?.before ?? {}];
  const parts: WiredPart[] = [];
  for (const edit of edits) {
    if (isWanted(edit)) {
      ({text, before: known} = edit.put(text, known));
      parts.push(edit.part);
    } else if (text.includes(edit.script)) text = edit.take(text, known);
  }
  const blank = isBlank(before) ? (before ?? null) : undefined;
  const isNew = existsSync(dirname(path)) ? {} : {isInNewFolder: true};
  const note: WiredFile = {agent, path, ...(blank === undefined ? {} : {blank}), ...isNew, ...earlier, parts, before: known};
  if (text === given) return parts.length === 0 && earlier === undefined ? undefined : {change: undefined, note, parts};
  // Nothing was there but what mem had made.
  const isGone = parts.length === 0 && note.blank !== undefined && isBare(text);
  return {change: {path, before, after: isGone ? (note.blank ?? undefined) : withBomOf(before, text)}, note, parts};
}

function extraOf(
  {part, path, owner, blank}: SettingsEdit,
  files: readonly FileDraft[],
  wanted: WantedExtras,
  plugin: string | undefined,
): Extra | undefined {
  if (part === 'hooks') return undefined;
  if (files.some(({note, parts}) => note.path === path && parts.includes(part))) return {name: part, path, by: 'mem'};
  if (part === 'mcp' && plugin !== undefined) return {name: part, path, by: 'plugin'};
  if (wanted[part] === undefined) return undefined;
  const text = textOf(readText(path), blank);
  return owner(text) === 'user' && isMem(serverWords(text, path)) ? {name: part, path, by: 'user'} : undefined;
}

function extraNotes(agent: string, extras: readonly Extra[], wanted: WantedExtras, plugin: string | undefined): readonly string[] {
  const has = (name: ExtraName, by: Extra['by']) => extras.some((extra) => extra.name === name && extra.by === by);
  const left =
    wanted.mcp === false && has('mcp', 'plugin') ? [`the plugin ${plugin} has the server of mem, too; it goes with the plugin`] : [];
  const own = wanted.mcp === false && has('mcp', 'user') ? ['the server named mem was not written by mem connect, so it stays'] : [];
  return [...left, ...own, ...(wanted.recall === true && has('recall', 'mem') ? (RECALL_PLACES[agent]?.notes ?? []) : [])];
}

function textOf(text: string | undefined, blank: string): string {
  return isBlank(text) ? blank : withoutBom(text);
}
