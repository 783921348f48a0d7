import {SETTING_KEYS} from '../../../src/settings/setting-kinds.js';
import type {ArgEntry, CommandEntry, FlagEntry} from '../command-table.js';

/** What a shell offers where a value is typed: some words, or what lies in a folder. */
export type Choices = readonly string[] | 'files' | 'folders';

/** Of a phrase such as `last week` each word by itself. */
const PHRASE_WORDS = [
  ...['today', 'yesterday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'],
  ...['this', 'last', 'day', 'week', 'month', 'year'],
];

/** What arguments take, by their names. */
const CHOICES_OF_ARGS: Readonly<Record<string, Choices>> = {
  files: 'files',
  key: [...SETTING_KEYS, 'time_zone'],
  what: PHRASE_WORDS,
};

const CHOICES_OF_VALUES: Readonly<Record<string, Choices>> = {FOLDER: 'folders', PATH: 'files'};

/** What to offer for an argument; no words where anything may stand. */
export function choicesOfArg({name, options}: ArgEntry): Choices {
  return options.length > 0 ? options : (CHOICES_OF_ARGS[name] ?? []);
}

/** What to offer for the value of a flag that takes one. */
export function choicesOfFlag({value = '', options}: FlagEntry): Choices {
  return options.length > 0 ? options : (CHOICES_OF_VALUES[value] ?? []);
}

/** `--name`, and `-n` where it has a short form. */
export function spellings({name, char}: FlagEntry): readonly string[] {
  return char === undefined ? [`--${name}`] : [`--${name}`, `-${char}`];
}

/** Of all commands the flags that take a value, as they are spelled. No name takes one in one command and none in another. */
export function flagsWithValue(table: readonly CommandEntry[]): readonly string[] {
  const all = table.flatMap(({flags}) => flags.filter(({value}) => value !== undefined).flatMap(spellings));
  return [...new Set(all)].sort();
}

/** The words that may follow `name` as a subcommand; of mem itself with an empty name. */
export function subcommandsOf(table: readonly CommandEntry[], name: string): readonly CommandEntry[] {
  const head = name === '' ? '' : `${name} `;
  return table.filter((entry) => entry.name.startsWith(head) && entry.name !== name && !entry.name.slice(head.length).includes(' '));
}

/** The last word of a command's name. */
export function lastWord({name}: CommandEntry): string {
  return name.slice(name.lastIndexOf(' ') + 1);
}
