import type {ArgEntry, CommandEntry, FlagEntry} from '../command-table.js';
import {type Choices, choicesOfArg, choicesOfFlag, lastWord, subcommandsOf} from './choices.js';

/** A script for zsh 5: a file `_mem` in a folder of `fpath`, or a file to `source` after `compinit`. */
export function zshScript(table: readonly CommandEntry[]): string {
  const pairs = table.filter(({name}) => name.includes(' '));
  const singles = table.filter(({name}) => !name.includes(' '));
  return `#compdef mem
# Completion of mem for zsh, written by: mem completion zsh

_mem() {
  local curcontext=$curcontext
  local -a commands
  if (( CURRENT > 3 )); then
    case "$words[2] $words[3]" in
${pairs.map(({name}) => `      (${quoted(name)}) _mem_below 2 ${functionOf(name)}; return ;;`).join('\n')}
    esac
  fi
  if (( CURRENT > 2 )); then
    case $words[2] in
${singles.map(({name}) => `      (${name}) _mem_below 1 ${functionOf(name)}; return ;;`).join('\n')}
    esac
    return 1
  fi
  if [[ $PREFIX == -* ]]; then
    _arguments '--version[show the version]' '(-h --help)'{-h,--help}'[show the help]'
    return
  fi
  commands=(
${[...subcommandsOf(table, '').map(described), quoted('help:show the help')].map((text) => `    ${text}`).join('\n')}
  )
  _describe -t commands 'command of mem' commands
}

# Completes $2 as if it were a command of its own, $1 words further on.
_mem_below() {
  shift $1 words
  (( CURRENT -= $1 ))
  $2
}

${table.map((entry) => commandFunction(entry, table)).join('\n\n')}

if [[ $funcstack[1] == _mem ]]; then
  _mem "$@"
else
  compdef _mem mem
fi
`;
}

function functionOf(name: string): string {
  return `_mem_${name.replaceAll(/\W/g, '_')}`;
}

function commandFunction(entry: CommandEntry, table: readonly CommandEntry[]): string {
  const below = subcommandsOf(table, entry.name);
  const choose =
    below.length === 0
      ? ''
      : `  local -a commands
  if (( CURRENT == 2 )) && [[ $PREFIX != -* ]]; then
    commands=(
${below.map((command) => `      ${described(command)}`).join('\n')}
    )
    _describe -t commands ${quoted(`command of mem ${entry.name}`)} commands
    return
  fi
`;
  const specs = [...entry.flags.map(flagSpec), ...entry.args.map(argSpec)];
  return `${functionOf(entry.name)}() {
${choose}  _arguments -s -S \\
${specs.map((spec) => `    ${spec}`).join(' \\\n')}
}`;
}

function described(entry: CommandEntry): string {
  return quoted(`${lastWord(entry)}:${entry.summary}`);
}

function flagSpec(flag: FlagEntry): string {
  const {name, char, summary, value} = flag;
  const about = `[${summary.replace(/[\\[\]]/g, '\\$&')}]`;
  const takes = value === undefined ? '' : `:${message(value)}:${action(choicesOfFlag(flag))}`;
  const equals = value === undefined ? '' : '=';
  if (char === undefined) return quoted(`--${name}${equals}${about}${takes}`);
  return `${quoted(`(-${char} --${name})`)}{-${char},--${name}${equals}}${quoted(about + takes)}`;
}

function argSpec(arg: ArgEntry, at: number): string {
  const {about, isRepeated, isRequired} = arg;
  const place = isRepeated ? '*' : `${at + 1}${isRequired ? '' : ':'}`;
  return quoted(`${place}:${message(about)}:${action(choicesOfArg(arg))}`);
}

/** A colon ends the name. */
function message(text: string): string {
  return text.replace(/[\\:]/g, '\\$&');
}

function action(choices: Choices): string {
  if (choices === 'files') return '_files';
  if (choices === 'folders') return '_files -/';
  return choices.length === 0 ? ' ' : `(${choices.join(' ')})`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
