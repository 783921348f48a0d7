import {readFileSync} from 'node:fs';
import {EXIT_STATUSES} from '../../src/cli/frame/exit-statuses.js';
import {variableOf} from '../../src/settings/config.js';
import {SETTING_KEYS, SETTING_KINDS} from '../../src/settings/setting-kinds.js';
import type {CommandEntry, FlagEntry} from './command-table.js';
import {COMMAND_TABLE, flagUsage, GLOBAL, optionsText, usageOf} from './commands-page.js';

interface PackageFacts {
  readonly version: string;
  readonly description: string;
}

/** man/mem.1, in the macros of man(7). It has no date: it would be stale every day. */
export function manPage(): string {
  const {version, description} = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as PackageFacts;
  const globals = (COMMAND_TABLE[0]?.flags ?? []).filter(({group}) => group === GLOBAL);
  const blocks = [
    '.\\" Written by `npm run docs` from the code: change it there.',
    `.TH MEM 1 "" "mem ${version}" "User Commands"`,
    `.SH NAME\nmem \\- ${roff(description.charAt(0).toLowerCase() + description.slice(1))}`,
    '.SH SYNOPSIS\n.B mem\n.I command\n[argument \\&...] [flags]',
    '.SH DESCRIPTION',
    roff('Events of sessions with coding agents are kept as they are, and summarized into segments, days, weeks, months and years.'),
    '.PP',
    roff('Data goes to stdout, everything else to stderr.'),
    '.SH COMMANDS',
    ...COMMAND_TABLE.flatMap(commandBlock),
    '.SH FLAGS OF EVERY COMMAND',
    ...globals.map(flagBlock),
    '.SH SETTINGS',
    roff('Keys of config.toml; each can also be set by a variable of the environment.'),
    ...SETTING_KEYS.map((key) => {
      const {fallback, about} = SETTING_KINDS[key];
      return tagged(key, `${about} (default: ${fallback === '' ? 'none' : fallback}; ${variableOf(key)})`);
    }),
    '.SH EXIT STATUS',
    ...Object.entries(EXIT_STATUSES).map(([status, meaning]) => tagged(status, meaning)),
    '.SH ENVIRONMENT',
    tagged('MEM_HOME', "mem's home; --store stands above it"),
    tagged('NO_COLOR', 'no colour in text, unless --color=always'),
    tagged('FORCE_COLOR', 'colour in text, even where it is not a terminal, unless --color=never or NO_COLOR'),
    '.SH FILES',
    tagged('~/.config/mem/config.toml', 'the settings; on macOS below ~/Library/Application Support/mem'),
    tagged('~/.local/share/mem', 'the home, with the inbox and the store; on macOS below ~/Library/Application Support/mem'),
  ];
  return `${blocks.join('\n')}\n`;
}

function commandBlock(entry: CommandEntry): readonly string[] {
  const {summary, description, args, flags, examples} = entry;
  return [
    `.SS ${roff(usageOf(entry))}`,
    roff(`${summary}.`),
    ...description.split('\n\n').filter(Boolean).flatMap(paragraph),
    ...args.map(({name, about, options}) => tagged(name.toUpperCase(), about + optionsText(options, ''))),
    ...flags.filter(({group}) => group !== GLOBAL).map(flagBlock),
    ...examples.flatMap(({about, command}) => [
      '.PP',
      ...(about === undefined ? [] : [`${roff(about)}:`]),
      '.EX',
      `    ${roff(command)}`,
      '.EE',
    ]),
  ];
}

function flagBlock(flag: FlagEntry): string {
  const usage = flagUsage(flag);
  return tagged(usage, flag.summary + optionsText(flag.options, usage));
}

/** Indented lines stay lines of their own. */
function paragraph(text: string): readonly string[] {
  const lines = text.split('\n');
  return ['.PP', ...lines.flatMap((line) => (line.startsWith('  ') ? ['.br', `\\ \\ ${roff(line.trim())}`] : [roff(line)]))];
}

function tagged(tag: string, text: string): string {
  return `.TP\n.B ${roff(tag)}\n${roff(text)}`;
}

/** Text that is read as it stands, in every locale: none of its signs are requests, escapes, ligatures or typographic quotes. */
function roff(text: string): string {
  const escaped = text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll("'", '\\(aq')
    .replaceAll('`', '\\(ga')
    .replaceAll('^', '\\(ha')
    .replaceAll('~', '\\(ti')
    .replaceAll('"', '\\(dq')
    .replace(/[^\x00-\x7f]/gu, (char) => `\\[u${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`);
  return escaped.startsWith('.') ? `\\&${escaped}` : escaped;
}
