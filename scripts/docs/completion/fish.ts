import type {ArgEntry, CommandEntry, FlagEntry} from '../command-table.js';
import {type Choices, choicesOfArg, choicesOfFlag, flagsWithValue, lastWord, subcommandsOf} from './choices.js';

/** A script for fish 3 and later: a rule for each subcommand, flag and argument. Each rule applies only after its command. */
export function fishScript(table: readonly CommandEntry[]): string {
  const names = table.map(({name}) => quoted(name)).join(' ');
  return `# Completion of mem for fish, written by: mem completion fish

# True when the words typed name the command $argv[1]; with $argv[2], so many arguments stand after it as well.
function __mem_is
    set -l typed (commandline -opc)
    set -e typed[1]
    set -l command ''
    set -l length 0
    for count in 2 1
        if test (count $typed) -ge $count; and contains -- "$typed[1..$count]" ${names}
            set command "$typed[1..$count]"
            set length $count
            break
        end
    end
    test "$command" = "$argv[1]"; or return 1
    set -q argv[2]; or return 0
    set -l at 0
    set -l is_value no
    for word in $typed[(math $length + 1)..-1]
        if test $is_value = yes
            set is_value no
        else if contains -- $word ${flagsWithValue(table).join(' ')}
            set is_value yes
        else if not string match -q -- '-*' $word
            set at (math $at + 1)
        end
    end
    test $at -eq $argv[2]
end

complete -c mem -e
complete -c mem -f
${[
  rule('', ['-l version', `-d ${quoted('show the version')}`]),
  rule('', ['-s h', '-l help', `-d ${quoted('show the help')}`]),
  ruleAt('', 0, ['-a help', `-d ${quoted('show the help')}`]),
  ...subcommandsOf(table, '').map((entry) => subcommandRule('', entry)),
  ...table.flatMap((entry) => [
    ...subcommandsOf(table, entry.name).map((below) => subcommandRule(entry.name, below)),
    ...entry.args.flatMap((arg, at) => argRule(entry.name, arg, at)),
    ...entry.flags.map((flag) => flagRule(entry.name, flag)),
  ]),
].join('\n')}
`;
}

function rule(command: string, words: readonly string[]): string {
  return `complete -c mem -n ${quoted(`__mem_is ${quoted(command)}`)} ${words.join(' ')}`;
}

function ruleAt(command: string, at: number, words: readonly string[]): string {
  return `complete -c mem -n ${quoted(`__mem_is ${quoted(command)} ${at}`)} ${words.join(' ')}`;
}

function subcommandRule(command: string, below: CommandEntry): string {
  return ruleAt(command, 0, [`-a ${lastWord(below)}`, `-d ${quoted(below.summary)}`]);
}

function argRule(command: string, arg: ArgEntry, at: number): readonly string[] {
  const choices = choicesOfArg(arg);
  if (choices.length === 0) return [];
  const words = offer(choices);
  return [arg.isRepeated ? rule(command, words) : ruleAt(command, at, words)];
}

function flagRule(command: string, flag: FlagEntry): string {
  const {name, char, summary, value} = flag;
  const short = char === undefined ? [] : [`-s ${char}`];
  const values = value === undefined ? [] : ['-r', ...offer(choicesOfFlag(flag))];
  return rule(command, [...short, `-l ${name}`, ...values, `-d ${quoted(summary)}`]);
}

function offer(choices: Choices): readonly string[] {
  if (choices === 'files') return ['-F'];
  if (choices === 'folders') return [`-f -a ${quoted('(__fish_complete_directories)')}`];
  return choices.length === 0 ? ['-f'] : [`-f -a ${quoted(choices.join(' '))}`];
}

/** Between single quotes, fish treats only `\\'` and `\\\\` specially. */
function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
