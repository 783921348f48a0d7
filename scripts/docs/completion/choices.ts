import {SETTING_KEYS} from '../../../src/settings/setting-kinds.js';
import type {ArgEntry, CommandEntry, FlagEntry} from '../command-table.js';

/** What a shell offers for a value: some words, or the content of a folder. */
export type Choices = readonly string[] | 'files' | 'folders';

/** Each word of a phrase such as `last week`. */
const PHRASE_WORDS = [
  ...['today', 'yesterday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'],
  ...['this', 'last', 'day', 'week', 'month', 'year'],
];

/** The choices for arguments, by their names. */
const CHOICES_OF_ARGS: Readonly<Record<string, Choices>> = {
  files: 'files',
  key: [...SETTING_KEYS, 'time_zone'],
  what: PHRASE_WORDS,
};

const CHOICES_OF_VALUES: Readonly<Record<string, Choices>> = {FOLDER: 'folders', PATH: 'files'};

/** The choices for an argument; no words if anything is valid. */
export function choicesOfArg({name, options}: ArgEntry): Choices {
  return options.length > 0 ? options : (CHOICES_OF_ARGS[name] ?? []);
}

/** The choices for a flag's value. */
export function choicesOfFlag({value = '', options}: FlagEntry): Choices {
  return options.length > 0 ? options : (CHOICES_OF_VALUES[value] ?? []);
}

/** `--name`, and `-n` if the flag has a short form. */
export function spellings({name, char}: FlagEntry): readonly string[] {
  return char === undefined ? [`--${name}`] : [`--${name}`, `-${char}`];
}

/** The flags of all commands that take a value, as they are typed. No name takes a value in one command and none in another. */
export function flagsWithValue(table: readonly CommandEntry[]): readonly string[] {
  const all = table.flatMap(({flags}) => flags.filter(({value}) => value !== undefined).flatMap(spellings));
  return [...new Set(all)].sort();
}

/** The words that may follow `name` as a subcommand; with an empty name, those that may follow mem. */
export function subcommandsOf(table: readonly CommandEntry[], name: string): readonly CommandEntry[] {
  const head = name === '' ? '' : `${name} `;
  return table.filter((entry) => entry.name.startsWith(head) && entry.name !== name && !entry.name.slice(head.length).includes(' '));
}

/** The last word of a command's name. */
export function lastWord({name}: CommandEntry): string {
  return name.slice(name.lastIndexOf(' ') + 1);
}
