import type {Command} from '@oclif/core/command';
import type {ExitStatus} from '../../src/cli/frame/exit-statuses.js';

/** What a command's class declares. Oclif leaves undefined what it does not declare. */
export interface CommandStatics
  extends Partial<Pick<typeof Command, 'summary' | 'description' | 'examples' | 'args' | 'flags' | 'baseFlags' | 'strict'>> {
  readonly statuses: readonly ExitStatus[];
}

export interface FlagEntry {
  readonly name: string;
  /** Its short form, one letter. */
  readonly char: string | undefined;
  readonly summary: string;
  /** The placeholder for its value, such as `FOLDER`; undefined if it takes no value. */
  readonly value: string | undefined;
  /** Its only valid values; empty if any value is valid. */
  readonly options: readonly string[];
  /** Its heading in the help. */
  readonly group: string;
}

export interface ArgEntry {
  readonly name: string;
  readonly about: string;
  readonly isRequired: boolean;
  /** Whether it may occur several times. */
  readonly isRepeated: boolean;
  readonly options: readonly string[];
}

/** A command as documents and shells know it. */
export interface CommandEntry {
  /** The words after `mem`: `toc show`. */
  readonly name: string;
  readonly summary: string;
  readonly description: string;
  readonly args: readonly ArgEntry[];
  readonly flags: readonly FlagEntry[];
  readonly examples: readonly {readonly about: string | undefined; readonly command: string}[];
  readonly statuses: readonly ExitStatus[];
}

/** Every command has it, and no class declares it. */
export const HELP_FLAG: FlagEntry = {name: 'help', char: 'h', summary: 'show the help', value: undefined, options: [], group: 'GLOBAL'};

/** All commands in the order of their names, without flags that the help hides. @param classes by the commands' ids, `toc:show` */
export function commandTable(classes: Readonly<Record<string, CommandStatics>>): readonly CommandEntry[] {
  return Object.entries(classes)
    .map(([id, statics]) => entryOf(id.replaceAll(':', ' '), statics))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function entryOf(name: string, statics: CommandStatics): CommandEntry {
  const {summary = '', description = '', examples = [], args = {}, flags = {}, baseFlags = {}, strict, statuses} = statics;
  return {
    name,
    summary,
    description,
    args: Object.entries(args).map(([arg, {description: about = '', required, options}]) => ({
      name: arg,
      about,
      isRequired: required === true,
      isRepeated: strict === false,
      options: options ?? [],
    })),
    flags: [...flagsOf(flags), ...flagsOf(baseFlags), HELP_FLAG],
    examples: examples.map((example) =>
      typeof example === 'string'
        ? {about: undefined, command: filled(example, name)}
        : {about: example.description, command: filled(example.command, name)},
    ),
    statuses,
  };
}

function flagsOf(flags: (typeof Command)['flags']): readonly FlagEntry[] {
  return Object.entries(flags)
    .filter(([, {hidden}]) => hidden !== true)
    .map(([name, flag]) => ({
      name,
      char: flag.char,
      summary: flag.summary ?? '',
      value: flag.type === 'boolean' ? undefined : placeholderOf(flag),
      options: flag.type === 'boolean' ? [] : (flag.options ?? []),
      group: flag.helpGroup ?? '',
    }));
}

function placeholderOf({
  helpValue,
  options,
}: {
  readonly helpValue?: string | string[] | undefined;
  readonly options?: readonly string[] | undefined;
}): string {
  if (options !== undefined && helpValue === undefined) return options.join('|');
  return [helpValue ?? 'VALUE'].flat().join(' ');
}

/** Oclif's templates in an example use only these two names. */
function filled(example: string, name: string): string {
  return example.replaceAll('<%= config.bin %>', 'mem').replaceAll('<%= command.id %>', name);
}
