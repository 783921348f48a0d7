import type {CommandEntry} from '../command-table.js';
import {type Choices, choicesOfArg, choicesOfFlag, flagsWithValue, lastWord, spellings, subcommandsOf} from './choices.js';

/**
 * A script for bash 3.2 and later that needs nothing else: macOS has no newer one, and bash-completion is not everywhere.
 * It finds the command, then the number of the argument that is typed, then offers what belongs there.
 */
export function bashScript(table: readonly CommandEntry[]): string {
  const names = table.map(({name}) => name);
  const pairs = names.filter((name) => name.includes(' '));
  const singles = names.filter((name) => !name.includes(' '));
  return `# Completion of mem for bash, written by: mem completion bash
_mem() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev='' first='' second='' command='' from=1 at=0 i
  ((COMP_CWORD > 0)) && prev=\${COMP_WORDS[COMP_CWORD - 1]}
  # Bash makes "=" a word of its own.
  if [[ $cur == = ]]; then
    cur=''
  elif [[ $prev == = ]]; then
    prev=\${COMP_WORDS[COMP_CWORD - 2]}
  fi
  ((COMP_CWORD > 1)) && first=\${COMP_WORDS[1]}
  ((COMP_CWORD > 2)) && second=\${COMP_WORDS[2]}
  case "$first $second" in
    ${pairs.map((name) => `'${name}'`).join(' | ')})
      command="$first $second" from=3 ;;
    *)
      case "$first" in
        ${singles.join(' | ')}) command=$first from=2 ;;
        ?*) return ;;
      esac ;;
  esac
  # How many arguments stand before the one that is typed: flags and their values do not count.
  for ((i = from; i < COMP_CWORD; i++)); do
    case "\${COMP_WORDS[i]}" in
      ${flagsWithValue(table).join(' | ')})
        [[ \${COMP_WORDS[i + 1]-} == = ]] && ((i++))
        ((i++)) ;;
      -*) ;;
      *) ((at++)) ;;
    esac
  done
  case "$command:$prev" in
${table.flatMap((entry) => valueCases(entry)).join('\n')}
  esac
  if [[ $cur == -* ]]; then
    case "$command" in
      '') _mem_words --help --version ;;
${table.map(({name, flags}) => `      '${name}') _mem_words ${flags.flatMap(spellings).join(' ')} ;;`).join('\n')}
    esac
    return
  fi
  case "$command:$at" in
    ':0') _mem_words ${subcommandsOf(table, '').map(lastWord).join(' ')} help ;;
${table.flatMap((entry) => argCases(entry, table)).join('\n')}
  esac
}

# Offers the words that begin as what is typed does.
_mem_words() {
  local IFS=$' \\t\\n'
  COMPREPLY=($(compgen -W "$*" -- "$cur"))
}

# Offers files (-f) or folders (-d).
_mem_paths() {
  local IFS=$'\\n'
  compopt -o filenames 2>/dev/null
  COMPREPLY=($(compgen "$1" -- "$cur"))
}

complete -F _mem mem
`;
}

function offer(choices: Choices): string {
  if (choices === 'files') return '_mem_paths -f';
  if (choices === 'folders') return '_mem_paths -d';
  return choices.length === 0 ? 'COMPREPLY=()' : `_mem_words ${choices.join(' ')}`;
}

function valueCases({name, flags}: CommandEntry): readonly string[] {
  return flags
    .filter(({value}) => value !== undefined)
    .map((flag) => {
      const patterns = spellings(flag).map((spelling) => `'${name}:${spelling}'`);
      return `    ${patterns.join(' | ')})\n      ${offer(choicesOfFlag(flag))}\n      return ;;`;
    });
}

function argCases(entry: CommandEntry, table: readonly CommandEntry[]): readonly string[] {
  const {name, args} = entry;
  const below = subcommandsOf(table, name);
  if (below.length > 0) {
    const first = args[0] === undefined ? [] : choicesOfArg(args[0]);
    return [`    '${name}:0') _mem_words ${[...below.map(lastWord), ...(typeof first === 'string' ? [] : first)].join(' ')} ;;`];
  }
  return args.map((arg, at) => `    '${name}:'${arg.isRepeated ? '*' : at}) ${offer(choicesOfArg(arg))} ;;`);
}
