import {COMMANDS} from '../../src/commands/registry.js';
import {type ArgEntry, type CommandEntry, commandTable, type FlagEntry} from './command-table.js';
import {anchorOf, code, codeBlock, page, plain, table} from './markdown.js';

export const COMMAND_TABLE = commandTable(COMMANDS);
export const GLOBAL = 'GLOBAL';

/** docs/commands.md: every command as its help has it. */
export function commandsPage(): string {
  const globals = (COMMAND_TABLE[0]?.flags ?? []).filter(({group}) => group === GLOBAL);
  return page('Commands', [
    'What each command does, takes and answers. `mem COMMAND --help` says the same in the terminal.',
    table(
      ['command', 'does'],
      COMMAND_TABLE.map(({name, summary}) => [`[${code(`mem ${name}`)}](#${anchorOf(`mem ${name}`)})`, plain(summary)]),
    ),
    '`mem help` lists the commands, `mem --version` says which version of mem it is.',
    `## Flags of every command\n\n${flagTable(globals)}`,
    'Data goes to stdout, everything else to stderr. With `--json` an error is one JSON object on stderr, as [error.schema.json](../schemas/error.schema.json) describes it.',
    ...COMMAND_TABLE.map(section),
  ]);
}

/** `mem toc show [WHAT…] [flags]` */
export function usageOf({name, args}: CommandEntry): string {
  return ['mem', name, ...args.map(argUsage), '[flags]'].join(' ');
}

function argUsage({name, isRequired, isRepeated}: ArgEntry): string {
  const text = `${name.toUpperCase()}${isRepeated ? '…' : ''}`;
  return isRequired ? text : `[${text}]`;
}

/** `-n, --number N` */
export function flagUsage({name, char, value}: FlagEntry): string {
  return `${char === undefined ? '' : `-${char}, `}--${name}${value === undefined ? '' : ` ${value}`}`;
}

/** What stands behind the summary where only some values will do and the usage does not name them. */
export function optionsText(options: readonly string[], usage: string): string {
  return options.length === 0 || usage.includes(options.join('|')) ? '' : `; one of: ${options.join(', ')}`;
}

/** The schema of what `--json` prints; undefined for a command without it. */
export function schemaOf({name, flags}: CommandEntry): string | undefined {
  return flags.some((flag) => flag.name === 'json') ? `${name.replaceAll(' ', '-')}.schema.json` : undefined;
}

function section(entry: CommandEntry): string {
  const {name, summary, description, args, flags, examples, statuses} = entry;
  const schema = schemaOf(entry);
  const own = flags.filter(({group}) => group !== GLOBAL);
  return [
    `## mem ${name}`,
    `${plain(summary)}.`,
    codeBlock([usageOf(entry)]),
    ...description.split('\n\n').filter(Boolean).map(paragraph),
    ...(args.length === 0
      ? []
      : [
          table(
            ['argument', 'meaning'],
            args.map((arg) => [code(arg.name.toUpperCase()), plain(arg.about + optionsText(arg.options, ''))]),
          ),
        ]),
    ...(own.length === 0 ? [] : [flagTable(own)]),
    ...(examples.length === 0
      ? []
      : [
          codeBlock(
            examples.flatMap(({about, command}) => [...(about === undefined ? [] : [`# ${about}`]), command]),
            'sh',
          ),
        ]),
    [
      `[Exit statuses](exit-codes.md): ${statuses.join(', ')}.`,
      ...(schema === undefined ? [] : [`JSON: [${schema}](../schemas/${schema}).`]),
    ].join(' '),
  ].join('\n\n');
}

function flagTable(flags: readonly FlagEntry[]): string {
  return table(
    ['flag', 'meaning'],
    flags.map((flag) => [code(flagUsage(flag)), plain(flag.summary + optionsText(flag.options, flagUsage(flag)))]),
  );
}

/** Indented lines of a description are examples of what may be typed. */
function paragraph(text: string): string {
  const lines = text.split('\n');
  const at = lines.findIndex((line) => line.startsWith('  '));
  if (at < 0) return plain(text);
  return `${plain(lines.slice(0, at).join('\n'))}\n\n${codeBlock(lines.slice(at).map((line) => line.trim()))}`;
}
